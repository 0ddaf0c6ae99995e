package io.godwit.cli;

import io.godwit.cli.bench.faults.Fault;
import io.godwit.cli.bench.faults.FaultReport;
import io.godwit.cli.bench.faults.FaultRun;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.local.PlatformSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench faults}. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = {
            "Orders under kill -9 of every component at random points.",
            "Exit status 0 only if every command has one outcome, every EIS equals its card, nothing ran twice."
        })
final class BenchFaultsCommand implements Callable<Integer> {
    private static final String TENANT = "faults";

    @Option(names = "--runs", defaultValue = "20", description = "Orders (default ${DEFAULT-VALUE}).")
    private int runs = 20;

    @Option(names = "--strikes", defaultValue = "8", description = "Kills in each order (default ${DEFAULT-VALUE}).")
    private int strikes = 8;

    @Option(names = "--cards", defaultValue = "200", description = "Cards of each order (default ${DEFAULT-VALUE}).")
    private int cards = 200;

    @Option(
            names = "--replicas",
            defaultValue = "2",
            description = "Processes of provisioning-service (default ${DEFAULT-VALUE}).")
    private int replicas = 2;

    @Mixin
    private BrokersOption brokers = new BrokersOption();

    @Option(
            names = "--mode",
            defaultValue = "single",
            description =
                    "How the group is served: single, group, or download for a new profile each (default ${DEFAULT-VALUE}).")
    private String mode = OrderMode.SINGLE.literal();

    @Option(
            names = "--every-step",
            description =
                    "Instead of --runs and --strikes: one order for each step and each component, which is killed in just that step.")
    private boolean everyStep;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the table of all runs is written to, as Markdown, after each of them.")
    private @Nullable Path reportFile;

    @Option(
            names = "--seed",
            description = "Of the first run; each next one takes the next number (default: the clock).")
    private long seed = System.currentTimeMillis();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-faults).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-faults");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds bounds = new Bounds(spec.commandLine())
                .within("--runs", runs, 1, 10_000)
                .within("--strikes", strikes, 1, 1_000)
                .cards(cards)
                .replicas(replicas);
        PrintWriter out = spec.commandLine().getOut();
        PlatformSettings settings =
                brokers.on(PlatformSettings.in(home.toAbsolutePath()).owned(), bounds);
        OrderMode orderMode =
                OrderMode.of(mode).orElseThrow(() -> bounds.refusal("--mode", "single, group or download"));
        List<FaultReport> reports = new ArrayList<>();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), replicas)) {
            installation.start();
            FaultRun faultRun = new FaultRun(installation, Operator.of(installation, TENANT), TENANT, orderMode, out);
            List<List<Fault>> schedules = schedules(orderMode, FaultRun.targets(installation));
            FaultRun orders = everyStep ? faultRun.steady() : faultRun;
            for (int run = 0; run < schedules.size(); run++) {
                FaultReport report = orders.run(seed + run, cards, schedules.get(run), Duration.ofMinutes(15));
                reports.add(report);
                out.println(
                        "seed " + report.seed() + (report.isSound() ? ": kept" : ": BROKEN " + report.violations()));
                out.flush();
                if (reportFile != null) {
                    Files.writeString(reportFile, FaultReport.table(reports));
                }
            }
        }
        out.print(FaultReport.table(reports));
        out.flush();
        return reports.stream().allMatch(FaultReport::isSound) ? 0 : 1;
    }

    /** The strikes of each run. */
    private List<List<Fault>> schedules(OrderMode orderMode, List<List<String>> targets) {
        if (everyStep) {
            return Fault.everyStep(seed, FaultRun.steps(orderMode), targets).stream()
                    .map(List::of)
                    .toList();
        }
        return IntStream.range(0, runs)
                .mapToObj(run -> Fault.schedule(seed + run, strikes, targets))
                .toList();
    }
}
