package io.godwit.gsma.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.testing.Mutator;
import io.godwit.protocol.Octets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

class RevocationListTest {
    private static final Instant NEXT = TestPki.NOW.plus(Duration.ofDays(7));

    private final TestPki pki = new TestPki();

    @Test
    void whatTheCiRevokedIsRefused() {
        TrustStore nothing = revoking(Octets.ofInts(0x77));
        assertEquals(Optional.empty(), manager(CertificateRole.SM_DP, nothing));
        assertEquals(Optional.empty(), CertificateChain.ofEum(pki.eum, nothing, TestPki.NOW));

        // The serial number of the test certificates is 0001, and the EUM's is 01: the same number.
        TrustStore both = revoking(Octets.ofInts(0x77), Octets.ofInts(1));
        for (CertificateRole role : List.of(CertificateRole.SM_SR, CertificateRole.SM_DP)) {
            ChainRefusal refusal = manager(role, both).orElseThrow();
            assertEquals(CertificateRefusal.REVOKED, refusal.reason());
            assertEquals(role.title() + " has been revoked by its issuer", refusal.sentence());
        }
        Optional<ChainRefusal> card = CertificateChain.ofCard(
                pki.certificate(CertificateRole.ECASD), CertificateRole.ECASD, TestPki.EID, pki.eum, both, TestPki.NOW);
        assertEquals(Optional.of(new ChainRefusal("EUM certificate", CertificateRefusal.REVOKED)), card);
    }

    @Test
    void whatIsRevokedStaysSoWhenANewerListIsOverdue() {
        RevocationList list = list(Octets.ofInts(1));
        assertEquals(Optional.of(NEXT), list.nextUpdate());
        Optional<ChainRefusal> refusal = CertificateChain.ofSubscriptionManager(
                pki.certificate(CertificateRole.SM_DP),
                CertificateRole.SM_DP,
                new TrustStore(List.of(pki.ci), List.of(list)),
                NEXT.plus(Duration.ofDays(30)));
        assertEquals(Optional.of(CertificateRefusal.REVOKED), refusal.map(ChainRefusal::reason));
    }

    @Test
    void aListCountsOnlyWhenOneOfTheCisMadeIt() {
        RevocationList list = list(Octets.ofInts(1));
        EcKeyPair strange = TestPki.key(9);
        CaCertificate namesake = new X509Issuer(new X500Name("CN=CI,O=Godwit"), strange).root(TestPki.TERMS);
        assertTrue(list.isBy(pki.ci));
        assertFalse(list.isBy(namesake));
        assertFalse(list.isBy(pki.eum));
        assertThrows(IllegalArgumentException.class, () -> new TrustStore(List.of(namesake), List.of(list)));
        assertThrows(IllegalArgumentException.class, () -> new TrustStore(List.of(), List.of(list)));
    }

    @Test
    void theListOfOneCiRevokesNothingOfAnother() {
        EcKeyPair otherKey = TestPki.key(9);
        X509Issuer other = new X509Issuer(new X500Name("CN=Other,O=Godwit"), otherKey);
        RevocationList list = other.revoke(List.of(Octets.ofInts(1)), TestPki.NOW, NEXT);
        TrustStore trusted = new TrustStore(List.of(pki.ci, other.root(TestPki.TERMS)), List.of(list));
        assertEquals(Optional.empty(), manager(CertificateRole.SM_SR, trusted));
    }

    @Test
    void itsOctetsAreThoseThatEverybodyReads() throws GeneralSecurityException {
        RevocationList list = list(Octets.fromHex("00ff01"), Octets.ofInts(3));
        assertEquals(Parsed.read(list), RevocationList.decode(list.der()));
        assertEquals(Set.of(Octets.fromHex("ff01"), Octets.ofInts(3)), list.revoked());
        X509CRL read = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new java.io.ByteArrayInputStream(list.der().toBytes()));
        assertEquals(2, read.getRevokedCertificates().size());
        assertEquals("O=Godwit,CN=CI", read.getIssuerX500Principal().getName());
    }

    @Test
    void eachChangedBitIsNoListOrNotTheCis() {
        Octets der = list(Octets.ofInts(1)).der();
        for (int bit = 0; bit < der.length() * 8; bit++) {
            byte[] changed = der.toBytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean believed = RevocationList.decode(Octets.of(changed))
                    .toOptional()
                    .filter(read -> read.isBy(pki.ci))
                    .isPresent();
            assertFalse(believed, "bit " + bit);
        }
    }

    @Test
    void damagedListsNeverThrow() {
        Mutator mutator = Mutator.announced("RevocationListTest");
        List<Octets> sound = List.of(list(Octets.ofInts(1)).der(), list().der(), pki.ci.der());
        for (int i = 0; i < 50_000; i++) {
            Parsed<RevocationList> unused = RevocationList.decode(mutator.damaged(sound));
        }
        assertEquals(Parsed.malformed(Malformation.BAD_VALUE), RevocationList.decode(Octets.EMPTY));
        assertEquals(Parsed.malformed(Malformation.BAD_VALUE), RevocationList.decode(pki.ci.der()));
    }

    private RevocationList list(Octets... serials) {
        return pki.ciIssuer.revoke(List.of(serials), TestPki.NOW, NEXT);
    }

    private TrustStore revoking(Octets... serials) {
        return new TrustStore(List.of(pki.ci), List.of(list(serials)));
    }

    private Optional<ChainRefusal> manager(CertificateRole role, TrustStore trusted) {
        return CertificateChain.ofSubscriptionManager(pki.certificate(role), role, trusted, TestPki.NOW);
    }
}
