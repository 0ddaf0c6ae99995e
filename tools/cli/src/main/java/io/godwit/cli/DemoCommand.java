package io.godwit.cli;

import io.godwit.cli.demo.Demo;
import io.godwit.cli.demo.DemoReport;
import io.godwit.cli.demo.DemoResult;
import io.godwit.cli.demo.WhereToLook;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.local.PlatformSettings;
import io.godwit.local.StartOutcome;
import io.godwit.protocol.json.JsonWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
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
        },
        subcommands = DemoReplacementCommand.class)
final class DemoCommand implements Callable<Integer> {
    private static final String STOPPING = "godwit: Interrupted. Stopping what this command has started ...";
    private static final String KEPT = "godwit: What has come up goes on running; ./godwit down stops it.";
    private static final int INTERRUPTED = 130;
    private static final int MOST_SECONDS = 86_400;

    @Mixin
    private HomeOption home = new HomeOption();

    @Mixin
    private PortOption ports = new PortOption();

    @Mixin
    private BrokersOption brokers = new BrokersOption();

    @Option(names = "--cards", defaultValue = "1000", description = "How many (default ${DEFAULT-VALUE}).")
    private int cards = 1000;

    @Option(names = "--json", description = "The last line of standard output is the result as one JSON object.")
    private boolean json;

    @Option(names = "--keep", description = "Leave everything running at the end, the devices too.")
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
        Bounds bounds =
                new Bounds(spec.commandLine()).cards(cards).within("--patience", patienceSeconds, 1, MOST_SECONDS);
        PlatformSettings settings = ports.on(brokers.on(home.settings(), bounds), 1, bounds);
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption interruption = Interruption.announcedBy(() -> err.println(keep ? KEPT : STOPPING));
                Installation installation =
                        Installation.open(keep ? settings : settings.owned(), BuildTree.ofLauncher(), 1)) {
            DemoResult result;
            try {
                result = play(installation);
            } catch (Exception e) {
                if (interruption.came()) {
                    return INTERRUPTED;
                }
                if (keep) {
                    err.println(KEPT);
                }
                throw e;
            } finally {
                interruption.endWork();
                stopOwn(installation);
            }
            if (json) {
                spec.commandLine()
                        .getOut()
                        .println(JsonWriter.write(result.toJson()).toUtf8());
                spec.commandLine().getOut().flush();
            }
            return result.isSound() ? 0 : 1;
        }
    }

    private DemoResult play(Installation installation) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Starting PostgreSQL, Kafka, HiveMQ and the services (data in " + installation.home() + ") ...");
        out.flush();
        boolean wasUp = installation.start() instanceof StartOutcome.AlreadyUp;
        RegistryClient registry = Operator.of(installation, Demo.TENANT);
        // Java cannot tell whether standard output is a terminal; the launcher can.
        boolean terminal = Boolean.getBoolean("godwit.terminal") && !json;
        Demo demo = new Demo(installation, registry, Duration.ofSeconds(patienceSeconds), out, terminal);
        WhereToLook where = new WhereToLook(installation, home.forOthers(), out);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, Demo.TENANT, registry)) {
            DemoResult result = demo.run(cards, fleet);
            DemoReport.print(result, out);
            if (keep) {
                SpareCard spare = demo.enrolSpare(fleet);
                String component = fleet.detach(installation);
                where.now("It goes on running, its devices too (component " + component + ").", spare);
            } else if (wasUp) {
                where.now("The platform goes on running, as before; the devices leave.", demo.enrolSpare(fleet));
            } else {
                where.nextTime();
            }
            return result;
        }
    }

    /** What was up before stays up: what this command started ends with it, and nothing else. */
    private void stopOwn(Installation installation) {
        List<String> stopped = installation.stopOwn();
        if (!stopped.isEmpty()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("Stopped " + String.join(", ", stopped) + ", which this command had started.");
            out.flush();
        }
    }
}
