package io.godwit.gsma.certificate;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The X.509 certificate of who issues others: a CI or an EUM. Keys on P-256 and ECDSA with SHA-256 only, and no critical
 * extension that we do not understand.
 *
 * @param der as it was read
 * @param serial serial number, an unsigned number without leading zeros
 * @param subject and {@code issuer}: names as texts, in the order in which they are encoded
 * @param subjectKeyId what certificates that it issues name as their authority
 * @param authorityKeyId what it names as its own
 * @param testCi whether subject or issuer has the unit {@value TestCis#UNIT}
 * @param signsCertificates whether it is a CA whose key may sign certificates
 * @param eidPrefix digits that every card of this EUM's begins with; empty when it may certify any
 */
public record CaCertificate(
        Octets der,
        Octets serial,
        String subject,
        String issuer,
        EcPublicKey publicKey,
        Octets subjectKeyId,
        Optional<Octets> authorityKeyId,
        Instant notBefore,
        Instant notAfter,
        boolean signsCertificates,
        boolean testCi,
        Optional<String> eidPrefix,
        Signed signed) {

    /**
     * What the issuer signed.
     *
     * @param toBeSigned the DER of the inner certificate
     * @param signature r and s, 64 octets
     */
    record Signed(Octets toBeSigned, Octets signature) {}

    /** Reads one DER certificate; anything but an authority's on P-256 is a bad value. */
    public static Parsed<CaCertificate> decode(Octets der) {
        try {
            Certificate certificate = Certificate.getInstance(ASN1Primitive.fromByteArray(der.toBytes()));
            if (certificate == null
                    || !Octets.of(certificate.getEncoded(ASN1Encoding.DER)).equals(der)) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
            return Parsed.read(X509Reading.of(der, certificate));
        } catch (IOException | RuntimeException notSuchACertificate) {
            // The ASN.1 library has no one exception for what is not what it should be.
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
    }

    /** Whether this EUM may certify that card. */
    public boolean mayCertify(Eid eid) {
        return eidPrefix.map(eid.digits()::startsWith).orElse(true);
    }

    /** Why {@code authority} did not issue this at {@code at}; empty when it did. A CI is its own authority. */
    public Optional<CertificateRefusal> refusal(CaCertificate authority, Instant at) {
        if (!signsCertificates || !authority.signsCertificates) {
            return Optional.of(CertificateRefusal.NOT_AN_AUTHORITY);
        }
        if (!issuer.equals(authority.subject)) {
            return Optional.of(CertificateRefusal.WRONG_ISSUER);
        }
        if (authorityKeyId.filter(id -> !id.equals(authority.subjectKeyId)).isPresent()) {
            return Optional.of(CertificateRefusal.WRONG_AUTHORITY);
        }
        if (at.isBefore(notBefore)) {
            return Optional.of(CertificateRefusal.NOT_YET_VALID);
        }
        if (at.isAfter(notAfter)) {
            return Optional.of(CertificateRefusal.EXPIRED);
        }
        return authority.publicKey.verifies(signed.toBeSigned(), signed.signature())
                ? Optional.empty()
                : Optional.of(CertificateRefusal.BAD_SIGNATURE);
    }

    /**
     * Whether the CI with that key has issued this authority's certificate: all that a card can ask, which has no clock.
     *
     * @param ciKeyId the CI's subject key identifier
     */
    public boolean isIssuedBy(Octets ciKeyId, EcPublicKey ciKey) {
        return signsCertificates
                && authorityKeyId.equals(Optional.of(ciKeyId))
                && ciKey.verifies(signed.toBeSigned(), signed.signature());
    }
}
