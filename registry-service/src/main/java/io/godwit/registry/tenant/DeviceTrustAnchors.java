package io.godwit.registry.tenant;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.Problem.FieldError;
import io.godwit.kit.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The authorities that may name a tenant's devices by certificate.
 *
 * @param certificates one certificate of an authority each, PEM (RFC 7468); none: devices log in with their secrets only
 */
@Schema(name = "DeviceTrustAnchors")
public record DeviceTrustAnchors(@Nullable List<String> certificates) {
    /** A certificate request of TLS names them all to each device. */
    private static final int MOST = 16;

    private static final int KEY_CERT_SIGN = 5;

    /**
     * The certificates, each written in one way, so that equal ones are equal.
     *
     * @throws ProblemException 422 with what is wrong with each
     */
    List<String> checked(Instant now) {
        List<String> given = certificates;
        if (given == null) {
            throw new ProblemException(
                    Problem.invalid("certificates", "a list of certificates (PEM) is required; an empty one removes all"));
        }
        if (given.size() > MOST) {
            throw new ProblemException(Problem.invalid("certificates", "use at most " + MOST + " certificates"));
        }
        List<FieldError> errors = new ArrayList<>();
        Set<String> anchors = new LinkedHashSet<>();
        for (int i = 0; i < given.size(); i++) {
            String field = "certificates[" + i + "]";
            Optional<X509Certificate> certificate = read(given.get(i));
            fault(certificate, now).ifPresent(remedy -> errors.add(new FieldError(field, remedy)));
            certificate.ifPresent(one -> anchors.add(pem(one)));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
        return List.copyOf(anchors);
    }

    private static Optional<X509Certificate> read(@Nullable String pem) {
        if (pem == null) {
            return Optional.empty();
        }
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            return all.size() == 1 && all.iterator().next() instanceof X509Certificate one
                    ? Optional.of(one)
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> fault(Optional<X509Certificate> certificate, Instant now) {
        if (certificate.isEmpty()) {
            return Optional.of("give one X.509 certificate in PEM (-----BEGIN CERTIFICATE-----)");
        }
        X509Certificate one = certificate.get();
        boolean[] usage = one.getKeyUsage();
        if (one.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
            return Optional.of("give the certificate of an authority (basic constraint CA, key usage keyCertSign), not of a"
                    + " device");
        }
        return one.getNotAfter().toInstant().isBefore(now)
                ? Optional.of("give a certificate that is valid; this one has expired")
                : Optional.empty();
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read has no encoding", e);
        }
    }
}
