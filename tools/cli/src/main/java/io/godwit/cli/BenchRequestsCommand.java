package io.godwit.cli;

import io.godwit.cli.bench.request.RequestsBench;
import io.godwit.cli.demo.Demo;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.local.PlatformSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench requests}. */
@Command(
        name = "requests",
        mixinStandardHelpOptions = true,
        description = {
            "Devices that wake within a minute and all ask for a profile (flow D): when each has its answer and its profile,",
            "how busy the processors are with it, and how long orders for another card take meanwhile. Exit status 0 only if",
            "each got what it asked for."
        })
final class BenchRequestsCommand implements Callable<Integer> {
    private static final int LONGEST_WAKING = 3_600;
    private static final int MOST_BEFORE = 5_000;

    @Option(names = "--cards", defaultValue = "10000", description = "How many devices ask (default ${DEFAULT-VALUE}).")
    private int cards = 10_000;

    @Option(
            names = "--before",
            defaultValue = "900",
            description = "How many come before, one after the other, to warm up (default ${DEFAULT-VALUE}).")
    private int before = 900;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "Within which they are switched on (default ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-requests).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-requests");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        new Bounds(spec.commandLine())
                .cards(cards)
                .within("--before", before, 0, MOST_BEFORE)
                .within("--seconds", seconds, 1, LONGEST_WAKING);
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            RequestsBench bench = new RequestsBench(
                    installation,
                    Operator.of(installation, Demo.TENANT),
                    Demo.TENANT,
                    spec.commandLine().getOut());
            return bench.run(before, cards, seconds, Duration.ofSeconds(seconds).plusMinutes(30)) ? 0 : 1;
        }
    }
}
