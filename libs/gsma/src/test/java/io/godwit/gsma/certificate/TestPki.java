package io.godwit.gsma.certificate;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.time.Instant;
import java.time.LocalDate;
import org.bouncycastle.asn1.x500.X500Name;

/** A CI, an EUM and what they certify, with keys that are numbers. */
final class TestPki {
    static final Eid EID = new Eid("89049032123451234512345678901235");
    static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    static final LocalDate LAST_DAY = LocalDate.of(2035, 12, 31);
    static final X509Issuer.Terms TERMS = terms("2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z");

    final EcKeyPair ciKey = key(1);
    final EcKeyPair eumKey = key(2);
    final EcKeyPair endKey = key(3);
    final X509Issuer ciIssuer = new X509Issuer(new X500Name("CN=CI,O=Godwit"), ciKey);
    final CaCertificate ci = ciIssuer.root(TERMS);
    final CaCertificate eum = ciIssuer.authority(new X500Name("CN=EUM,O=Cards"), eumKey.publicKey(), TERMS, 0);

    static EcKeyPair key(int number) {
        byte[] scalar = new byte[32];
        scalar[31] = (byte) number;
        scalar[0] = 0x55;
        return EcKeyPair.of(Octets.of(scalar));
    }

    static X509Issuer.Terms terms(String from, String to) {
        return new X509Issuer.Terms(Octets.ofInts(1), Instant.parse(from), Instant.parse(to));
    }

    CertificateBody body(CertificateRole role) {
        boolean card = role == CertificateRole.ECASD || role == CertificateRole.EXTENSION;
        return body(role, card ? EID.toOctets() : Octets.utf8("SM-TEST"), card ? eum : ci, endKey.publicKey());
    }

    static CertificateBody body(CertificateRole role, Octets subject, CaCertificate issuer, EcPublicKey key) {
        return CertificateBody.of(
                role,
                Octets.ofInts(0, 1),
                Octets.utf8("ISSUER"),
                subject,
                FIRST_DAY,
                LAST_DAY,
                issuer.subjectKeyId(),
                key);
    }

    GpCertificate certificate(CertificateRole role) {
        boolean card = role == CertificateRole.ECASD || role == CertificateRole.EXTENSION;
        return body(role).sign(card ? eumKey : ciKey);
    }
}
