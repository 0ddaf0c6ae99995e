package io.godwit.gsma.certificate;

import static io.godwit.gsma.certificate.CertificateRefusal.BAD_SIGNATURE;
import static io.godwit.gsma.certificate.CertificateRefusal.EXPIRED;
import static io.godwit.gsma.certificate.CertificateRefusal.NOT_AN_AUTHORITY;
import static io.godwit.gsma.certificate.CertificateRefusal.NOT_YET_VALID;
import static io.godwit.gsma.certificate.CertificateRefusal.NO_TRUSTED_ISSUER;
import static io.godwit.gsma.certificate.CertificateRefusal.WRONG_AUTHORITY;
import static io.godwit.gsma.certificate.CertificateRefusal.WRONG_ISSUER;
import static io.godwit.gsma.certificate.CertificateRefusal.WRONG_ROLE;
import static io.godwit.gsma.certificate.CertificateRefusal.WRONG_SUBJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

class CertificateChainTest {
    private final TestPki pki = new TestPki();
    private final TrustStore trusted = TrustStore.of(List.of(pki.ci));

    @Test
    void theFourChainsHold() {
        for (CertificateRole role : List.of(CertificateRole.SM_SR, CertificateRole.SM_DP)) {
            assertEquals(Optional.empty(), manager(pki.certificate(role), role, TestPki.NOW));
        }
        for (CertificateRole role : List.of(CertificateRole.EXTENSION, CertificateRole.ECASD)) {
            assertEquals(Optional.empty(), card(pki.certificate(role), role, TestPki.EID, pki.eum, TestPki.NOW));
        }
    }

    @Test
    void anSmSrIsRefusedWithItsReason() {
        GpCertificate sr = pki.certificate(CertificateRole.SM_SR);
        CertificateRole role = CertificateRole.SM_SR;
        assertEquals(
                "CERT.SR is not issued under any of the trusted CIs",
                CertificateChain.ofSubscriptionManager(sr, role, TrustStore.none(), TestPki.NOW)
                        .orElseThrow()
                        .sentence());
        refused(WRONG_ROLE, manager(sr, CertificateRole.SM_DP, TestPki.NOW));
        refused(BAD_SIGNATURE, manager(pki.body(role).sign(pki.endKey), role, TestPki.NOW));
        CertificateBody byAnother = TestPki.body(role, Octets.utf8("SR"), pki.eum, pki.endKey.publicKey());
        refused(NO_TRUSTED_ISSUER, manager(byAnother.sign(pki.eumKey), role, TestPki.NOW));
        refused(NOT_YET_VALID, manager(sr, role, Instant.parse("2025-01-01T00:00:00Z")));
        refused(EXPIRED, manager(sr, role, Instant.parse("2036-01-01T00:00:01Z")));
    }

    @Test
    void aCardIsRefusedWithItsReason() {
        GpCertificate extension = pki.certificate(CertificateRole.EXTENSION);
        CertificateRole role = CertificateRole.EXTENSION;
        Eid another = new Eid("89882119900000000000000000001654");
        refused(WRONG_SUBJECT, card(extension, role, another, pki.eum, TestPki.NOW));
        refused(WRONG_ROLE, card(extension, CertificateRole.ECASD, TestPki.EID, pki.eum, TestPki.NOW));
        refused(BAD_SIGNATURE, card(pki.body(role).sign(pki.endKey), role, TestPki.EID, pki.eum, TestPki.NOW));
        refused(
                NO_TRUSTED_ISSUER,
                card(extension, role, TestPki.EID, eumOf(pki.endKey, "CN=CI,O=Godwit"), TestPki.NOW));
        CertificateBody byCi = TestPki.body(role, TestPki.EID.toOctets(), pki.ci, pki.endKey.publicKey());
        refused(WRONG_AUTHORITY, card(byCi.sign(pki.ciKey), role, TestPki.EID, pki.eum, TestPki.NOW));
    }

    @Test
    void anEumIsRefusedWithItsReason() {
        refused(NO_TRUSTED_ISSUER, CertificateChain.ofEum(pki.eum, TrustStore.none(), TestPki.NOW));
        refused(WRONG_ISSUER, CertificateChain.ofEum(eumOf(pki.ciKey, "CN=Another"), trusted, TestPki.NOW));
        refused(EXPIRED, CertificateChain.ofEum(pki.eum, trusted, Instant.parse("2036-01-01T00:00:01Z")));
        refused(NOT_YET_VALID, CertificateChain.ofEum(pki.eum, trusted, Instant.parse("2025-01-01T00:00:01Z")));
        CaCertificate noAuthority =
                issued(new X509Issuer.Special(Extension.basicConstraints, true, new BasicConstraints(false)));
        refused(NOT_AN_AUTHORITY, CertificateChain.ofEum(noAuthority, trusted, TestPki.NOW));
        CaCertificate forSignaturesOnly = issued(
                new X509Issuer.Special(Extension.basicConstraints, true, new BasicConstraints(0)),
                new X509Issuer.Special(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
        refused(NOT_AN_AUTHORITY, CertificateChain.ofEum(forSignaturesOnly, trusted, TestPki.NOW));
        byte[] damaged = pki.eum.der().toBytes();
        damaged[damaged.length - 1] ^= 1;
        CaCertificate changed =
                CaCertificate.decode(Octets.of(damaged)).toOptional().orElseThrow();
        refused(BAD_SIGNATURE, CertificateChain.ofEum(changed, trusted, TestPki.NOW));
    }

    @Test
    void anEumIsHeldToTheEidsThatItsCertificateNames() {
        GpCertificate card = pki.certificate(CertificateRole.EXTENSION);
        for (String prefix : List.of("89049032", "89033024")) {
            CaCertificate eum = issued(
                    new X509Issuer.Special(Extension.basicConstraints, true, new BasicConstraints(0)),
                    new X509Issuer.Special(Extension.nameConstraints, true, permitted(prefix)));
            assertEquals(Optional.of(prefix), eum.eidPrefix());
            Optional<ChainRefusal> refusal = card(card, CertificateRole.EXTENSION, TestPki.EID, eum, TestPki.NOW);
            assertEquals(
                    prefix.equals("89049032") ? Optional.empty() : Optional.of(WRONG_SUBJECT),
                    refusal.map(ChainRefusal::reason));
        }
    }

    private static NameConstraints permitted(String prefix) {
        X500Name name = new X500Name("O=Cards,SERIALNUMBER=" + prefix);
        return new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(new GeneralName(name))}, null);
    }

