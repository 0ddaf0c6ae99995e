package io.godwit.gsma.certificate;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.time.Instant;
import java.util.Optional;

/** The chains of SGP.02: a CI certifies SM-SRs, SM-DPs and EUMs; an EUM certifies its cards. */
public final class CertificateChain {
    private CertificateChain() {}

    /**
     * Why {@code certificate} is not an SM-SR's or SM-DP's under one of {@code trusted}; empty when it is.
     *
     * @param role {@link CertificateRole#SM_SR} or {@link CertificateRole#SM_DP}
     */
    public static Optional<ChainRefusal> ofSubscriptionManager(
            GpCertificate certificate, CertificateRole role, TrustStore trusted, Instant at) {
        Optional<CaCertificate> ci = trusted.ci(certificate.body().authorityKeyId());
        if (ci.isEmpty()) {
            return refused(role.title(), CertificateRefusal.NO_TRUSTED_ISSUER);
        }
        return ofCi(ci.get(), at)
                .or(() -> certificate.refusal(role, ci.get(), at).map(reason -> new ChainRefusal(role.title(), reason)))
                .or(() -> revoked(
                        role.title(), trusted, ci.get(), certificate.body().serial()));
    }

    /** Why {@code eum} is not an EUM's certificate under one of {@code trusted}; empty when it is. */
    public static Optional<ChainRefusal> ofEum(CaCertificate eum, TrustStore trusted, Instant at) {
        Optional<CaCertificate> ci = eum.authorityKeyId().flatMap(trusted::ci);
        if (ci.isEmpty()) {
            return refused("EUM certificate", CertificateRefusal.NO_TRUSTED_ISSUER);
        }
        return ofCi(ci.get(), at)
                .or(() -> eum.refusal(ci.get(), at).map(reason -> new ChainRefusal("EUM certificate", reason)))
                .or(() -> revoked("EUM certificate", trusted, ci.get(), eum.serial()));
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
            TrustStore trusted,
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

    /**
     * Whether {@code certificate} is that of a key on the card {@code eid}, issued by {@code eum} under the CI with that key:
     * all that another card can ask, which has no clock and no list of revocations.
     *
     * @param role {@link CertificateRole#ECASD} or {@link CertificateRole#EXTENSION}
     */
    public static boolean isOfCard(
            GpCertificate certificate,
            CertificateRole role,
            Eid eid,
            CaCertificate eum,
            Octets ciKeyId,
            EcPublicKey ciKey) {
        return certificate.body().subjectId().equals(eid.toOctets())
                && eum.mayCertify(eid)
                && eum.isIssuedBy(ciKeyId, ciKey)
                && certificate.isIssuedFor(role, eum.subjectKeyId(), eum.publicKey());
    }

    private static Optional<ChainRefusal> ofCi(CaCertificate ci, Instant at) {
        return ci.refusal(ci, at).map(reason -> new ChainRefusal("CI certificate", reason));
    }

    private static Optional<ChainRefusal> revoked(
            String certificate, TrustStore trusted, CaCertificate ci, Octets serial) {
        return trusted.isRevoked(ci, serial) ? refused(certificate, CertificateRefusal.REVOKED) : Optional.empty();
    }

    private static Optional<ChainRefusal> refused(String certificate, CertificateRefusal reason) {
        return Optional.of(new ChainRefusal(certificate, reason));
    }
}
