package io.godwit.gsma.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.gsma.testing.Mutator;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged certificates and key files: nothing throws, and what is accepted is what was written. */
class CertificateProperties {
    private final TestPki pki = new TestPki();

    @Test
    void damagedCertificatesAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged certificates");
        List<Octets> sound = Stream.of(CertificateRole.values())
                .map(role -> pki.certificate(role).encode())
                .toList();
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            Octets input = i % 20 == 0 ? mutator.anyOctets(60) : mutator.damaged(sound);
            Optional<GpCertificate> read = GpCertificate.decode(input).toOptional();
            read.ifPresent(certificate -> assertEquals(input, certificate.encode()));
            accepted += read.isPresent() ? 1 : 0;
        }
        assertTrue(accepted > 1_000, "the generator should also make sound input, made " + accepted);
    }

    @Test
    void damagedAuthoritiesAreReadAsWrittenOrRefused() {
        Mutator mutator = Mutator.announced("damaged X.509");
        List<Octets> sound = List.of(pki.ci.der(), pki.eum.der());
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            Octets input = mutator.damaged(sound);
            Optional<CaCertificate> read = CaCertificate.decode(input).toOptional();
            if (read.isPresent()) {
                accepted++;
                CaCertificate authority = read.get();
                assertEquals(input, authority.der());
                boolean issued = authority.refusal(pki.ci, TestPki.NOW).isEmpty();
                assertEquals(sound.contains(input), issued);
            }
        }
        assertTrue(accepted > 1_000, "the generator should also make sound input, made " + accepted);
    }

    @Test
    void damagedKeyFilesAreReadAsAKeyOrRefused() {
        Mutator mutator = Mutator.announced("damaged PKCS#8");
        Octets sound = Pkcs8.encode(pki.ciKey);
        assertEquals(
                pki.ciKey.publicKey(),
                Pkcs8.decode(sound).toOptional().orElseThrow().publicKey());
        for (int i = 0; i < 20_000; i++) {
            Octets input = mutator.damaged(List.of(sound));
            Pkcs8.decode(input)
                    .toOptional()
                    .map(EcKeyPair::publicKey)
                    .ifPresent(key -> assertEquals(65, key.point().length()));
        }
    }
}
