package io.godwit.cli;

import io.godwit.cli.bench.replacement.ReplacementBench;
import io.godwit.cli.demo.Demo;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.local.PlatformSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench replacement}. */
@Command(
        name = "replacement",
        mixinStandardHelpOptions = true,
        description = {
            "Devices that take over others' subscriptions (flow E): time to the attach, messages and octets, against the same by",
            "an operator's own orders. What they become under kill -9 shows: bench faults --mode replacement."
        })
final class BenchReplacementCommand implements Callable<Integer> {
    private static final int MOST = 5_000;

    @Option(
            names = "--replacements",
            split = ",",
            defaultValue = "1,1,200",
            description = "How many at once in each run in turn; the first run warms up (default ${DEFAULT-VALUE}).")
    private List<Integer> replacements = List.of(1, 1, 200);

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-replacement).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-replacement");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds bounds = new Bounds(spec.commandLine());
        replacements.forEach(count -> bounds.within("--replacements", count, 1, MOST));
        PrintWriter out = spec.commandLine().getOut();
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            RegistryClient registry = Operator.of(installation, Demo.TENANT);
            for (int count : replacements) {
                new ReplacementBench(installation, registry, Demo.TENANT, Duration.ofMinutes(10), out).run(count);
            }
            return 0;
        }
    }
}
