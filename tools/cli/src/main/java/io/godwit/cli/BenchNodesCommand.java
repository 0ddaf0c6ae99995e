package io.godwit.cli;

import io.godwit.cli.bench.nodes.NodesPlan;
import io.godwit.cli.bench.nodes.NodesReport;
import io.godwit.cli.bench.nodes.NodesRun;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.scenario.OpenFiles;
import io.godwit.local.PlatformSettings;
import io.godwit.local.hivemq.BrokerNames;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.CampaignPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench nodes}. */
@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        description = {
            "A group's order on several HiveMQ nodes; one is killed at 25, 50 and 75 %% of its outcomes.",
            "Exit status 0 only if every card has one outcome, every EIS equals its card, nobody got what was not for it."
        })
final class BenchNodesCommand implements Callable<Integer> {
    private static final String TENANT = "nodes";

    /** The balancer has two connections for each device; beside them a process has jars, logs and pipes open. */
    private static final int OTHER_FILES = 1000;

    @Option(names = "--cards", defaultValue = "3000", description = "Members of the group (default ${DEFAULT-VALUE}).")
    private int cards = 3000;

    @Option(names = "--brokers", defaultValue = "3", description = "HiveMQ nodes (default ${DEFAULT-VALUE}).")
    private int brokers = 3;

    @Option(
            names = "--replicas",
            defaultValue = "1",
            description = "Processes of provisioning-service (default ${DEFAULT-VALUE}).")
    private int replicas = 1;

    @Option(
            names = "--bystanders",
            defaultValue = "50",
            description = "Devices of another group, and as many of another tenant, that must get nothing (default"
                    + " ${DEFAULT-VALUE}).")
    private int bystanders = 50;

    @Option(
            names = "--down",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long a killed node stays dead (default ${DEFAULT-VALUE}).")
    private int downSeconds = 5;

    @Option(
            names = "--spread",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Devices take up to so long for each answer (default ${DEFAULT-VALUE}).")
    private int spreadSeconds = 20;

    @Option(names = "--json", description = "The last line of standard output is the result as one JSON object.")
    private boolean json;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-nodes).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-nodes");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds unused = new Bounds(spec.commandLine())
                .cards(cards)
                .within("--brokers", brokers, 2, BrokerNames.MOST)
                .replicas(replicas)
                .within("--bystanders", bystanders, 1, cards)
                .within("--down", downSeconds, 0, 600)
                .within("--spread", spreadSeconds, 0, 600);
        PrintWriter out = spec.commandLine().getOut();
        out.println(OpenFiles.require(2L * (cards + 2L * bystanders) + OTHER_FILES, OpenFiles.limit()));
        out.flush();
        PlatformSettings settings =
                PlatformSettings.in(home.toAbsolutePath()).withBrokers(brokers).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), replicas)) {
            installation.start();
            NodesReport report = new NodesRun(installation, TENANT, out)
                    .run(new NodesPlan(
                            cards,
                            bystanders,
                            NodesPlan.QUARTERS,
                            Duration.ofSeconds(downSeconds),
                            Duration.ofSeconds(spreadSeconds),
                            CampaignPlan.DEFAULT,
                            Duration.ofMinutes(15)));
            out.println();
            out.print(report.text());
            if (json) {
                out.println(JsonWriter.write(report.toJson()).toUtf8());
            }
            out.flush();
            return report.isSound() ? 0 : 1;
        }
    }
}
