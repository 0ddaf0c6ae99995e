package io.godwit.cli;

import io.godwit.cli.pki.TlsPki;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit pki device}. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = "Make a device's key and client certificate, signed by the CA of its tenant in the same folder.")
final class PkiDeviceCommand implements Callable<Integer> {
    @Mixin
    private PkiOutput output = new PkiOutput();

    @Option(names = "--tenant", required = true, description = "Whose device; becomes the subject's O.")
    private String tenant = "";

    @Option(names = "--nid", required = true, description = "Which device; becomes the subject's CN.")
    private String nid = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Names names = new Names(new Bounds(spec.commandLine()));
        return output.write(
                TlsPki.device(
                        output.folder(), names.tenant(tenant), names.nid(nid), output.issuing(spec.commandLine())),
                spec.commandLine());
    }
}
