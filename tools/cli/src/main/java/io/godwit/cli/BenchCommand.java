package io.godwit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit bench}: the numbers of {@code docs/benchmarks.md} come from its subcommands. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure on this machine, against a peer or a limit, in one run.",
        subcommands = {
            BenchBridgeCommand.class,
            BenchFanOutCommand.class,
            BenchSingleCommand.class,
            BenchGroupCommand.class,
            BenchConnectionsCommand.class,
            BenchFaultsCommand.class,
            BenchNodesCommand.class,
            BenchEcdsaCommand.class,
            BenchDownloadCommand.class,
            BenchDownloadCryptoCommand.class,
            BenchImportCommand.class,
            BenchRequestsCommand.class,
            BenchReplacementCommand.class
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }
}