    @Test
    void aCriticalExtensionThatWeDoNotKnowIsNoCertificateForUs() {
        Octets der = pki.ciIssuer.issue(
                new X500Name("CN=EUM"),
                pki.eumKey.publicKey(),
                TestPki.TERMS,
                List.of(
                        new X509Issuer.Special(Extension.basicConstraints, true, new BasicConstraints(0)),
                        new X509Issuer.Special(Extension.inhibitAnyPolicy, true, new DERSequence())));
        assertTrue(CaCertificate.decode(der).toOptional().isEmpty());
    }

    @Test
    void testCisAreKnownByKeyByIdentifierAndByUnit() {
        assertFalse(TestCis.includes(pki.ci));
        assertTrue(TestCis.includes(new X509Issuer(new X500Name("CN=CI,OU=TESTCERT"), pki.ciKey).root(TestPki.TERMS)));
        assertTrue(TestCis.includes(new X509Issuer(new X500Name("OU=testcert ,CN=CI"), pki.ciKey).root(TestPki.TERMS)));
        assertTrue(TestCis.includes(TestCis.issuer(pki.ciKey).root(TestPki.TERMS)));
        EcPublicKey published = new EcPublicKey(Vectors.load("certificates.txt").get("SGP26"));
        assertTrue(TestCis.includes(
                pki.ciIssuer.authority(new X500Name("CN=Quite another name"), published, TestPki.TERMS, 1)));
        for (String id :
                List.of("f54172bdf98a95d65cbeb88a38a1c11d800a85c3", "c0bc70ba36929d43b467ff57570530e57ab8fcd8")) {
            assertTrue(TestCis.includes(withKeyId(Octets.fromHex(id))));
        }
        assertFalse(TestCis.includes(withKeyId(Octets.ofInts(1, 2, 3))));
    }

    private CaCertificate withKeyId(Octets id) {
        CaCertificate ci = pki.ci;
        return new CaCertificate(
                ci.der(),
                ci.serial(),
                ci.subject(),
                ci.issuer(),
                ci.publicKey(),
                id,
                ci.authorityKeyId(),
                ci.notBefore(),
                ci.notAfter(),
                ci.signsCertificates(),
                ci.testCi(),
                ci.eidPrefix(),
                ci.signed());
    }

    @Test
    void pemIsReadAsItIsWritten() {
        String both = new Pem(Pem.CERTIFICATE, pki.ci.der()).encode()
                + "a word between\n"
                + new Pem(Pem.CERTIFICATE, pki.eum.der()).encode();
        assertEquals(List.of(pki.ci.der(), pki.eum.der()), Pem.all(both, Pem.CERTIFICATE));
        assertEquals(List.of(), Pem.all(both, Pem.PRIVATE_KEY));
        assertEquals(List.of(pki.ci.der(), pki.eum.der()), Pem.all(both.replace("\n", "\r\n"), Pem.CERTIFICATE));
    }

    private CaCertificate eumOf(io.godwit.gsma.ecdsa.EcKeyPair issuer, String issuerName) {
        return new X509Issuer(new X500Name(issuerName), issuer)
                .authority(new X500Name("CN=EUM,O=Cards"), pki.eumKey.publicKey(), TestPki.TERMS, 0);
    }

    private CaCertificate issued(X509Issuer.Special... specials) {
        Octets der = pki.ciIssuer.issue(
                new X500Name("CN=EUM,O=Cards"), pki.eumKey.publicKey(), TestPki.TERMS, List.of(specials));
        return CaCertificate.decode(der).toOptional().orElseThrow();
    }

    private static void refused(CertificateRefusal expected, Optional<ChainRefusal> refusal) {
        assertEquals(Optional.of(expected), refusal.map(ChainRefusal::reason));
    }

    private Optional<ChainRefusal> manager(GpCertificate certificate, CertificateRole role, Instant at) {
        return CertificateChain.ofSubscriptionManager(certificate, role, trusted, at);
    }

    private Optional<ChainRefusal> card(
            GpCertificate certificate, CertificateRole role, Eid eid, CaCertificate eum, Instant at) {
        return CertificateChain.ofCard(certificate, role, eid, eum, trusted, at);
    }
}
