package io.godwit.cli;

import io.godwit.cli.pki.TestPki;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit pki init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Make a CI for tests (OU=TESTCERT), and an EUM, an SM-SR and an SM-DP under it.")
final class PkiInitCommand implements Callable<Integer> {
    @Mixin
    private PkiOutput output = new PkiOutput();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return output.write(TestPki.make(output.issuing(spec.commandLine())), spec.commandLine());
    }
}
