package io.godwit.cli;

import io.godwit.cli.bench.faults.Fault;
import io.godwit.cli.bench.faults.FaultReport;
import io.godwit.cli.bench.faults.FaultRun;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.local.PlatformSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(names = "--kills", defaultValue = "6", description = "Kills in each order (default ${DEFAULT-VALUE}).")
    private int kills = 6;

    @Option(names = "--cards", defaultValue = "200", description = "Cards of each order (default ${DEFAULT-VALUE}).")
    private int cards = 200;

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
        PrintWriter out = spec.commandLine().getOut();
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        int unsound = 0;
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            RegistryClient registry = Operator.of(installation, TENANT);
            for (int run = 0; run < runs; run++) {
                FaultReport report = new FaultRun(installation, registry, TENANT, out)
                        .run(
                                seed + run,
                                cards,
                                Fault.schedule(seed + run, kills, FaultRun.victims()),
                                Duration.ofMinutes(15));
                unsound += report.isSound() ? 0 : 1;
                out.printf(
                        Locale.ROOT,
                        "seed %d: %d cards, %d kills, %.0f s, outcomes %s: %s%n",
                        report.seed(),
                        report.cards(),
                        report.faults().size(),
                        report.seconds(),
                        report.outcomes(),
                        report.isSound() ? "sound" : "BROKEN: " + report.violations());
                out.flush();
            }
        }
        out.printf("%d runs, %d kills, %d broken%n", runs, runs * kills, unsound);
        out.flush();
        return unsound == 0 ? 0 : 1;
    }
}
