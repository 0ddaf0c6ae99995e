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
import io.godwit.simulator.card.Ecasd;
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

/** The manufacturer who certifies the keys of its cards: those of their ECASDs and of their group extensions. */
public final class Eum {
    private static final int YEARS = 30;

    private final EcKeyPair key;
    private final CaCertificate certificate;
    private final CaCertificate ci;

    private Eum(EcKeyPair key, CaCertificate certificate, CaCertificate ci) {
        this.key = key;
        this.certificate = certificate;
        this.ci = ci;
    }

    /**
     * The EUM of three PEM files, as {@code godwit pki init} makes them.
     *
     * @param ciFile the CI's certificate, whose key the cards believe
     * @throws IllegalArgumentException when they are not a key, its certificate and a CI's
     */
    public static Eum read(Path keyFile, Path certificateFile, Path ciFile) throws IOException {
        List<Octets> keys = Pem.all(Files.readString(keyFile), Pem.PRIVATE_KEY);
        if (keys.size() != 1) {
            throw new IllegalArgumentException(keyFile + ": one PEM key expected");
        }
        EcKeyPair key = Pkcs8.decode(keys.get(0))
                .toOptional()
                .orElseThrow(() -> new IllegalArgumentException(keyFile + ": a private key of P-256 expected"));
        CaCertificate certificate = certificate(certificateFile, "an EUM's");
        if (!certificate.publicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException(keyFile + " is not the key of " + certificateFile);
        }
        return new Eum(key, certificate, certificate(ciFile, "a CI's"));
    }

    private static CaCertificate certificate(Path file, String whose) throws IOException {
        return Pem.all(Files.readString(file), Pem.CERTIFICATE).stream()
                .findFirst()
                .flatMap(der -> CaCertificate.decode(der).toOptional())
                .orElseThrow(() -> new IllegalArgumentException(file + ": " + whose + " certificate expected"));
    }

    /** An EUM, an SM-DP and an SM-SR under a CI of their own: all are known for tests, and all forget the CI's key. */
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
            EcKeyPair smDp = EcKeyPair.generate(random);
            EcKeyPair smSr = EcKeyPair.generate(random);
            LocalDate firstDay = from.atOffset(ZoneOffset.UTC).toLocalDate();
            return new UnderTestCi(
                    ci,
                    new Eum(key, certificate, ci),
                    smDp,
                    manager(CertificateRole.SM_DP, 3, "GODWIT-SM-DP", firstDay, ci, smDp)
                            .sign(ciKey),
                    smSr,
                    manager(CertificateRole.SM_SR, 4, "GODWIT-SM-SR", firstDay, ci, smSr)
                            .sign(ciKey));
        }
    }

    private static CertificateBody manager(
            CertificateRole role, int serial, String name, LocalDate firstDay, CaCertificate ci, EcKeyPair pair) {
        return CertificateBody.of(
                role,
                Octets.ofInts(serial),
                Octets.utf8("GODWIT-TEST-CI"),
                Octets.utf8(name),
                firstDay,
                firstDay.plusYears(YEARS - 1),
                ci.subjectKeyId(),
                pair.publicKey());
    }

    /**
     * A CI for tests, an EUM, an SM-DP and an SM-SR under it.
     *
     * @param smDp SK.DP.ECDSA
     * @param smDpCertificate CERT.DP
     * @param smSr SK.SR.ECDSA
     * @param smSrCertificate CERT.SR
     */
    public record UnderTestCi(
            CaCertificate ci,
            Eum eum,
            EcKeyPair smDp,
            GpCertificate smDpCertificate,
            EcKeyPair smSr,
            GpCertificate smSrCertificate) {}

    public CaCertificate certificate() {
        return certificate;
    }

    /** The ECASD of that card: with a certified key of its own, and the CI's key. */
    public Ecasd equip(Eid eid, SecureRandom random, Instant now) {
        try (EcKeyPair pair = EcKeyPair.generate(random)) {
            return new Ecasd(
                    SecretOctets.copyOf(pair.reveal()),
                    certify(CertificateRole.ECASD, eid, pair.publicKey(), now),
                    certificate.der(),
                    ci.publicKey(),
                    ci.subjectKeyId(),
                    0);
        }
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
