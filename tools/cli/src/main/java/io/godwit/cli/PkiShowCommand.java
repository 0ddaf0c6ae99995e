package io.godwit.cli;

import io.godwit.cli.pki.CertificateText;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit pki show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show what is in a certificate: GlobalPlatform's 7F21, or X.509.")
final class PkiShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "PEM or DER; for 7F21 octets or hexadecimal digits.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "One JSON object a line, for each certificate.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Json.Obj> certificates = CertificateText.of(file);
        for (int i = 0; i < certificates.size(); i++) {
            if (json) {
                out.println(JsonWriter.write(certificates.get(i)).toUtf8());
            } else {
                out.print((i == 0 ? "" : "\n") + CertificateText.tree(certificates.get(i)));
            }
        }
        out.flush();
        return 0;
    }
}
