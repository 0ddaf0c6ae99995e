package io.godwit.cli;

import io.godwit.cli.bench.single.SingleBench;
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

/** {@code godwit bench single}. */
@Command(
        name = "single",
        mixinStandardHelpOptions = true,
        description = "Cards enabled one by one: seconds, and processor time per card by process.")
final class BenchSingleCommand implements Callable<Integer> {
    @Option(
            names = "--cards",
            split = ",",
            defaultValue = "1000,1000,5000",
            description = "Cards of each run in turn; the first run warms up (default ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of(1000, 1000, 5000);

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-single).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-single");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        sizes.forEach(new Bounds(spec.commandLine())::cards);
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            new SingleBench(
                            installation,
                            Operator.of(installation, Demo.TENANT),
                            spec.commandLine().getOut())
                    .run(Demo.TENANT, sizes, Duration.ofMinutes(30));
            return 0;
        }
    }
}
