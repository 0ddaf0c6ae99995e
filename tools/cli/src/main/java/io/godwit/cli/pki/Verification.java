package io.godwit.cli.pki;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.CertificateChain;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.ChainRefusal;
import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.protocol.Eid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the chain of a certificate holds.
 *
 * @param sound whether it does
 * @param sentence what was found, for a person
 */
public record Verification(boolean sound, String sentence) {
    /**
     * Verifies the certificate in {@code file}.
     *
     * @param trusted the CIs to be trusted, and what they have revoked
     * @param eumFile the certificate of the EUM, for those of cards
     * @param role what the certificate must be; its own word otherwise
     * @param eid the card that it must be for; its own word otherwise
     */
    public static Verification of(
            Path file,
            TrustStore trusted,
            @Nullable Path eumFile,
            @Nullable CertificateRole role,
            @Nullable Eid eid,
            Instant at)
            throws IOException {
        Optional<GpCertificate> found = PkiReading.globalPlatform(file);
        if (found.isEmpty()) {
            CaCertificate eum = PkiReading.authorities(file).get(0);
            return of("EUM certificate", CertificateChain.ofEum(eum, trusted, at), trusted);
        }
        GpCertificate certificate = found.get();
        CertificateRole expected = role != null
                ? role
                : certificate
                        .body()
                        .role()
                        .orElseThrow(() -> new PkiException(file + " has a role (C8) that is not known."));
        if (expected == CertificateRole.SM_SR || expected == CertificateRole.SM_DP) {
            return of(
                    expected.title(),
                    CertificateChain.ofSubscriptionManager(certificate, expected, trusted, at),
                    trusted);
        }
        if (eumFile == null) {
            throw new PkiException(expected.title() + " is issued by an EUM: name its certificate with --eum.");
        }
        CaCertificate eum = PkiReading.authorities(eumFile).get(0);
        Eid card = eid != null ? eid : subject(file, certificate);
        return of(expected.title(), CertificateChain.ofCard(certificate, expected, card, eum, trusted, at), trusted);
    }

    private static Eid subject(Path file, GpCertificate certificate) {
        try {
            return Eid.fromOctets(certificate.body().subjectId());
        } catch (IllegalArgumentException noEid) {
            throw new PkiException(file + " is a card's certificate whose subject is no EID.");
        }
    }

    private static Verification of(String title, Optional<ChainRefusal> refusal, TrustStore trusted) {
        if (refusal.isPresent()) {
            return new Verification(false, refusal.get().sentence() + ".");
        }
        boolean test = trusted.cis().stream().anyMatch(TestCis::includes);
        return new Verification(
                true, title + " is sound" + (test ? ", under a test CI: outside of tests it is worth nothing." : "."));
    }
}
