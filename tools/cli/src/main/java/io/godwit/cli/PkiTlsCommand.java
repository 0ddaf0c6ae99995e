package io.godwit.cli;

import io.godwit.cli.pki.TlsPki;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code godwit pki tls}. */
@Command(
        name = "tls",
        mixinStandardHelpOptions = true,
        description = "Make a TLS CA and a key store for the MQTT listener.")
final class PkiTlsCommand implements Callable<Integer> {
    @Mixin
    private PkiOutput output = new PkiOutput();

    @Option(
            names = "--host",
            required = true,
            split = ",",
            description = "Name or address by which devices reach the broker; several with commas, or given again.")
    private List<String> hosts = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (hosts.stream().anyMatch(host -> !TlsPki.isHost(host))) {
            throw new Bounds(spec.commandLine()).refusal("--host", "a DNS name, an IPv4 or an IPv6 address");
        }
        return output.write(TlsPki.listener(hosts, output.issuing(spec.commandLine())), spec.commandLine());
    }
}
