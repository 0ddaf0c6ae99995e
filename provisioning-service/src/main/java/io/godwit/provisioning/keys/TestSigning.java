package io.godwit.provisioning.keys;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Octets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A test CI and an SM-SR under it, for a service that was given none. The CI's private key is forgotten at once: nothing
 * else can ever be certified under it.
 */
record TestSigning(CaCertificate ci, EcKeyPair pair, GpCertificate certificate) {
    private static final int YEARS = 10;

    static TestSigning make(Instant now) {
        SecureRandom random = new SecureRandom();
        Instant from = now.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        LocalDate firstDay = from.atOffset(ZoneOffset.UTC).toLocalDate();
        Instant to = firstDay.plusYears(YEARS + 1).atStartOfDay(ZoneOffset.UTC).toInstant();
        EcKeyPair pair = EcKeyPair.generate(random);
        try (EcKeyPair ciKey = EcKeyPair.generate(random)) {
            CaCertificate ci = TestCis.issuer(ciKey).root(new X509Issuer.Terms(Octets.ofInts(1), from, to));
            CertificateBody body = CertificateBody.of(
                    CertificateRole.SM_SR,
                    Octets.ofInts(1),
                    Octets.utf8("GODWIT-TEST-CI"),
                    Octets.utf8("GODWIT-SM-SR"),
                    firstDay,
                    firstDay.plusYears(YEARS),
                    ci.subjectKeyId(),
                    pair.publicKey());
            return new TestSigning(ci, pair, body.sign(ciKey));
        }
    }
}
