package io.godwit.gsma.certificate;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.ecdsa.DerSignature;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.EcdsaSigner;
import io.godwit.protocol.Octets;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Issues X.509 certificates (RFC 5280) with keys on P-256, signed with ECDSA and SHA-256.
 *
 * @param name the issuer's
 * @param signer the issuer's key
 */
public record X509Issuer(X500Name name, EcdsaSigner signer) {
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    /**
     * An extension that only the certificate at hand has.
     *
     * @param value its ASN.1
     */
    public record Special(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    /**
     * When a certificate holds.
     *
     * @param serial 1 to 20 octets, unique for the issuer
     */
    public record Terms(Octets serial, Instant notBefore, Instant notAfter) {}

    public X509Issuer {
        requireNonNull(name, "name is null");
        requireNonNull(signer, "signer is null");
    }

    /** The issuer's own certificate: a root. */
    public CaCertificate root(Terms terms) {
        return authority(name, signer.publicKey(), terms, 1);
    }

    /**
     * The certificate of an authority.
     *
     * @param pathLength how many authorities may stand between it and an end's certificate
     */
    public CaCertificate authority(X500Name subject, EcPublicKey key, Terms terms, int pathLength) {
        Octets der = issue(
                subject,
                key,
                terms,
                List.of(
                        new Special(Extension.basicConstraints, true, new BasicConstraints(pathLength)),
                        new Special(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))));
        return CaCertificate.decode(der).toOptional().orElseThrow();
    }

    /** A certificate in DER, with the key identifiers of subject and issuer and {@code specials}. */
    public Octets issue(X500Name subject, EcPublicKey key, Terms terms, List<Special> specials) {
        V3TBSCertificateGenerator inner = new V3TBSCertificateGenerator();
        inner.setSerialNumber(
                new ASN1Integer(new java.math.BigInteger(1, terms.serial().toBytes())));
        inner.setIssuer(name);
        inner.setSubject(subject);
        inner.setStartDate(new Time(Date.from(terms.notBefore())));
        inner.setEndDate(new Time(Date.from(terms.notAfter())));
        inner.setSignature(ECDSA);
        inner.setSubjectPublicKeyInfo(publicKeyInfo(key));
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(key)));
            extensions.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(signer.publicKey())));
            for (Special special : specials) {
                extensions.addExtension(special.id(), special.critical(), special.value());
            }
            inner.setExtensions(extensions.generate());
            return sign(inner.generateTBSCertificate());
        } catch (IOException e) {
            throw new IllegalStateException("a certificate that cannot be written as DER", e);
        }
    }

    /**
     * A list of all certificates that the issuer has taken back.
     *
     * @param serials of these, 1 to 20 octets each
     * @param nextUpdate when a newer list comes
     */
    public RevocationList revoke(List<Octets> serials, Instant thisUpdate, Instant nextUpdate) {
        V2TBSCertListGenerator inner = new V2TBSCertListGenerator();
        inner.setSignature(ECDSA);
        inner.setIssuer(name);
        inner.setThisUpdate(new Time(Date.from(thisUpdate)));
        inner.setNextUpdate(new Time(Date.from(nextUpdate)));
        for (Octets serial : serials) {
            inner.addCRLEntry(
                    new ASN1Integer(new java.math.BigInteger(1, serial.toBytes())),
                    new Time(Date.from(thisUpdate)),
                    CRLReason.unspecified);
        }
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(signer.publicKey())));
            inner.setExtensions(extensions.generate());
            Octets der = sign(inner.generateTBSCertList());
            return RevocationList.decode(der).toOptional().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("a list that cannot be written as DER", e);
        }
    }

    private Octets sign(ASN1Object inner) throws IOException {
        Octets signature = signer.sign(Octets.of(inner.getEncoded(ASN1Encoding.DER)));
        ASN1EncodableVector whole = new ASN1EncodableVector();
        whole.add(inner);
        whole.add(ECDSA);
        whole.add(new DERBitString(DerSignature.ofPlain(signature).toBytes()));
        return Octets.of(new DERSequence(whole).getEncoded(ASN1Encoding.DER));
    }

    private static byte[] keyId(EcPublicKey key) {
        return TestCis.keyId(key.point()).toBytes();
    }

    private static SubjectPublicKeyInfo publicKeyInfo(EcPublicKey key) {
        AlgorithmIdentifier onP256 =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        return new SubjectPublicKeyInfo(onP256, key.point().toBytes());
    }
}
