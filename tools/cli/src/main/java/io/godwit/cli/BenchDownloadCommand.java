package io.godwit.cli;

import io.godwit.cli.bench.download.DownloadBench;
import io.godwit.cli.demo.Demo;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.local.PlatformSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench download}. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description =
                "Profiles downloaded to cards one by one: downloads a second, messages, octets, and processor time per card.")
final class BenchDownloadCommand implements Callable<Integer> {
    private static final int LEAST_OCTETS = 1_000;
    private static final int MOST_OCTETS = 60_000;

    @Option(
            names = "--cards",
            split = ",",
            defaultValue = "200,1000",
            description = "Cards of each run in turn; the first run warms up (default ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of(200, 1000);

    @Option(
            names = "--octets",
            defaultValue = "12288",
            description = "About how large each profile package is (default ${DEFAULT-VALUE}).")
    private int octets = 12_288;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-download).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-download");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds bounds = new Bounds(spec.commandLine());
        sizes.forEach(bounds::cards);
        bounds.within("--octets", octets, LEAST_OCTETS, MOST_OCTETS);
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            new DownloadBench(
                            installation,
                            Operator.of(installation, Demo.TENANT),
                            spec.commandLine().getOut())
                    .run(Demo.TENANT, sizes, octets, Duration.ofMinutes(30));
            return 0;
        }
    }
}
