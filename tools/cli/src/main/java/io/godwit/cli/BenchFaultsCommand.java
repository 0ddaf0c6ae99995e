package io.godwit.cli;

import io.godwit.cli.bench.faults.Fault;
import io.godwit.cli.bench.faults.FaultReport;
import io.godwit.cli.bench.faults.FaultRun;
import io.godwit.cli.bench.faults.replacement.ReplacementReport;
import io.godwit.cli.bench.faults.replacement.ReplacementSchedule;
import io.godwit.cli.bench.faults.replacement.StruckReplacements;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.local.PlatformSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
            "Exit status 0 only if every command has one outcome, every EIS equals its card, nothing ran twice; with --mode replacement:",
            "if each subscription is on its new card, and was enabled on one card at a time."
        })
final class BenchFaultsCommand implements Callable<Integer> {
    private static final String TENANT = "faults";

    /** Beside the modes of an order. */
    private static final String REPLACEMENT = "replacement";

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
            description = {
                "What is ordered: a group served in single or in group mode, or download for a new profile each, or replacement:",
                "a device takes over another's subscription (flow E), struck at three of its stages (default ${DEFAULT-VALUE})."
            })
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
        requireWritable(bounds);
        PlatformSettings settings =
                brokers.on(PlatformSettings.in(home.toAbsolutePath()).owned(), bounds);
        Optional<OrderMode> orderMode = OrderMode.of(mode);
        if (orderMode.isEmpty()) {
            requireReplacement(bounds);
        }
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), replicas)) {
            installation.start();
            return orderMode.isPresent() ? orders(installation, orderMode.get()) : replacements(installation);
        }
    }

    /** What cannot be written down is known before the first run, and not after it. */
    private void requireWritable(Bounds bounds) {
        if (reportFile == null) {
            return;
        }
        Path folder = reportFile.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(reportFile)) {
            throw bounds.refusal("--report", "a file in a folder that is there and can be written to");
        }
    }

    private void requireReplacement(Bounds bounds) {
        if (!mode.equals(REPLACEMENT)) {
            throw bounds.refusal("--mode", "single, group, download or replacement");
        }
        for (String option : List.of("--strikes", "--cards", "--every-step")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw bounds.refusal(
                        option, "it with another --mode; a replacement has two cards and three strikes, at its stages");
            }
        }
    }

    private int orders(Installation installation, OrderMode orderMode) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        FaultRun faultRun = new FaultRun(installation, Operator.of(installation, TENANT), TENANT, orderMode, out);
        List<List<Fault>> schedules = schedules(orderMode, FaultRun.targets(installation));
        FaultRun orders = everyStep ? faultRun.steady() : faultRun;
        List<FaultReport> reports = new ArrayList<>();
        for (int run = 0; run < schedules.size(); run++) {
            FaultReport report = orders.run(seed + run, cards, schedules.get(run), Duration.ofMinutes(15));
            reports.add(report);
            tell(report.seed(), report.violations(), FaultReport.table(reports));
        }
        out.print(FaultReport.table(reports));
        out.flush();
        return reports.stream().allMatch(FaultReport::isSound) ? 0 : 1;
    }

    private int replacements(Installation installation) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<ReplacementSchedule> schedules = LongStream.range(seed, seed + runs)
                .mapToObj(one -> ReplacementSchedule.of(one, FaultRun.targets(installation)))
                .toList();
        List<ReplacementReport> reports = new ArrayList<>();
        new StruckReplacements(installation, Operator.of(installation, TENANT), TENANT, Duration.ofMinutes(3), out)
                .run(schedules, report -> {
                    reports.add(report);
                    tell(report.schedule().seed(), report.violations(), ReplacementReport.table(reports));
                });
        out.print(ReplacementReport.table(reports));
        out.flush();
        return reports.stream().allMatch(ReplacementReport::isSound) ? 0 : 1;
    }

    /** Says how a run has ended, and keeps the table of all so far: who stops the command early has what was seen. */
    private void tell(long runsSeed, List<String> violations, String table) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("seed " + runsSeed + (violations.isEmpty() ? ": kept" : ": BROKEN " + violations));
        out.flush();
        if (reportFile != null) {
            try {
                Files.writeString(reportFile, table);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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
