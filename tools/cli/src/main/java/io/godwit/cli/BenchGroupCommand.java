package io.godwit.cli;

import io.godwit.cli.bench.group.GroupBench;
import io.godwit.cli.demo.Demo;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.scenario.OpenFiles;
import io.godwit.local.PlatformSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench group}. */
@Command(
        name = "group",
        mixinStandardHelpOptions = true,
        description =
                "One message for a group, and one by one: seconds, publishes, processor time per card by process.")
final class BenchGroupCommand implements Callable<Integer> {
    /** Beside its connections a process has jars, logs, data files and pipes open. */
    private static final int OTHER_FILES = 1000;

    @Option(
            names = "--cards",
            split = ",",
            defaultValue = "1000,5000,10000",
            description = "Sizes of the groups in turn; the first order of all warms up (default ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of(1000, 5000, 10_000);

    @Mixin
    private BrokersOption brokers = new BrokersOption();

    @Option(
            names = "--single-up-to",
            paramLabel = "CARDS",
            defaultValue = "10000",
            description = "Groups up to this size are served in single mode too (default ${DEFAULT-VALUE}; 0: none).")
    private int singleUpTo = 10_000;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own platform (default: target/bench-group).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-group");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Bounds bounds = new Bounds(spec.commandLine()).within("--single-up-to", singleUpTo, 0, Bounds.MOST_CARDS);
        sizes.forEach(bounds::cards);
        PrintWriter out = spec.commandLine().getOut();
        out.println(OpenFiles.require(Collections.max(sizes) + OTHER_FILES, OpenFiles.limit()));
        out.flush();
        PlatformSettings settings =
                brokers.on(PlatformSettings.in(home.toAbsolutePath()).owned(), bounds);
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            new GroupBench(installation, Operator.of(installation, Demo.TENANT), out)
                    .run(Demo.TENANT, sizes, singleUpTo, Duration.ofMinutes(30));
            return 0;
        }
    }
}
