package io.godwit.cli;

import io.godwit.cli.bench.connections.ConnectionsBench;
import io.godwit.cli.demo.Demo;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.local.PlatformSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit bench connections}. */
@Command(
        name = "connections",
        mixinStandardHelpOptions = true,
        description = "What connected cards cost that do nothing: memory and processor time by process.")
final class BenchConnectionsCommand implements Callable<Integer> {
    @Option(names = "--cards", defaultValue = "10000", description = "How many (default ${DEFAULT-VALUE}).")
    private int cards = 10_000;

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
        Bounds unused = new Bounds(spec.commandLine()).cards(cards);
        PlatformSettings settings = PlatformSettings.in(home.toAbsolutePath()).owned();
        try (Installation installation = Installation.open(settings, BuildTree.ofLauncher(), 1)) {
            installation.start();
            new ConnectionsBench(
                            installation,
                            Operator.of(installation, Demo.TENANT),
                            spec.commandLine().getOut())
                    .run(cards);
            return 0;
        }
    }
}
