package io.godwit.cli;

import io.godwit.cli.pki.TlsPki;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit pki tenant}. */
@Command(
        name = "tenant",
        mixinStandardHelpOptions = true,
        description = "Make the CA that signs the client certificates of a tenant's devices.")
final class PkiTenantCommand implements Callable<Integer> {
    @Mixin
    private PkiOutput output = new PkiOutput();

    @Option(names = "--tenant", required = true, description = "Whose devices.")
    private String tenant = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Names names = new Names(new Bounds(spec.commandLine()));
        return output.write(
                TlsPki.tenant(names.tenant(tenant), output.issuing(spec.commandLine())), spec.commandLine());
    }
}
