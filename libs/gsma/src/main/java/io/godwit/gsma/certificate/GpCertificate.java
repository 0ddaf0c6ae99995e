package io.godwit.gsma.certificate;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.Octets;
import java.time.Instant;
import java.util.Optional;

/**
 * A GlobalPlatform certificate, object 7F21: of an SM-SR, of an SM-DP, or of a key on a card.
 *
 * @param signature r and s, 64 octets
 */
public record GpCertificate(CertificateBody body, Octets signature) {
    /** @throws IllegalArgumentException when {@code signature} is not 64 octets */
    public GpCertificate {
        requireNonNull(body, "body is null");
        if (signature.length() != EcPublicKey.SIGNATURE_SIZE) {
            throw new IllegalArgumentException("signature: 64 octets expected");
        }
    }

    public Octets encode() {
        return GpCertificateCodec.encode(this);
    }

    /** Exactly one certificate and nothing after it; what is read encodes to the same octets. */
    public static Parsed<GpCertificate> decode(Octets octets) {
        return GpCertificateCodec.decode(octets);
    }

    /** As a file holds one: its octets, or their hexadecimal digits with white space between them. */
    public static Parsed<GpCertificate> decodeFile(Octets content) {
        String digits = content.toUtf8().replaceAll("\\s", "");
        boolean hexadecimal = digits.length() % 2 == 0 && digits.matches("[0-9A-Fa-f]+");
        return decode(hexadecimal ? Octets.fromHex(digits) : content);
    }

    public EcPublicKey publicKey() {
        return body.publicKey();
    }

    /**
     * Whether this is a certificate of {@code role} by the CI with that key: all that a card can ask, which has no clock.
     *
     * @param authorityKeyId the CI's subject key identifier
     */
    public boolean isIssuedFor(CertificateRole role, Octets authorityKeyId, EcPublicKey authority) {
        return body.role().equals(Optional.of(role))
                && body.usage().equals(role.usage())
                && body.authorityKeyId().equals(authorityKeyId)
                && isSignedBy(authority);
    }

    private boolean isSignedBy(EcPublicKey authority) {
        return authority.verifies(GpCertificateCodec.encode(body), signature);
    }

    /**
     * Why this is not a certificate of {@code role} by {@code issuer} at {@code at}; empty when it is. What costs least is
     * asked first.
     */
    public Optional<CertificateRefusal> refusal(CertificateRole role, CaCertificate issuer, Instant at) {
        if (!body.role().equals(Optional.of(role))) {
            return Optional.of(CertificateRefusal.WRONG_ROLE);
        }
        if (!body.usage().equals(role.usage())) {
            return Optional.of(CertificateRefusal.WRONG_USAGE);
        }
        if (!body.authorityKeyId().equals(issuer.subjectKeyId())) {
            return Optional.of(CertificateRefusal.WRONG_AUTHORITY);
        }
        if (body.start().filter(at::isBefore).isPresent()) {
            return Optional.of(CertificateRefusal.NOT_YET_VALID);
        }
        if (!at.isBefore(body.end())) {
            return Optional.of(CertificateRefusal.EXPIRED);
        }
        return isSignedBy(issuer.publicKey()) ? Optional.empty() : Optional.of(CertificateRefusal.BAD_SIGNATURE);
    }
}
