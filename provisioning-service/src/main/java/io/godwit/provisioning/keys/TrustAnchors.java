package io.godwit.provisioning.keys;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.certificate.RevocationList;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.certificate.TrustStore;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CIs under which certificates are believed, and what they have revoked. A test CI, whose private key everybody may
 * have, is refused outside of test mode, whatever else is configured.
 */
public final class TrustAnchors {
    private final TrustStore platform;
    private final Map<TenantId, TrustStore> tenants;

    private TrustAnchors(TrustStore platform, Map<TenantId, TrustStore> tenants) {
        this.platform = platform;
        this.tenants = Map.copyOf(tenants);
    }

    /**
     * Reads the files, each of one or more pieces of PEM.
     *
     * @throws IllegalStateException when one cannot be read, is no CI's, is a list that none of the CIs beside it made, or is
     *     a test CI's outside of test mode; a service must not start then
     */
    public static TrustAnchors read(TrustSettings settings) {
        TrustStore platform = store(settings.platform(), "godwit.trust.", settings.testMode());
        Map<TenantId, TrustStore> tenants = new HashMap<>();
        settings.tenants().forEach((tenant, anchors) -> {
            TrustStore own = store(anchors, "godwit.trust.tenants.\"" + tenant + "\".", settings.testMode());
            tenants.put(tenant, withRevocations(own, platform));
        });
        return new TrustAnchors(platform, tenants);
    }

    /** What the platform knows that a tenant's CI has revoked is revoked for the tenant too. */
    private static TrustStore withRevocations(TrustStore own, TrustStore platform) {
        List<RevocationList> all = new ArrayList<>(own.revocations());
        platform.revocations().stream()
                .filter(list -> own.cis().stream().anyMatch(list::isBy))
                .forEach(all::add);
        return new TrustStore(own.cis(), all);
    }

    private static TrustStore store(TrustSettings.Anchors files, String setting, boolean testMode) {
        List<CaCertificate> cis = new ArrayList<>();
        for (Path file : files.cis()) {
            for (Octets der : pieces(file, Pem.CERTIFICATE, setting + "ci-files")) {
                cis.add(admit(der, "in " + file, setting + "ci-files", testMode));
            }
        }
        List<RevocationList> revocations = new ArrayList<>();
        for (Path file : files.revocations()) {
            for (Octets der : pieces(file, Pem.REVOCATION_LIST, setting + "crl-files")) {
                if (!(RevocationList.decode(der) instanceof Parsed.Read<RevocationList> read)) {
                    throw new IllegalStateException("the list of revoked certificates in " + file
                            + " is not a whole X.509 list signed on P-256: correct " + setting + "crl-files");
                }
                revocations.add(read.value());
            }
        }
        try {
            return new TrustStore(cis, revocations);
        } catch (IllegalArgumentException byNobody) {
            throw new IllegalStateException(byNobody.getMessage() + ": correct " + setting + "crl-files", byNobody);
        }
    }

    private static List<Octets> pieces(Path file, String label, String setting) {
        try {
            List<Octets> found = Pem.all(Files.readString(file), label);
            if (found.isEmpty()) {
                throw new IllegalStateException(
                        "the trust anchor file " + file + " holds no PEM " + label + ": correct " + setting);
            }
            return found;
        } catch (IOException e) {
            throw new IllegalStateException("the trust anchor file " + file + " cannot be read: correct " + setting, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the trust anchor file " + file + " is not PEM: correct " + setting, e);
        }
    }

    private static CaCertificate admit(Octets der, String where, String setting, boolean testMode) {
        CaCertificate ci = CaCertificate.decode(der)
                .toOptional()
                .filter(CaCertificate::signsCertificates)
                .orElseThrow(() -> new IllegalStateException("the certificate " + where
                        + " is not that of a CI: X.509 on P-256 that may sign certificates. Correct " + setting));
        if (TestCis.includes(ci) && !testMode) {
            throw new IllegalStateException("the CI " + ci.subject() + " " + where
                    + " is a test CI, whose private key others have: whoever trusts it trusts everybody. Take it out of"
                    + " " + setting + ", or set godwit.trust.test-mode=true where there are no real cards");
        }
        return ci;
    }

    /** These, and for the platform a test CI that this service has made. */
    TrustAnchors plus(Octets testCi, boolean testMode) {
        List<CaCertificate> all = new ArrayList<>(platform.cis());
        all.add(admit(testCi, "in the table signing_key", "godwit.trust.ci-files", testMode));
        return new TrustAnchors(new TrustStore(all, platform.revocations()), tenants);
    }

    /** Whom to believe about that tenant's cards. */
    public TrustStore of(TenantId tenant) {
        return tenants.getOrDefault(tenant, platform);
    }

    /** Whom to believe about the platform's own certificates. */
    public TrustStore ofPlatform() {
        return platform;
    }
}
