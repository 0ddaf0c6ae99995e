package io.godwit.cli;

import io.godwit.cli.bench.bridge.BridgeBench;
import io.godwit.cli.platform.BuildTree;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench bridge}. */
@Command(
        name = "bridge",
        mixinStandardHelpOptions = true,
        description = "PUBACKs per second through the bridge to Kafka, over a broker that only acknowledges.")
final class BenchBridgeCommand implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "3", description = "Turns of each broker (default ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            description = "How long each load is measured, after as long a warm-up (default ${DEFAULT-VALUE}).")
    private int seconds = 8;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the benchmark's own Kafka and HiveMQ (default: target/bench-bridge).")
    private Path home = BuildTree.ofLauncher().root().resolve("target/bench-bridge");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Bounds unused = new Bounds(spec.commandLine())
                .within("--rounds", rounds, 1, 1_000)
                .within("--seconds", seconds, 1, 3_600);
        new BridgeBench(
                        BuildTree.ofLauncher(),
                        home.toAbsolutePath(),
                        rounds,
                        seconds * 1000L,
                        spec.commandLine().getOut())
                .run();
        return 0;
    }
}
