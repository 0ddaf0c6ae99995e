package io.godwit.gsma.certificate;

import io.godwit.gsma.ecdsa.DerSignature;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Takes from an X.509 list what {@link RevocationList} keeps; throws for anything that we would not accept. */
final class RevocationReading {
    private RevocationReading() {}

    static RevocationList of(Octets der, CertificateList list) throws IOException {
        require(list.getSignatureAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256));
        require(list.getTBSCertList().getSignature().equals(list.getSignatureAlgorithm()));
        Optional<Extensions> extensions =
                Optional.ofNullable(list.getTBSCertList().getExtensions());
        requireNothingCritical(extensions);
        // Critical by their standard; a list that says so otherwise is no more whole for it.
        require(extensions
                .filter(found -> found.getExtension(Extension.deltaCRLIndicator) != null
                        || found.getExtension(Extension.issuingDistributionPoint) != null)
                .isEmpty());
        Set<Octets> revoked = new HashSet<>();
        for (TBSCertList.CRLEntry entry : list.getRevokedCertificates()) {
            requireNothingCritical(Optional.ofNullable(entry.getExtensions()));
            revoked.add(RevocationList.withoutLeadingZeros(
                    Octets.of(entry.getUserCertificate().getValue().toByteArray())));
        }
        return new RevocationList(
                der,
                list.getIssuer().toString(),
                authorityKeyId(extensions.orElseThrow()),
                list.getThisUpdate().getDate().toInstant(),
                Optional.ofNullable(list.getNextUpdate())
                        .map(time -> time.getDate().toInstant()),
                revoked,
                new CaCertificate.Signed(
                        Octets.of(list.getTBSCertList().getEncoded(ASN1Encoding.DER)),
                        DerSignature.toPlain(Octets.of(list.getSignature().getOctets()))));
    }

    private static Octets authorityKeyId(Extensions extensions) {
        return Octets.of(AuthorityKeyIdentifier.fromExtensions(extensions).getKeyIdentifierOctets());
    }

    /** What says that a list is not whole, or not by its signer, is critical; we understand none of it. */
    private static void requireNothingCritical(Optional<Extensions> extensions) {
        require(extensions
                .map(found -> Arrays.asList(found.getCriticalExtensionOIDs()).isEmpty())
                .orElse(true));
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException("not a whole list of revoked certificates, signed on P-256");
        }
    }
}
