package io.godwit.provisioning.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.certificate.CertificateBody;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.certificate.Pem;
import io.godwit.gsma.certificate.X509Issuer;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.ecdsa.Pkcs8;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.postgres.SigningKeyTable;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signing key in the database: made or imported once, kept encrypted, believed only under a trusted CI. */
@QuarkusTest
class SigningIT {
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Octets MESSAGE = Octets.utf8("a package");
    private static final SigningSettings TEST_MODE =
            SigningSettings.of(Optional.empty(), Optional.empty(), TrustSettings.of(List.of(), true));
    private static final SigningSettings NOTHING =
            SigningSettings.of(Optional.empty(), Optional.empty(), TrustSettings.of(List.of(), false));

    @Inject
    AgroalDataSource application;

    @TempDir
    Path folder;

    private final MasterKey master = FileMasterKey.read(Path.of("src/test/resources/master.key"));
    private final EcKeyPair ciKey = EcKeyPair.generate(new SecureRandom());
    private Optional<SigningKeyTable.Row> services = Optional.empty();

    private TenantTransaction transactions() {
        return new TenantTransaction(application, () -> {});
    }

    @BeforeEach
    void setAside() throws SQLException {
        services = stored();
        forget();
    }

    @AfterEach
    void putBack() throws SQLException {
        forget();
        if (services.isPresent()) {
            transactions().asPlatform(connection -> {
                SigningKeyTable.put(connection, "sm-sr", services.get());
                return services;
            });
        }
    }

    private Optional<SigningKeyTable.Row> stored() throws SQLException {
        return transactions().asPlatform(connection -> SigningKeyTable.find(connection, "sm-sr"));
    }

    private void forget() throws SQLException {
        // The service itself may never delete: another row's name takes this one out of sight.
        transactions().asPlatform(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE signing_key SET role = gen_random_uuid()::text");
            }
        });
    }

    @Test
    void inTestModeAKeyIsMadeOnceAndKept() throws SQLException {
        SmSrSigner first = open(TEST_MODE).signer().orElseThrow();
        SmSrSigner second = open(TEST_MODE).signer().orElseThrow();
        assertEquals(first.certificate(), second.certificate());
        assertTrue(first.publicKey().verifies(MESSAGE, second.sign(MESSAGE)));
        assertEquals(1, open(TEST_MODE).trust().ofPlatform().cis().size());
    }

    @Test
    void outsideOfTestModeNothingIsMadeAndAMadeOneIsRefused() throws SQLException {
        assertEquals(Optional.empty(), open(NOTHING).signer());
        open(TEST_MODE);
        assertTrue(refusal(NOTHING).contains("is a test CI"));
    }

    @Test
    void aKeyIsImportedOnceAndThenNeedsNoFile() throws Exception {
        SigningSettings files = files(CertificateRole.SM_SR, LocalDate.of(2030, 1, 1), "CN=CI");
        SmSrSigner imported = open(files).signer().orElseThrow();
        SigningSettings later = SigningSettings.of(Optional.empty(), Optional.empty(), files.trust());
        assertEquals(imported.certificate(), open(later).signer().orElseThrow().certificate());
        assertTrue(refusal(NOTHING).contains("CERT.SR is not issued under any of the trusted CIs"));
        String secret = Files.readString(files.smSr().orElseThrow().key());
        Octets scalar = Pkcs8.decode(Pem.all(secret, Pem.PRIVATE_KEY).get(0))
                .toOptional()
                .orElseThrow()
                .reveal();
        assertFalse(stored().orElseThrow().wrapped().toHex().contains(scalar.toHex()));
    }

    @Test
    void aRenewedCertificateTakesThePlaceOfTheOldOne() throws Exception {
        SmSrSigner first = open(files(CertificateRole.SM_SR, LocalDate.of(2030, 1, 1), "CN=CI"))
                .signer()
                .orElseThrow();
        SmSrSigner second = open(files(CertificateRole.SM_SR, LocalDate.of(2031, 1, 1), "CN=CI"))
                .signer()
                .orElseThrow();
        assertNotEquals(first.certificate(), second.certificate());
        assertEquals(second.certificate().encode(), stored().orElseThrow().certificate());
    }

    @Test
    void whatDoesNotStandUnderTheCiIsRefusedAndNotStored() throws Exception {
        SigningSettings expired = files(CertificateRole.SM_SR, LocalDate.of(2026, 6, 14), "CN=CI");
        assertTrue(refusal(expired).contains("CERT.SR has expired"));
        assertTrue(refusal(files(CertificateRole.SM_DP, LocalDate.of(2030, 1, 1), "CN=CI"))
                .contains("CERT.SR has another role"));
        SigningSettings sound = files(CertificateRole.SM_SR, LocalDate.of(2030, 1, 1), "CN=CI");
        SigningSettings untrusted = SigningSettings.of(
                sound.smSr().map(KeyFiles::key),
                sound.smSr().map(KeyFiles::certificate),
                TrustSettings.of(List.of(ci("CN=Another", new SecureRandom())), false));
        assertTrue(refusal(untrusted).contains("not issued under any of the trusted CIs"));
        assertTrue(refusal(files(CertificateRole.SM_SR, LocalDate.of(2030, 1, 1), "CN=CI,OU=TESTCERT"))
                .contains("is a test CI"));
        assertEquals(Optional.empty(), stored());
    }

    @Test
    void theKeyOpensUnderItsMasterKeyOnly() throws Exception {
        open(TEST_MODE);
        Path other = Files.writeString(
                folder.resolve("master"), Octets.of(new byte[32]).toBase64());
        MasterKey another = FileMasterKey.read(other);
        assertThrows(UnwrapException.class, () -> Signing.open(transactions(), another, TEST_MODE, Instant.now()));
    }

    private Signing open(SigningSettings settings) throws SQLException {
        return Signing.open(transactions(), master, settings, settings.equals(TEST_MODE) ? Instant.now() : NOW);
    }

    private String refusal(SigningSettings settings) {
        return String.valueOf(
                assertThrows(IllegalStateException.class, () -> open(settings)).getMessage());
    }

    private SigningSettings files(CertificateRole role, LocalDate lastDay, String ciName) throws IOException {
        EcKeyPair pair = EcKeyPair.generate(new SecureRandom());
        X509Issuer issuer = new X509Issuer(new X500Name(ciName), ciKey);
        CertificateBody body = CertificateBody.of(
                role,
                Octets.ofInts(1),
                Octets.utf8("CI"),
                Octets.utf8("SR"),
                LocalDate.of(2026, 1, 1),
                lastDay,
                issuer.root(terms()).subjectKeyId(),
                pair.publicKey());
        return SigningSettings.of(
                Optional.of(write("key", new Pem(Pem.PRIVATE_KEY, Pkcs8.encode(pair)).encode())),
                Optional.of(write("cert", body.sign(ciKey).encode().toHex())),
                TrustSettings.of(
                        List.of(write(
                                "ci",
                                new Pem(Pem.CERTIFICATE, issuer.root(terms()).der()).encode())),
                        false));
    }

    private Path ci(String name, SecureRandom random) throws IOException {
        X509Issuer issuer = new X509Issuer(new X500Name(name), EcKeyPair.generate(random));
        return write("ci", new Pem(Pem.CERTIFICATE, issuer.root(terms()).der()).encode());
    }

    private static X509Issuer.Terms terms() {
        return new X509Issuer.Terms(
                Octets.ofInts(1), Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2060-01-01T00:00:00Z"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, name, ".pem"), text);
    }
}
