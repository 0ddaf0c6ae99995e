package io.godwit.provisioning.keys;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the trust comes from.
 *
 * @param platform for the platform's own certificates, and for every tenant that has none of its own
 * @param tenants for the cards of that tenant alone, in place of the platform's
 * @param testMode whether test CIs may be trusted, and one is made where nothing is configured
 */
public record TrustSettings(Anchors platform, Map<TenantId, Anchors> tenants, boolean testMode) {
    /**
     * Files of one trust.
     *
     * @param cis trusted CIs, X.509 in PEM
     * @param revocations their lists of revoked certificates, X.509 in PEM; where there is none, nothing is revoked
     */
    public record Anchors(List<Path> cis, List<Path> revocations) {
        public Anchors {
            cis = List.copyOf(cis);
            revocations = List.copyOf(revocations);
        }
    }

    public TrustSettings {
        requireNonNull(platform, "platform is null");
        tenants = Map.copyOf(tenants);
    }

    /** One trust for all, without revocations. */
    public static TrustSettings of(List<Path> ciFiles, boolean testMode) {
        return new TrustSettings(new Anchors(ciFiles, List.of()), Map.of(), testMode);
    }

    /** Whether nothing at all is said. */
    boolean isEmpty() {
        return platform.cis().isEmpty() && tenants.isEmpty();
    }
}
