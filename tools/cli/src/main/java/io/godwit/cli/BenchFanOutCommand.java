package io.godwit.cli;

import io.godwit.cli.bench.fanout.FanOutBench;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.scenario.OpenFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench fanout}. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = "One message to a whole group: until the last device has it, over the bare broker.")
final class BenchFanOutCommand implements Callable<Integer> {
    /** Beside connections: jars, logs, pipes of child processes. */
    private static final int OTHER_FILES = 500;

    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1000,5000",
            description = "Sizes of the groups, rising (default ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds (default ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--messages",
            defaultValue = "6",
            description = "Messages of each way to each size in a round (default ${DEFAULT-VALUE}).")
    private int messages = 6;

    @Option(
            names = "--warm-up",
            defaultValue = "8",
            description = "Messages of each way to each size before that (default ${DEFAULT-VALUE}).")
    private int warmUp = 8;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where the benchmark's own brokers live as long as it runs (default: target/bench-fanout).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-fanout");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, ExecutionException, TimeoutException {
        Bounds bounds = new Bounds(spec.commandLine())
                .within("--rounds", rounds, 1, 1_000)
                .within("--messages", messages, 1, 1_000)
                .within("--warm-up", warmUp, 1, 1_000);
        int before = 0;
        for (int size : sizes) {
            bounds.within("--clients", size, before + 1, Bounds.MOST_CARDS);
            before = size;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(OpenFiles.require(FanOutBench.connections(sizes) + OTHER_FILES, OpenFiles.limit()));
        out.flush();
        new FanOutBench(BuildTree.ofLauncher(), home.toAbsolutePath(), sizes, rounds, messages, warmUp, out).run();
        return 0;
    }
}
