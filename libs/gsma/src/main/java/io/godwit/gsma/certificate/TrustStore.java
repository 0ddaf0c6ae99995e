package io.godwit.gsma.certificate;

import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * Under whom certificates are believed, and which of them not any more. A card asks for no revocation, and SGP.02 leaves it
 * to the operator to decide: a list that is not in here revokes nothing.
 *
 * @param cis the trust anchors
 * @param revocations by these CIs: of EUMs, SM-SRs and SM-DPs
 */
public record TrustStore(List<CaCertificate> cis, List<RevocationList> revocations) {
    /** @throws IllegalArgumentException when a list is by none of the CIs */
    public TrustStore {
        cis = List.copyOf(cis);
        revocations = List.copyOf(revocations);
        for (RevocationList list : revocations) {
            if (cis.stream().noneMatch(list::isBy)) {
                throw new IllegalArgumentException(
                        "revocations: the list of " + list.issuer() + " is by none of the trusted CIs");
            }
        }
    }

    /** Nobody. */
    public static TrustStore none() {
        return of(List.of());
    }

    /** These CIs, who have taken nothing back. */
    public static TrustStore of(List<CaCertificate> cis) {
        return new TrustStore(cis, List.of());
    }

    /** The CI with that subject key identifier. */
    Optional<CaCertificate> ci(Octets subjectKeyId) {
        return cis.stream().filter(ci -> ci.subjectKeyId().equals(subjectKeyId)).findFirst();
    }

    /** Whether {@code ci} has revoked the certificate with this serial number. */
    boolean isRevoked(CaCertificate ci, Octets serial) {
        // That the CI made it was verified above.
        return revocations.stream()
                .filter(list -> list.authorityKeyId().equals(ci.subjectKeyId()))
                .anyMatch(list -> list.revokes(serial));
    }
}
