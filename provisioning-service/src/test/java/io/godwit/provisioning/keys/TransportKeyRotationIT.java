package io.godwit.provisioning.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.simulator.fleet.TransportEncryption;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transport keys of a role of its own are replaced, by one process and by several, on the real database. */
@QuarkusTest
class TransportKeyRotationIT {
    private static final TenantId TENANT = new TenantId("rotating");
    private static final Iccid ICCID = new Iccid("89000123456789012341");

    @Inject
    AgroalDataSource application;

    @Inject
    @DataSource("dispatcher")
    AgroalDataSource dispatcher;

    private final MasterKey master = FileMasterKey.read(Path.of("src/test/resources/master.key"));
    private final String role = "role-" + UUID.randomUUID();
    private TransportKeyRing ring;

    @BeforeEach
    void make() throws SQLException {
        ring = open();
    }

    @Test
    void aKeyThatIsOldIsReplacedAndStillOpensOnceMore() throws SQLException {
        TransportKey first = ring.current();
        String old = encrypted(first);
        rotate(settings(Optional.empty()));
        assertEquals(first.keyId(), ring.current().keyId(), "it is not old yet");
        age();
        rotate(settings(Optional.empty()));
        TransportKey second = ring.current();
        assertNotEquals(first.keyId(), second.keyId());
        assertTrue(second.createdAt().isAfter(first.createdAt()));
        assertEquals("opened", read(ring, encrypted(second)));
        assertEquals("opened", read(ring, old));
        age();
        rotate(settings(Optional.empty()));
        assertEquals("opened", read(ring, encrypted(second)));
        assertEquals("PACKAGE_MISADDRESSED", read(ring, old));
    }

    @Test
    void anotherProcessOpensWhatComesUnderAKeyThatItHasNotHeardOf() throws SQLException {
        TransportKeyRing other = open();
        age();
        rotate(settings(Optional.empty()));
        assertNotEquals(other.current().keyId(), ring.current().keyId());
        assertEquals("opened", read(other, encrypted(ring.current())));
        assertEquals(ring.current().keyId(), other.current().keyId());
    }

    @Test
    void ofManyProcessesOneReplacesTheKey() throws Exception {
        age();
        TransportKey former = ring.current();
        Callable<Optional<TransportKey>> rotating =
                () -> transactions().asPlatform(connection -> open().rotate(connection, settings(Optional.empty())));
        ExecutorService processes = Executors.newFixedThreadPool(3);
        try {
            int made = 0;
            for (Future<Optional<TransportKey>> one : processes.invokeAll(List.of(rotating, rotating, rotating))) {
                made += one.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, made);
        } finally {
            processes.shutdownNow();
        }
        assertEquals("opened", read(ring, encrypted(former)));
    }

    @Test
    void aKeyFromBeforeACompromiseIsReplacedAtOnceAndOpensNothing() throws SQLException {
        TransportKey void1 = ring.current();
        Instant compromise = void1.createdAt().plusMillis(1);
        rotate(settings(Optional.of(Instant.now().plus(Duration.ofDays(1)))));
        assertEquals(void1.keyId(), ring.current().keyId(), "an instant to come makes nothing void");
        rotate(settings(Optional.of(compromise)));
        TransportKey sound = ring.current();
        assertNotEquals(void1.keyId(), sound.keyId());
        assertEquals("PACKAGE_MISADDRESSED", read(ring, encrypted(void1)));
        rotate(settings(Optional.of(compromise)));
        assertEquals(sound.keyId(), ring.current().keyId(), "once is enough");
    }

    @Test
    void theOneBeforeIsForgottenWhenItTurnsOutToBeVoid() throws SQLException {
        TransportKey void1 = ring.current();
        age();
        rotate(settings(Optional.empty()));
        TransportKey sound = ring.current();
        assertEquals("opened", read(ring, encrypted(void1)));
        rotate(settings(Optional.of(sound.createdAt())));
        assertEquals(sound.keyId(), ring.current().keyId());
        assertEquals("PACKAGE_MISADDRESSED", read(ring, encrypted(void1)));
    }

    @Test
    void aHeaderThatWasChangedToNameAnotherKeyOpensNothing() throws SQLException {
        TransportKey first = ring.current();
        age();
        rotate(settings(Optional.empty()));
        String jwe = encrypted(first);
        String header =
                new String(Base64.getUrlDecoder().decode(jwe.substring(0, jwe.indexOf('.'))), StandardCharsets.UTF_8);
        String changed = header.replace(first.keyId(), ring.current().keyId());
        assertNotEquals(header, changed);
        String tampered =
                Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8))
                        + jwe.substring(jwe.indexOf('.'));
        assertEquals("PACKAGE_NOT_DECRYPTED", read(ring, tampered));
        String noted = header.replace("\"kid\"", "\"note\":1,\"kid\"");
        assertEquals(
                "PACKAGE_NOT_DECRYPTED",
                read(
                        ring,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(noted.getBytes(StandardCharsets.UTF_8))
                                + jwe.substring(jwe.indexOf('.'))));
        assertEquals("opened", read(ring, jwe));
    }

    @Test
    void theRegistryHearsOfTheNewKey() throws SQLException {
        age();
        rotate(settings(Optional.empty()));
        try (KafkaWorld world = new KafkaWorld(TopicSet.SHARED)) {
            world.until(() -> world.events(EventRecord.TransportKey.class).stream()
                    .anyMatch(key -> key.keyId().equals(ring.current().keyId())
                            && key.at().equals(ring.current().createdAt())));
        }
    }

    private void rotate(RotationSettings settings) throws SQLException {
        try (KeyRotation rotation = new KeyRotation(transactions(), dispatcher, List.of(ring), List.of(), settings)) {
            rotation.rotate(ring);
        }
    }

    private static RotationSettings settings(Optional<Instant> notBefore) {
        return new RotationSettings(Duration.ofDays(90), notBefore, Optional.empty(), Duration.ofSeconds(1));
    }

    private TransportKeyRing open() throws SQLException {
        return TransportKeys.open(transactions(), master, role);
    }

    private TenantTransaction transactions() {
        return new TenantTransaction(application, () -> {});
    }

    private void age() throws SQLException {
        transactions().asPlatform(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE transport_key SET aging_since = now() - interval '91 days' WHERE role = ?")) {
                update.setString(1, role);
                return update.executeUpdate();
            }
        });
    }

    private String encrypted(TransportKey key) {
        String jwk = JsonWriter.write(key.publicJwk()).toUtf8();
        return new TransportEncryption(jwk, role, TENANT)
                .encrypt("iccid", ICCID.digits(), SecretOctets.copyOf(Octets.utf8("a package")));
    }

    private String read(TransportKeyRing ring, String jwe) throws SQLException {
        JweReading reading =
                transactions().in(TENANT, connection -> ring.of(connection, jwe).readPackage(jwe, TENANT, ICCID));
        if (reading instanceof JweReading.Refused refused) {
            return refused.code();
        }
        assertEquals(
                SecretOctets.copyOf(Octets.utf8("a package")),
                assertInstanceOf(JweReading.Read.class, reading).content());
        return "opened";
    }
}
