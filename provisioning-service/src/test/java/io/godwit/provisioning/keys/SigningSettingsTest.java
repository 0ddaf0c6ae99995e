package io.godwit.provisioning.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.certificate.CaCertificate;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.certificate.RevocationList;
import io.godwit.gsma.certificate.TestCis;
import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.EcPublicKey;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service refuses to start with, each time with a sentence. */
class SigningSettingsTest {
    /** The public key of the CI of GSMA SGP.26 on NIST P-256, from its certificate. */
    private static final EcPublicKey SGP26 = new EcPublicKey(Octets.fromHex(
            "04940657a673dc288f89d52ea8a47704992791f9c34b0036e633e2d0cba9454d65db32eb17981799d2f24388ee2b95"
                    + "c1094546c97901ceaeba9650919a2e20d229"));

    private static final X509Issuer.Terms TERMS = new X509Issuer.Terms(
            Octets.ofInts(1), Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2060-01-01T00:00:00Z"));

    private final EcKeyPair key = EcKeyPair.generate(new SecureRandom());
    private final CaCertificate real = new X509Issuer(new X500Name("O=Carrier,CN=CI"), key).root(TERMS);

    @TempDir
    Path folder;

    @Test
    void aCiIsTrustedByEveryTenant() throws IOException {
        TrustAnchors trust = TrustAnchors.read(TrustSettings.of(List.of(pem(real)), false));
        assertEquals(List.of(real), trust.of(new TenantId("acme")).cis());
        assertEquals(List.of(real), trust.ofPlatform().cis());
    }

    @Test
    void aTestCiIsRefusedOutsideOfTestModeEvenBesideARealOne() throws IOException {
        CaCertificate marked = TestCis.issuer(key).root(TERMS);
        CaCertificate published =
                new X509Issuer(new X500Name("CN=Looks real"), key).authority(new X500Name("CN=CI"), SGP26, TERMS, 1);
        for (CaCertificate ci : List.of(marked, published)) {
            List<Path> files = List.of(pem(real), pem(ci));
            assertTrue(refusal(() -> TrustAnchors.read(TrustSettings.of(files, false)))
                    .contains("is a test CI"));
            assertEquals(
                    2,
                    TrustAnchors.read(TrustSettings.of(files, true))
                            .ofPlatform()
                            .cis()
                            .size());
            Path both = Files.writeString(
                    Files.createTempFile(folder, "both", ".pem"),
                    Files.readString(files.get(0)) + Files.readString(files.get(1)));
            assertTrue(refusal(() -> TrustAnchors.read(TrustSettings.of(List.of(both), false)))
                    .contains("godwit.trust.test-mode=true"));
        }
        TrustAnchors none = TrustAnchors.read(TrustSettings.of(List.of(), false));
        assertTrue(refusal(() -> none.plus(marked.der(), false)).contains("is a test CI"));
    }

    @Test
    void whatIsNoTrustAnchorIsRefused() throws IOException {
        Path none = folder.resolve("none");
        assertTrue(refusal(() -> TrustAnchors.read(TrustSettings.of(List.of(none), true)))
                .contains("cannot be read"));
        Path empty = Files.writeString(folder.resolve("empty"), "");
        assertTrue(refusal(() -> TrustAnchors.read(TrustSettings.of(List.of(empty), true)))
                .contains("holds no PEM CERTIFICATE"));
        Path junk =
                Files.writeString(folder.resolve("junk"), new Pem(Pem.CERTIFICATE, Octets.ofInts(1, 2, 3)).encode());
        assertTrue(refusal(() -> TrustAnchors.read(TrustSettings.of(List.of(junk), true)))
                .contains("not that of a CI"));
    }

    @Test
    void aTenantsOwnCisTakeThePlaceOfThePlatforms() throws IOException {
        CaCertificate own = new X509Issuer(new X500Name("O=Tenant,CN=CI"), key).root(TERMS);
        TrustAnchors trust = TrustAnchors.read(new TrustSettings(
                new TrustSettings.Anchors(List.of(pem(real)), List.of()),
                Map.of(new TenantId("acme"), new TrustSettings.Anchors(List.of(pem(own)), List.of())),
                false));
        assertEquals(List.of(own), trust.of(new TenantId("acme")).cis());
        assertEquals(List.of(real), trust.of(new TenantId("globex")).cis());
        assertEquals(List.of(real), trust.ofPlatform().cis());
    }

    @Test
    void aListOfRevokedCertificatesCountsWhenOneOfTheCisMadeIt() throws IOException {
        X509Issuer issuer = new X509Issuer(new X500Name("O=Carrier,CN=CI"), key);
        RevocationList list = issuer.revoke(List.of(Octets.ofInts(7)), Instant.now(), Instant.now());
        Path file = write("crl", new Pem(Pem.REVOCATION_LIST, list.der()).encode());
        TrustAnchors trust = TrustAnchors.read(revoking(file));
        assertEquals(List.of(list), trust.of(new TenantId("acme")).revocations());

        X509Issuer stranger = new X509Issuer(new X500Name("O=Carrier,CN=CI"), EcKeyPair.generate(new SecureRandom()));
        RevocationList forged = stranger.revoke(List.of(Octets.ofInts(7)), Instant.now(), Instant.now());
        Path other = write("crl", new Pem(Pem.REVOCATION_LIST, forged.der()).encode());
        assertTrue(refusal(() -> TrustAnchors.read(revoking(other)))
                .contains("by none of the trusted CIs: correct godwit.trust.crl-files"));
        Path junk = write("crl", new Pem(Pem.REVOCATION_LIST, Octets.ofInts(1, 2, 3)).encode());
        assertTrue(refusal(() -> TrustAnchors.read(revoking(junk))).contains("not a whole X.509 list"));
        assertTrue(refusal(() -> TrustAnchors.read(revoking(pem(real)))).contains("holds no PEM X509 CRL"));
    }

    @Test
    void whatThePlatformKnowsATenantsCiHasRevokedIsRevokedForTheTenantToo() throws IOException {
        X509Issuer issuer = new X509Issuer(new X500Name("O=Carrier,CN=CI"), key);
        RevocationList list = issuer.revoke(List.of(Octets.ofInts(7)), Instant.now(), Instant.now());
        Path file = write("crl", new Pem(Pem.REVOCATION_LIST, list.der()).encode());
        CaCertificate own =
                new X509Issuer(new X500Name("O=Tenant,CN=CI"), EcKeyPair.generate(new SecureRandom())).root(TERMS);
        TrustAnchors trust = TrustAnchors.read(new TrustSettings(
                new TrustSettings.Anchors(List.of(pem(real)), List.of(file)),
                Map.of(
                        new TenantId("acme"),
                        new TrustSettings.Anchors(List.of(pem(real), pem(own)), List.of()),
                        new TenantId("globex"),
                        new TrustSettings.Anchors(List.of(pem(own)), List.of())),
                false));
        assertEquals(List.of(list), trust.of(new TenantId("acme")).revocations());
        assertEquals(List.of(), trust.of(new TenantId("globex")).revocations());
    }

    private TrustSettings revoking(Path list) throws IOException {
        return new TrustSettings(new TrustSettings.Anchors(List.of(pem(real)), List.of(list)), Map.of(), false);
    }

    @Test
    void keyAndCertificateBelongTogether() throws IOException {
        TestSigning made = TestSigning.make(Instant.now());
        Path keyFile = write("key", new Pem(Pem.PRIVATE_KEY, Pkcs8.encode(made.pair())).encode());
        Path certificate = write("cert", made.certificate().encode().toHex() + "\n");
        Path another = write("another", new Pem(Pem.PRIVATE_KEY, Pkcs8.encode(key)).encode());
        assertEquals(
                made.certificate(),
                settings(keyFile, certificate).read().orElseThrow().certificate());
        assertTrue(refusal(() -> settings(another, certificate).read()).contains("is not that of CERT.SR"));
        assertTrue(refusal(() -> settings(certificate, certificate).read()).contains("PKCS#8 in PEM"));
        assertTrue(refusal(() -> settings(keyFile, keyFile).read()).contains("not a certificate 7F21"));
        assertTrue(refusal(() -> settings(folder.resolve("no"), certificate).read())
                .contains("cannot be read"));
        assertTrue(refusal(() ->
                        SigningSettings.of(Optional.of(keyFile), Optional.empty(), TrustSettings.of(List.of(), false)))
                .contains("set both"));
        assertEquals(
                Optional.empty(),
                SigningSettings.of(Optional.empty(), Optional.empty(), TrustSettings.of(List.of(), false))
                        .read());
    }

    private static SigningSettings settings(Path keyFile, Path certificateFile) {
        return SigningSettings.of(
                Optional.of(keyFile), Optional.of(certificateFile), TrustSettings.of(List.of(), true));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable start) {
        return String.valueOf(assertThrows(IllegalStateException.class, start).getMessage());
    }

    private Path pem(CaCertificate ci) throws IOException {
        return write("ci", new Pem(Pem.CERTIFICATE, ci.der()).encode());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, name, ".pem"), text);
    }
}
