package io.godwit.broker.identity;

import io.godwit.protocol.Octets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authorities that may name a tenant's devices. A chain is checked as RFC 5280 section 6 says, without revocation lists:
 * a device is taken out of service by its fleet record.
 */
public final class TrustAnchors {
    /** For a tenant whose devices have no certificates. */
    public static final TrustAnchors NONE = new TrustAnchors(Map.of(), 0);

    private static final int DIGITAL_SIGNATURE = 0;
    private static final Set<String> CLIENT_AUTHENTICATION = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private final Map<Octets, X509Certificate> byFingerprint;
    private final int unreadable;

    private TrustAnchors(Map<Octets, X509Certificate> byFingerprint, int unreadable) {
        this.byFingerprint = byFingerprint;
        this.unreadable = unreadable;
    }

    /** @param pems one certificate each (RFC 7468); what is none of an authority is left out and counted */
    public static TrustAnchors of(List<String> pems) {
        Map<Octets, X509Certificate> anchors = new LinkedHashMap<>();
        int unreadable = 0;
        for (String pem : pems) {
            Optional<X509Certificate> authority = authority(pem);
            authority.ifPresent(certificate -> anchors.put(fingerprint(certificate), certificate));
            unreadable += authority.isPresent() ? 0 : 1;
        }
        return new TrustAnchors(anchors, unreadable);
    }

    /** How many were no certificates of an authority. */
    public int unreadable() {
        return unreadable;
    }

    /** Whether the anchor of that SHA-256 is among them. */
    public boolean has(Octets fingerprint) {
        return byFingerprint.containsKey(fingerprint);
    }

    public Collection<X509Certificate> certificates() {
        return List.copyOf(byFingerprint.values());
    }

    /**
     * The anchor that a device's certificate rests on, by its SHA-256; empty when it rests on none of these, or is not one
     * that a device may show.
     *
     * @param chain the device's own first, then who signed the one before; the anchor itself may be last
     */
    public Optional<Octets> verify(List<X509Certificate> chain, Instant now) {
        List<X509Certificate> path = chain.stream()
                .filter(certificate -> !byFingerprint.containsKey(fingerprint(certificate)))
                .toList();
        Set<TrustAnchor> valid = byFingerprint.values().stream()
                .filter(anchor -> isValid(anchor, now))
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet());
        if (path.isEmpty() || valid.isEmpty() || !path.get(0).equals(chain.get(0)) || !isOfAClient(path.get(0))) {
            return Optional.empty();
        }
        try {
            PKIXParameters parameters = new PKIXParameters(valid);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPath certificates = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult)
                    CertPathValidator.getInstance("PKIX").validate(certificates, parameters);
            return Optional.of(fingerprint(result.getTrustAnchor().getTrustedCert()));
        } catch (GeneralSecurityException e) {
            // Whatever is wrong with it, it is the client's, and the answer is the same.
            return Optional.empty();
        }
    }

    private static Optional<X509Certificate> authority(String pem) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(certificate).filter(one -> one.getBasicConstraints() >= 0);
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** RFC 5280 4.2.1.3 and 4.2.1.12: what is restricted must allow a client's signature in the handshake. */
    private static boolean isOfAClient(X509Certificate certificate) {
        try {
            boolean[] usage = certificate.getKeyUsage();
            List<String> extended = certificate.getExtendedKeyUsage();
            return certificate.getBasicConstraints() < 0
                    && (usage == null || usage[DIGITAL_SIGNATURE])
                    && (extended == null || extended.stream().anyMatch(CLIENT_AUTHENTICATION::contains));
        } catch (CertificateException e) {
            return false;
        }
    }

    private static Octets fingerprint(X509Certificate certificate) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has no encoding", e);
        }
    }
}
