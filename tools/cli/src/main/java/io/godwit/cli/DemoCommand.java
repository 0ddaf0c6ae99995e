package io.godwit.cli;

import io.godwit.cli.demo.Demo;
import io.godwit.cli.demo.DemoReport;
import io.godwit.cli.demo.DemoResult;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.local.StartOutcome;
import io.godwit.protocol.json.JsonWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Move a fleet of virtual eUICCs to another profile, over real HiveMQ, Kafka and PostgreSQL.",
            "Exit status 0 only if every card is where its EIS says it is."
        })
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--cards", defaultValue = "1000", description = "How many (default ${DEFAULT-VALUE}).")
    private int cards = 1000;

    @Option(names = "--json", description = "The last line of standard output is the result as one JSON object.")
    private boolean json;

    @Option(names = "--keep", description = "Leave everything running at the end.")
    private boolean keep;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long the order may take (default ${DEFAULT-VALUE}).")
    private int patienceSeconds = 600;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (cards < 1 || cards > 50_000) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "--cards: use 1 to 50000; one machine simulates no more");
        }
        PrintWriter out = spec.commandLine().getOut();
        // Java cannot tell whether standard output is a terminal; the launcher can.
        boolean terminal = Boolean.getBoolean("godwit.terminal") && !json;
        try (Installation installation = Installation.open(home.settings(), BuildTree.ofLauncher(), 1)) {
            out.println(
                    "Starting PostgreSQL, Kafka, HiveMQ and the services (data in " + installation.home() + ") ...");
            out.flush();
            boolean ours = installation.start() instanceof StartOutcome.Started;
            try {
                DemoResult result = new Demo(
                                installation,
                                Operator.of(installation, Demo.TENANT),
                                Duration.ofSeconds(patienceSeconds),
                                out,
                                terminal)
                        .run(cards);
                DemoReport.print(result, out);
                DemoReport.printWhereToLook(installation, keep || !ours, out);
                if (json) {
                    out.println(JsonWriter.write(result.toJson()).toUtf8());
                    out.flush();
                }
                return result.isSound() ? 0 : 1;
            } finally {
                // What was up before stays up.
                if (ours && !keep) {
                    installation.stop();
                }
            }
        }
    }
}
