package io.godwit.provisioning.keys;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The CIs under which certificates are believed. A test CI, whose private key everybody may have, is refused outside of
 * test mode, whatever else is configured.
 */
public final class TrustAnchors {
    private final List<CaCertificate> cis;

    private TrustAnchors(List<CaCertificate> cis) {
        this.cis = List.copyOf(cis);
    }

    /**
     * Reads PEM files, each of one or more certificates.
     *
     * @throws IllegalStateException when one cannot be read, is no CI's, or is a test CI's outside of test mode; a service
     *     must not start then
     */
    public static TrustAnchors read(List<Path> files, boolean testMode) {
        List<CaCertificate> cis = new ArrayList<>();
        for (Path file : files) {
            for (Octets der : certificates(file)) {
                cis.add(admit(der, "in " + file, testMode));
            }
        }
        return new TrustAnchors(cis);
    }

    private static List<Octets> certificates(Path file) {
        try {
            List<Octets> found = Pem.all(Files.readString(file), Pem.CERTIFICATE);
            if (found.isEmpty()) {
                throw new IllegalStateException(
                        "the trust anchor file " + file + " holds no PEM certificate: correct godwit.trust.ci-files");
            }
            return found;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the trust anchor file " + file + " cannot be read: correct godwit.trust.ci-files", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the trust anchor file " + file + " is not PEM", e);
        }
    }

    private static CaCertificate admit(Octets der, String where, boolean testMode) {
        CaCertificate ci = CaCertificate.decode(der)
                .toOptional()
                .filter(CaCertificate::signsCertificates)
                .orElseThrow(() -> new IllegalStateException("the certificate " + where
                        + " is not that of a CI: X.509 on P-256 that may sign certificates"));
        if (TestCis.includes(ci) && !testMode) {
            throw new IllegalStateException("the CI " + ci.subject() + " " + where
                    + " is a test CI, whose private key others have: whoever trusts it trusts everybody. Take it out of"
                    + " godwit.trust.ci-files, or set godwit.trust.test-mode=true where there are no real cards");
        }
        return ci;
    }

    /** These, and a test CI that this service has made. */
    TrustAnchors plus(Octets testCi, boolean testMode) {
        List<CaCertificate> all = new ArrayList<>(cis);
        all.add(admit(testCi, "in the table signing_key", testMode));
        return new TrustAnchors(all);
    }

    /** The CIs for what concerns that tenant; today all tenants have the same. */
    public List<CaCertificate> of(TenantId tenant) {
        return cis;
    }

    /** The CIs under which the platform's own certificates stand. */
    public List<CaCertificate> ofPlatform() {
        return cis;
    }
}
