package io.godwit.simulator.fleet;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.gsma.grouppackage.GroupExtension;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.ExtensionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/** The manufacturer who certifies the signing keys of its cards' group extensions. */
public final class Eum {
    private static final int YEARS = 30;

    private final EcKeyPair key;
    private final CaCertificate certificate;

    private Eum(EcKeyPair key, CaCertificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /**
     * The EUM of two PEM files, as {@code godwit pki init} makes them.
     *
     * @throws IllegalArgumentException when they are not a key and its certificate
     */
    public static Eum read(Path keyFile, Path certificateFile) throws IOException {
        List<Octets> keys = Pem.all(Files.readString(keyFile), Pem.PRIVATE_KEY);
        List<Octets> certificates = Pem.all(Files.readString(certificateFile), Pem.CERTIFICATE);
        if (keys.size() != 1 || certificates.size() != 1) {
            throw new IllegalArgumentException("eum: one PEM key and one PEM certificate expected");
        }
        EcKeyPair key = Pkcs8.decode(keys.get(0))
                .toOptional()
                .orElseThrow(() -> new IllegalArgumentException(keyFile + ": a private key of P-256 expected"));
        CaCertificate certificate = CaCertificate.decode(certificates.get(0))
                .toOptional()
                .orElseThrow(() -> new IllegalArgumentException(certificateFile + ": an EUM's certificate expected"));
        if (!certificate.publicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException(keyFile + " is not the key of " + certificateFile);
        }
        return new Eum(key, certificate);
    }

    /** An EUM of its own under a CI of its own: both are known for tests, and both forget the CI's key. */
    public static UnderTestCi underTestCi(SecureRandom random, Instant now) {
        Instant from = now.minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        Instant to = from.plus(365L * YEARS, ChronoUnit.DAYS);
        try (EcKeyPair ciKey = EcKeyPair.generate(random)) {
            X509Issuer issuer = TestCis.issuer(ciKey);
            EcKeyPair key = EcKeyPair.generate(random);
            CaCertificate ci = issuer.root(new X509Issuer.Terms(Octets.ofInts(1), from, to));
            CaCertificate certificate = issuer.authority(
                    new X500Name("O=Godwit,OU=" + TestCis.UNIT + ",CN=Test EUM"),
                    key.publicKey(),
                    new X509Issuer.Terms(Octets.ofInts(2), from, to),
                    0);
            return new UnderTestCi(ci, new Eum(key, certificate));
        }
    }

    /** A CI for tests and an EUM under it. */
    public record UnderTestCi(CaCertificate ci, Eum eum) {}

    public CaCertificate certificate() {
        return certificate;
    }

    /** A key for the extension of that card, and its certificate. */
    public ExtensionKey extend(Eid eid, SecureRandom random, Instant now) {
        try (EcKeyPair pair = EcKeyPair.generate(random)) {
            return new ExtensionKey(
                    GroupExtension.AID,
                    ExtensionKey.VERSION,
                    SecretOctets.copyOf(pair.reveal()),
                    certify(CertificateRole.EXTENSION, eid, pair.publicKey(), now),
                    certificate.der());
        }
    }

    /**
     * The certificate of a key on that card.
     *
     * @param role {@link CertificateRole#ECASD} or {@link CertificateRole#EXTENSION}
     */
    public GpCertificate certify(CertificateRole role, Eid eid, EcPublicKey publicKey, Instant now) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        CertificateBody body = CertificateBody.of(
                role,
                eid.toOctets().from(8),
                Octets.utf8("GODWIT-TEST-EUM"),
                eid.toOctets(),
                today.minusDays(1),
                today.plusYears(YEARS),
                certificate.subjectKeyId(),
                publicKey);
        return body.sign(key);
    }
}
