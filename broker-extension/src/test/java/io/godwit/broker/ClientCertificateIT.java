package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.GLOBEX;
import static io.godwit.broker.Surroundings.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.tls.Pem;
import io.godwit.local.tls.TestAuthority;
import io.godwit.local.tls.TestAuthority.Identity;
import io.godwit.local.tls.TestAuthority.Purpose;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices that come over TLS: with a certificate, with a secret, with the wrong one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClientCertificateIT {
    private static final TopicSet SHARED = TopicSet.SHARED;
    private static final long NEVER = System.currentTimeMillis() + 3_600_000;
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final TestAuthority OF_ACME = TestAuthority.create("CN=Acme devices");
    private static final TestAuthority OF_GLOBEX = TestAuthority.create("CN=Globex devices");
    private static final Optional<String> NONE = Optional.empty();

    private static Surroundings world;
    private static MqttTlsAccess broker;

    private final String nid = "certified-" + NUMBERS.incrementAndGet();

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        world = Surroundings.shared();
        broker = world.platform().mqttTls();
        world.tenant(ACME, SHARED, true, Pem.of(OF_ACME.identity().certificate()));
        world.tenant(GLOBEX, SHARED, true, Pem.of(OF_GLOBEX.identity().certificate()));
        String nid = "certified-first";
        world.device(ACME, SHARED, nid);
        world.device(GLOBEX, SHARED, nid);
        // HiveMQ takes up to ten seconds to read its trust store again.
        new CertifiedDevice(broker, OF_ACME.device("CN=" + nid + ",O=acme", from(), until()))
                .connected()
                .close();
        new CertifiedDevice(broker, OF_GLOBEX.device("CN=" + nid + ",O=globex", from(), until()))
                .connected()
                .close();
    }

    @Test
    void theRightCertificateIsEnough() {
        world.device(ACME, SHARED, nid, "meters");
        try (CertifiedDevice device = new CertifiedDevice(broker, certificate(nid)).subscribed()) {
            world.toEuicc(SHARED, ACME, nid, RecordHeaders.KIND_MESSAGE, Octets.utf8(Messages.b1(nid, 1)), NEVER);
            await("delivered", () -> device.received().equals(List.of(Messages.b1(nid, 1))));
            device.client()
                    .publishWith()
                    .topic("To_SM-SR")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(Messages.b2(nid, 1).getBytes(UTF_8))
                    .send();
            assertEquals(
                    1,
                    world.records(SHARED.toSmSr()).stream()
                            .filter(record -> Surroundings.header(record, RecordHeaders.NID)
                                    .equals(nid))
                            .filter(record -> Surroundings.header(record, RecordHeaders.KIND)
                                    .equals("message"))
                            .count());
        }
    }

    @Test
    void aUserNameHasToAgreeAndASecretIsNotLookedAt() {
        world.device(ACME, SHARED, nid);
        Identity identity = certificate(nid);
        assertEquals("SUCCESS", attempt(identity, Optional.of("acme/" + nid), NONE));
        assertEquals("SUCCESS", attempt(identity, Optional.of("acme/" + nid), Optional.of("whatever")));
        for (String other : List.of("acme/certified-first", "globex/" + nid, "nobody", "")) {
            assertEquals("NOT_AUTHORIZED", attempt(identity, Optional.of(other), NONE), other);
        }
    }

    @Test
    void aSecretOverTlsIsEnoughToo() {
        String secret = world.device(ACME, SHARED, nid);
        await(
                "let in",
                () -> attempt(null, Optional.of("acme/" + nid), Optional.of(secret))
                        .equals("SUCCESS"));
        assertEquals("NOT_AUTHORIZED", attempt(null, Optional.of("acme/" + nid), Optional.of("wrong")));
        assertEquals("NOT_AUTHORIZED", attempt(null, NONE, NONE), "neither certificate nor secret");
    }

    @Test
    void anAnchorCountsForItsOwnTenantOnly() {
        world.device(ACME, SHARED, nid);
        world.device(GLOBEX, SHARED, nid);
        new CertifiedDevice(broker, certificate(nid)).connected().close();
        assertEquals("NOT_AUTHORIZED", attempt(OF_GLOBEX.device("CN=" + nid + ",O=acme", from(), until())));
        assertEquals("NOT_AUTHORIZED", attempt(OF_ACME.device("CN=" + nid + ",O=globex", from(), until())));
    }

    @Test
    void aCertificateThatNamesNoDeviceInServiceIsRefused() {
        world.device(ACME, SHARED, nid);
        new CertifiedDevice(broker, certificate(nid)).connected().close();
        for (String subject : List.of(
                "CN=unknown-device,O=acme",
                "CN=" + nid,
                "O=acme",
                "CN=" + nid + ",O=unheard-of",
                "CN=" + nid + ",O=ACME")) {
            assertEquals("NOT_AUTHORIZED", attempt(OF_ACME.device(subject, from(), until())), subject);
        }
        assertEquals(
                CertifiedDevice.NO_HANDSHAKE,
                attempt(OF_ACME.issue("CN=" + nid + ",O=acme", Purpose.SERVER, List.of(), from(), until())),
                "a server's");
    }

    @Test
    void whatIsExpiredOrSignedByNobodyDoesNotGetIn() {
        world.device(ACME, SHARED, nid);
        new CertifiedDevice(broker, certificate(nid)).connected().close();
        String subject = "CN=" + nid + ",O=acme";
        assertEquals(
                CertifiedDevice.NO_HANDSHAKE,
                attempt(OF_ACME.device(subject, from(), Instant.now().minusSeconds(5))));
        // A client that finds none of its issuers asked for shows no certificate at all, and is refused at CONNECT.
        assertTrue(Set.of(CertifiedDevice.NO_HANDSHAKE, "NOT_AUTHORIZED")
                .contains(attempt(TestAuthority.create(subject).identity())));
        assertTrue(Set.of(CertifiedDevice.NO_HANDSHAKE, "NOT_AUTHORIZED")
                .contains(attempt(TestAuthority.create("CN=Acme devices").device(subject, from(), until()))));
    }

    @Test
    void aRemovedDeviceIsCutOffAndASuspendedTenantsToo() {
        TenantId tenant = new TenantId("certified");
        TestAuthority authority = TestAuthority.create("CN=Their devices");
        String anchor = Pem.of(authority.identity().certificate());
        world.tenant(tenant, SHARED, true, anchor);
        String secret = world.device(tenant, SHARED, nid);
        world.device(tenant, SHARED, nid + "-2");
        Identity first = authority.device("CN=" + nid + ",O=certified", from(), until());
        Identity second = authority.device("CN=" + nid + "-2,O=certified", from(), until());
        try (CertifiedDevice removed = new CertifiedDevice(broker, first).connected();
                CertifiedDevice stays = new CertifiedDevice(broker, second).connected()) {
            world.device(tenant, SHARED, nid, secret, false);
            await("cut off", () -> !removed.isConnected());
            assertEquals("NOT_AUTHORIZED", attempt(first));
            assertTrue(stays.isConnected());

            world.tenant(tenant, SHARED, true);
            await("cut off without its anchor", () -> !stays.isConnected());
            await("refused", () -> !attempt(second).equals("SUCCESS"));
            world.tenant(tenant, SHARED, true, anchor);
            await("let in again", () -> attempt(second).equals("SUCCESS"));
            world.tenant(tenant, SHARED, false, anchor);
            await("a suspended tenant's are refused", () -> !attempt(second).equals("SUCCESS"));
        }
    }

    @Test
    void oldVersionsOfTlsAreNotSpoken() throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(InetAddress.getLoopbackAddress(), broker.port())) {
            assertTrue(List.of(socket.getSupportedProtocols()).contains("TLSv1.1"));
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }

    @Test
    void mosquittosClientsComeInToo() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/mosquitto_sub"))
                        && Files.isExecutable(Path.of("/usr/bin/mosquitto_pub")),
                "SKIPPED: mosquitto-clients are not installed");
        world.device(ACME, SHARED, nid);
        Identity identity = certificate(nid);
        new CertifiedDevice(broker, identity).connected().close();
        Path certificate = Files.writeString(folder.resolve("device.pem"), Pem.of(identity.certificate()));
        Path key = Files.writeString(folder.resolve("device.key"), Pem.of(identity.key()));
        Process subscriber = mosquitto("mosquitto_sub", certificate, key, "-t", "To_eUICC", "-C", "1", "-W", "60");
        await("it is served", () -> {
            world.toEuicc(SHARED, ACME, nid, RecordHeaders.KIND_MESSAGE, Octets.utf8(Messages.b1(nid, 1)), NEVER);
            return !subscriber.isAlive();
        });
        assertEquals(Messages.b1(nid, 1), new String(subscriber.getInputStream().readAllBytes(), UTF_8).strip());
        Process publisher = mosquitto("mosquitto_pub", certificate, key, "-t", "To_SM-SR", "-m", Messages.b2(nid, 1));
        assertEquals(0, publisher.waitFor(), () -> text(publisher));
    }

    private static Process mosquitto(String command, Path certificate, Path key, String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                command,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(broker.port()),
                "-V",
                "mqttv5",
                "-q",
                "1",
                "--cafile",
                broker.authority().toString(),
                "--cert",
                certificate.toString(),
                "--key",
                key.toString()));
        line.addAll(List.of(more));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Instant from() {
        return Instant.now().minusSeconds(60);
    }

    private static Instant until() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    private static Identity certificate(String nid) {
        return OF_ACME.device("CN=" + nid + ",O=acme", from(), until());
    }

    private static String attempt(Identity identity) {
        return attempt(identity, NONE, NONE);
    }

    private static String attempt(@Nullable Identity identity, Optional<String> user, Optional<String> secret) {
        try (CertifiedDevice device = new CertifiedDevice(broker, identity)) {
            return device.connect(user, secret);
        }
    }
}
