package io.godwit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit pki}. */
@Command(
        name = "pki",
        mixinStandardHelpOptions = true,
        description = "Make, show and verify certificates: CI, EUM, SM-SR, SM-DP, and TLS of broker and devices.",
        subcommands = {
            PkiInitCommand.class,
            PkiShowCommand.class,
            PkiVerifyCommand.class,
            PkiTlsCommand.class,
            PkiTenantCommand.class,
            PkiDeviceCommand.class
        })
final class PkiCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }
}
