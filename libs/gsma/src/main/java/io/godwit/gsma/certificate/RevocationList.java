package io.godwit.gsma.certificate;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.CertificateList;

/**
 * What a CI has taken back: an X.509 list of revoked certificates (RFC 5280 section 5), signed with ECDSA and SHA-256. It
 * must be whole: a list of changes, or of one kind of certificates, is a bad value.
 *
 * @param der as it was read
 * @param issuer name of the CI, as a text
 * @param authorityKeyId subject key identifier of the CI, which every list must name (RFC 5280 section 5.2.1)
 * @param thisUpdate when it was made
 * @param nextUpdate when a newer one is promised; empty when none is. What is revoked stays so after it
 * @param revoked serial numbers, without leading zeros
 */
public record RevocationList(
        Octets der,
        String issuer,
        Octets authorityKeyId,
        Instant thisUpdate,
        Optional<Instant> nextUpdate,
        Set<Octets> revoked,
        CaCertificate.Signed signed) {

    public RevocationList {
        requireNonNull(der, "der is null");
        requireNonNull(issuer, "issuer is null");
        requireNonNull(authorityKeyId, "authorityKeyId is null");
        requireNonNull(thisUpdate, "thisUpdate is null");
        requireNonNull(nextUpdate, "nextUpdate is null");
        revoked = Set.copyOf(revoked);
        requireNonNull(signed, "signed is null");
    }

    /** Reads one DER list. */
    public static Parsed<RevocationList> decode(Octets der) {
        try {
            CertificateList list = CertificateList.getInstance(ASN1Primitive.fromByteArray(der.toBytes()));
            if (list == null || !Octets.of(list.getEncoded(ASN1Encoding.DER)).equals(der)) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
            return Parsed.read(RevocationReading.of(der, list));
        } catch (IOException | RuntimeException notSuchAList) {
            // The ASN.1 library has no one exception for what is not what it should be.
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
    }

    /** Whether {@code authority} made it. */
    public boolean isBy(CaCertificate authority) {
        return issuer.equals(authority.subject())
                && authorityKeyId.equals(authority.subjectKeyId())
                && authority.publicKey().verifies(signed.toBeSigned(), signed.signature());
    }

    /** Whether the certificate with {@code serial}, an unsigned number of any length, is revoked. */
    public boolean revokes(Octets serial) {
        return revoked.contains(withoutLeadingZeros(serial));
    }

    static Octets withoutLeadingZeros(Octets number) {
        int at = 0;
        while (at < number.length() - 1 && number.at(at) == 0) {
            at++;
        }
        return number.from(at);
    }
}
