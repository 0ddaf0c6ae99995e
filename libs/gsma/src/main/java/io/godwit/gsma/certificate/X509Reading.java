package io.godwit.gsma.certificate;

import io.godwit.gsma.ecdsa.DerSignature;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Takes from an X.509 certificate what {@link CaCertificate} keeps; throws for anything that we would not accept. */
final class X509Reading {
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.nameConstraints,
            Extension.certificatePolicies,
            Extension.subjectAlternativeName);

    private X509Reading() {}

    static CaCertificate of(Octets der, Certificate certificate) throws IOException {
        require(certificate.getSignatureAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256));
        require(certificate.getTBSCertificate().getSignature().equals(certificate.getSignatureAlgorithm()));
        Extensions extensions = certificate.getTBSCertificate().getExtensions();
        require(extensions != null);
        require(UNDERSTOOD.containsAll(Arrays.asList(extensions.getCriticalExtensionOIDs())));
        Octets signature = Octets.of(certificate.getSignature().getOctets());
        return new CaCertificate(
                der,
                RevocationList.withoutLeadingZeros(
                        Octets.of(certificate.getSerialNumber().getValue().toByteArray())),
                certificate.getSubject().toString(),
                certificate.getIssuer().toString(),
                publicKey(certificate.getSubjectPublicKeyInfo()),
                Octets.of(SubjectKeyIdentifier.fromExtensions(extensions).getKeyIdentifier()),
                Optional.ofNullable(AuthorityKeyIdentifier.fromExtensions(extensions))
                        .map(AuthorityKeyIdentifier::getKeyIdentifierOctets)
                        .map(Octets::of),
                certificate.getStartDate().getDate().toInstant(),
                certificate.getEndDate().getDate().toInstant(),
                signsCertificates(extensions),
                hasTestUnit(certificate.getSubject()) || hasTestUnit(certificate.getIssuer()),
                eidPrefix(extensions),
                new CaCertificate.Signed(
                        Octets.of(certificate.getTBSCertificate().getEncoded(ASN1Encoding.DER)),
                        DerSignature.toPlain(signature)));
    }

    private static EcPublicKey publicKey(SubjectPublicKeyInfo info) {
        require(info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey));
        require(SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters()));
        return new EcPublicKey(Octets.of(info.getPublicKeyData().getOctets()));
    }

    private static boolean signsCertificates(Extensions extensions) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        KeyUsage usage = KeyUsage.fromExtensions(extensions);
        return constraints != null && constraints.isCA() && (usage == null || usage.hasUsages(KeyUsage.keyCertSign));
    }

    /** The public test CIs of SGP.26 and every one that ./godwit pki makes carry it. */
    private static boolean hasTestUnit(X500Name name) {
        return Arrays.stream(name.getRDNs(BCStyle.OU))
                .map(RDN::getFirst)
                .anyMatch(unit -> unit.getValue().toString().strip().equalsIgnoreCase(TestCis.UNIT));
    }

    /** An EUM is held to its own cards by a permitted directory name with a serial number, the start of their EIDs. */
    private static Optional<String> eidPrefix(Extensions extensions) {
        NameConstraints constraints =
                NameConstraints.getInstance(Extensions.getExtensionParsedValue(extensions, Extension.nameConstraints));
        if (constraints == null) {
            return Optional.empty();
        }
        GeneralSubtree[] permitted = constraints.getPermittedSubtrees();
        require(constraints.getExcludedSubtrees() == null && permitted != null && permitted.length == 1);
        require(permitted[0].getBase().getTagNo() == GeneralName.directoryName);
        RDN[] serials = X500Name.getInstance(permitted[0].getBase().getName()).getRDNs(BCStyle.SERIALNUMBER);
        require(serials.length == 1);
        return Optional.of(serials[0].getFirst().getValue().toString());
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException("not a certificate of a CI or EUM on P-256");
        }
    }
}
