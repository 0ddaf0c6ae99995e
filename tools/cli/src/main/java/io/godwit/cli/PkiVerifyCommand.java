package io.godwit.cli;

import io.godwit.cli.pki.PkiReading;
import io.godwit.cli.pki.Verification;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.protocol.Eid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit pki verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verify the chain of a certificate. Exit status 0 only when it is sound.")
final class PkiVerifyCommand implements Callable<Integer> {
    private static final Map<String, CertificateRole> ROLES = Map.of(
            "sm-sr",
            CertificateRole.SM_SR,
            "sm-dp",
            CertificateRole.SM_DP,
            "ecasd",
            CertificateRole.ECASD,
            "extension",
            CertificateRole.EXTENSION);

    @Parameters(paramLabel = "FILE", description = "The certificate: 7F21, or an EUM's X.509.")
    private Path file = Path.of("");

    @Option(
            names = "--ci",
            paramLabel = "FILE",
            required = true,
            description = "A CI to be trusted, PEM or DER; may be given several times.")
    private List<Path> cis = List.of();

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "What one of these CIs has revoked, PEM or DER; may be given several times.")
    private List<Path> crls = List.of();

    @Option(names = "--eum", paramLabel = "FILE", description = "The EUM's certificate, for a card's.")
    @Nullable
    private Path eum;

    @Option(names = "--role", description = "What it must be: sm-sr, sm-dp, ecasd or extension.")
    @Nullable
    private String role;

    @Option(names = "--eid", description = "The card that it must be for.")
    @Nullable
    private String eid;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "When it must hold, as 2026-01-31T12:00:00Z; now otherwise.")
    @Nullable
    private String at;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Bounds bounds = new Bounds(spec.commandLine());
        if (role != null && !ROLES.containsKey(role)) {
            throw bounds.refusal("--role", "sm-sr, sm-dp, ecasd or extension");
        }
        Eid card = card(bounds);
        Instant when = instant(bounds);
        TrustStore trusted = PkiReading.trust(cis, crls);
        Verification verification =
                Verification.of(file, trusted, eum, role == null ? null : ROLES.get(role), card, when);
        if (verification.sound()) {
            spec.commandLine().getOut().println(verification.sentence());
            spec.commandLine().getOut().flush();
            return 0;
        }
        spec.commandLine().getErr().println("godwit: " + verification.sentence());
        return 1;
    }

    private @Nullable Eid card(Bounds bounds) {
        try {
            return eid == null ? null : new Eid(eid);
        } catch (IllegalArgumentException noEid) {
            throw bounds.refusal("--eid", "32 digits starting with 89, the last two of them check digits");
        }
    }

    private Instant instant(Bounds bounds) {
        try {
            return at == null ? Instant.now() : Instant.parse(at);
        } catch (DateTimeParseException noInstant) {
            throw bounds.refusal("--at", "an instant in UTC, as 2026-01-31T12:00:00Z");
        }
    }
}
