package io.godwit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit euicc}: what can be done with one card. */
@Command(
        name = "euicc",
        mixinStandardHelpOptions = true,
        description = "One card, as the platform and the card itself know it.",
        subcommands = {EuiccShowCommand.class})
final class EuiccCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }
}
