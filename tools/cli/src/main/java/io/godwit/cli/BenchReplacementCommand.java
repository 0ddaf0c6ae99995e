package io.godwit.cli;

import io.godwit.cli.bench.faults.FaultRun;
import io.godwit.cli.bench.replacement.ReplacementBench;
import io.godwit.cli.bench.replacement.StageStrike;
import io.godwit.cli.bench.replacement.StruckReplacement;
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
import java.util.stream.LongStream;
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
            "an operator's own orders; then replacements in whose middle processes are killed. Exit status 0 only if no promise broke."
        })
final class BenchReplacementCommand implements Callable<Integer> {
    private static final int MOST = 5_000;
    private static final int MOST_STRUCK = 1_000;

    @Option(
            names = "--replacements",
            split = ",",
            defaultValue = "1,1,200",
            description = "How many at once in each run in turn; the first run warms up (default ${DEFAULT-VALUE}).")
    private List<Integer> replacements = List.of(1, 1, 200);

    @Option(
            names = "--struck",
            defaultValue = "10",
            description = "How many with kills, one after the other (default ${DEFAULT-VALUE}).")
    private int struck = 10;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of the first schedule of kills (default ${DEFAULT-VALUE}).")
    private long seed = 1;

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
        Bounds bounds = new Bounds(spec.commandLine()).within("--struck", struck, 0, MOST_STRUCK);
        replacements.forEach(count -> bounds.within("--replacements", count, 1, MOST));
        PrintWriter out = spec.commandLine().getOut();
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            RegistryClient registry = Operator.of(installation, Demo.TENANT);
            for (int count : replacements) {
                new ReplacementBench(installation, registry, Demo.TENANT, Duration.ofMinutes(10), out).run(count);
            }
            List<String> broken = struck == 0
                    ? List.of()
                    : new StruckReplacement(installation, registry, Demo.TENANT, Duration.ofMinutes(3), out)
                            .run(LongStream.range(seed, seed + struck)
                                    .mapToObj(one -> StageStrike.schedule(one, FaultRun.targets(installation)))
                                    .toList());
            broken.forEach(out::println);
            out.println(struck + " struck replacements, " + broken.size() + " broken promises");
            out.flush();
            return broken.isEmpty() ? 0 : 1;
        }
    }
}
