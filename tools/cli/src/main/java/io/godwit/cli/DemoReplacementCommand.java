package io.godwit.cli;

import io.godwit.cli.demo.Demo;
import io.godwit.cli.demo.ReplacementDemo;
import io.godwit.cli.demo.ReplacementResult;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.protocol.json.JsonWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit demo replacement}. */
@Command(
        name = "replacement",
        mixinStandardHelpOptions = true,
        description = {
            "Break a device, and bring its successor up with the same subscription; then lose one, and bring its successor up",
            "with another. Exit status 0 only if cards and registry say so, and no subscription was ever enabled beside another copy."
        })
final class DemoReplacementCommand implements Callable<Integer> {
    private static final String STOPPING = "godwit: Interrupted. Stopping what this command has started ...";
    private static final int INTERRUPTED = 130;
    private static final int MOST_SECONDS = 86_400;

    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private PortOption ports = new PortOption();

    @Option(names = "--json", description = "The last line of standard output is the result as one JSON object.")
    private boolean json;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "How long each step may take (default ${DEFAULT-VALUE}).")
    private int patienceSeconds = 180;

    @Option(
            names = "--peer",
            description =
                    "The first subscription goes from card to card: an extension of ours, which no commercial card has.")
    private boolean peer;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds bounds = new Bounds(spec.commandLine()).within("--patience", patienceSeconds, 1, MOST_SECONDS);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption interruption = Interruption.announcedBy(() -> err.println(STOPPING));
                Installation installation =
                        Installation.open(ports.on(home.settings(), 1, bounds).owned(), BuildTree.ofLauncher(), 1)) {
            ReplacementResult result;
            try {
                out.println("Starting PostgreSQL, Kafka, HiveMQ and the services (data in " + installation.home()
                        + ") ...");
                out.flush();
                installation.start();
                RegistryClient registry = Operator.of(installation, Demo.TENANT);
                result = new ReplacementDemo(installation, registry, Duration.ofSeconds(patienceSeconds), peer, out)
                        .run();
            } catch (Exception e) {
                if (interruption.came()) {
                    return INTERRUPTED;
                }
                throw e;
            } finally {
                interruption.endWork();
                installation.stopOwn();
            }
            if (json) {
                out.println(JsonWriter.write(result.toJson()).toUtf8());
            } else {
                out.println();
                out.println(
                        result.isSound()
                                ? "Both successors are up, and no subscription was in use on two cards."
                                : "NOT all of it went as it should.");
            }
            out.flush();
            return result.isSound() ? 0 : 1;
        }
    }
}
