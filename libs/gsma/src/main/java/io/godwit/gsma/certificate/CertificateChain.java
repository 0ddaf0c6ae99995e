package io.godwit.gsma.certificate;

import io.godwit.protocol.Eid;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The chains of SGP.02: a CI certifies SM-SRs, SM-DPs and EUMs; an EUM certifies its cards. Revocation is not asked for: a
 * card cannot, and SGP.02 leaves it to the operator's decision.
 */
public final class CertificateChain {
    private CertificateChain() {}

    /**
     * Why {@code certificate} is not an SM-SR's or SM-DP's under one of {@code trusted}; empty when it is.
     *
     * @param role {@link CertificateRole#SM_SR} or {@link CertificateRole#SM_DP}
     */
    public static Optional<ChainRefusal> ofSubscriptionManager(
            GpCertificate certificate, CertificateRole role, Collection<CaCertificate> trusted, Instant at) {
        Optional<CaCertificate> ci = trusted.stream()
                .filter(anchor ->
                        anchor.subjectKeyId().equals(certificate.body().authorityKeyId()))
                .findFirst();
        if (ci.isEmpty()) {
            return refused(role.title(), CertificateRefusal.NO_TRUSTED_ISSUER);
        }
        return ofCi(ci.get(), at)
                .or(() ->
                        certificate.refusal(role, ci.get(), at).map(reason -> new ChainRefusal(role.title(), reason)));
    }

    /** Why {@code eum} is not an EUM's certificate under one of {@code trusted}; empty when it is. */
    public static Optional<ChainRefusal> ofEum(CaCertificate eum, Collection<CaCertificate> trusted, Instant at) {
        Optional<CaCertificate> ci = trusted.stream()
                .filter(anchor -> eum.authorityKeyId().equals(Optional.of(anchor.subjectKeyId())))
                .findFirst();
        if (ci.isEmpty()) {
            return refused("EUM certificate", CertificateRefusal.NO_TRUSTED_ISSUER);
        }
        return ofCi(ci.get(), at)
                .or(() -> eum.refusal(ci.get(), at).map(reason -> new ChainRefusal("EUM certificate", reason)));
    }

    /**
     * Why {@code certificate} is not that of a key on the card {@code eid}, issued by {@code eum} under one of
     * {@code trusted}; empty when it is.
     *
     * @param role {@link CertificateRole#ECASD} or {@link CertificateRole#EXTENSION}
     */
    public static Optional<ChainRefusal> ofCard(
            GpCertificate certificate,
            CertificateRole role,
            Eid eid,
            CaCertificate eum,
            Collection<CaCertificate> trusted,
            Instant at) {
        Optional<ChainRefusal> broken = ofEum(eum, trusted, at);
        if (broken.isPresent()) {
            return broken;
        }
        boolean subject = certificate.body().subjectId().equals(eid.toOctets()) && eum.mayCertify(eid);
        if (!subject) {
            return refused(role.title(), CertificateRefusal.WRONG_SUBJECT);
        }
        return certificate.refusal(role, eum, at).map(reason -> new ChainRefusal(role.title(), reason));
    }

    private static Optional<ChainRefusal> ofCi(CaCertificate ci, Instant at) {
        return ci.refusal(ci, at).map(reason -> new ChainRefusal("CI certificate", reason));
    }

    private static Optional<ChainRefusal> refused(String certificate, CertificateRefusal reason) {
        return Optional.of(new ChainRefusal(certificate, reason));
    }
}
