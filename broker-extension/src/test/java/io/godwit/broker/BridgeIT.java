package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.GLOBEX;
import static io.godwit.broker.Surroundings.await;
import static io.godwit.broker.Surroundings.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.ControlRecord;
import io.godwit.protocol.record.PresenceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What devices experience, with MQTT 5. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BridgeIT {
    private static final TopicSet SHARED = TopicSet.SHARED;
    private static final long NEVER = System.currentTimeMillis() + 3_600_000;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static Surroundings world;

    @BeforeAll
    static void start() {
        world = Surroundings.shared();
        world.tenant(ACME, SHARED, true);
        world.tenant(GLOBEX, SHARED, true);
    }

    @Test
    void aDeviceReceivesWhatIsAddressedToItAndNothingElse() {
        String one = nid();
        String other = nid();
        try (TestDevice first = device(ACME, one).subscribed();
                TestDevice second = device(ACME, other).subscribed();
                TestDevice namesake = device(GLOBEX, one).subscribed()) {
            send(ACME, one, Messages.b1(one, 1));
            send(ACME, other, Messages.b1(other, 2));
            send(ACME, one, Messages.b1(one, 3));

            await(
                    "all delivered",
                    () -> first.received().size() == 2 && second.received().size() == 1);
            assertEquals(List.of(Messages.b1(one, 1), Messages.b1(one, 3)), first.received());
            assertEquals(List.of(Messages.b1(other, 2)), second.received());
            assertEquals(List.of(), namesake.received());
        }
    }

    @Test
    void aPubackMeansThatTheRecordIsInKafkaUntouchedAndStamped() {
        String nid = nid();
        try (TestDevice device = device(ACME, nid).connected()) {
            long before = System.currentTimeMillis();
            assertEquals(Mqtt5PubAckReasonCode.SUCCESS, device.publish("To_SM-SR", Messages.b2(nid, 1)));

            ConsumerRecord<byte[], byte[]> record = messagesOf(nid).get(0);
            assertEquals(Messages.b2(nid, 1), text(record.value()));
            assertEquals("acme/" + nid, text(record.key()));
            assertEquals("acme", header(record, RecordHeaders.TENANT));
            assertEquals("To_SM-SR", header(record, RecordHeaders.MQTT_TOPIC));
            assertEquals("broker-1", header(record, RecordHeaders.NODE));
            assertFalse(header(record, RecordHeaders.BOOT).isEmpty());
            assertFalse(header(record, RecordHeaders.CONNECTION).isEmpty());
            assertTrue(Long.parseLong(header(record, RecordHeaders.RECEIVED_AT)) >= before);
        }
    }

    @Test
    void onlyToEuiccIsGranted() {
        try (TestDevice device = device(ACME, nid()).connected()) {
            for (String filter : List.of(
                    "#",
                    "+",
                    "+/#",
                    "To_eUICC/#",
                    "To_eUICC/+",
                    "/To_eUICC",
                    "to_euicc",
                    "To_SM-SR",
                    "$SYS/#",
                    "$share/all/To_eUICC",
                    "$share/all/#")) {
                assertFalse(device.subscribe(filter, MqttQos.AT_LEAST_ONCE), filter);
            }
            assertTrue(device.isConnected());
            assertTrue(device.subscribe("To_eUICC", MqttQos.AT_LEAST_ONCE));
        }
    }

    @Test
    void whatADeviceMayNotSayIsRefusedWithAReasonAndReachesNobody() {
        String nid = nid();
        String victim = nid();
        try (TestDevice device = device(ACME, nid, "meters").connected();
                TestDevice bystander = device(ACME, victim).subscribed()) {
            assertEquals(Mqtt5PubAckReasonCode.NOT_AUTHORIZED, device.publish("To_SM-SR", Messages.b2(victim, 1)));
            assertEquals(Mqtt5PubAckReasonCode.NOT_AUTHORIZED, device.publish("To_SM-SR", Messages.d1OfGroup("pumps")));
            assertEquals(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID, device.publish("To_eUICC", Messages.b1(victim, 1)));
            assertEquals(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID, device.publish("other", Messages.b2(nid, 1)));
            assertEquals(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID, device.publish("To_SM-SR", "{\"nid\":"));
            assertEquals(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID, device.publish("To_SM-SR", ""));
            assertEquals(
                    Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID,
                    device.publish("To_SM-SR", Messages.b1(nid, 1)),
                    "no such step on this topic");
            assertEquals(
                    Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                    device.publish("To_SM-SR", Messages.b2(nid, 1) + " ".repeat(100_000)));
            assertEquals(
                    Mqtt5PubAckReasonCode.NOT_AUTHORIZED,
                    device.publish("To_eUICC", Messages.e1(victim, "meters", victim)),
                    "E1 in another's name");
            assertEquals(List.of(), messagesOf(nid));

            assertEquals(Mqtt5PubAckReasonCode.SUCCESS, device.publish("To_SM-SR", Messages.d1OfGroup("meters")));
            assertEquals(Mqtt5PubAckReasonCode.SUCCESS, device.publish("To_eUICC", Messages.e1(victim, "meters", nid)));
            List<ConsumerRecord<byte[], byte[]>> recorded = messagesOf(nid);
            assertEquals(2, recorded.size());
            assertEquals("To_eUICC", header(recorded.get(1), RecordHeaders.MQTT_TOPIC));
            assertEquals(Mqtt5PubAckReasonCode.SUCCESS, bystander.publish("To_SM-SR", Messages.b2(victim, 7)));
            assertEquals(List.of(), bystander.received());
        }
    }

    @Test
    void tenTimesTheRateIsRefusedAndHarmsNobody() {
        String nid = nid();
        String quiet = nid();
        try (TestDevice loud = device(ACME, nid).connected();
                TestDevice other = device(ACME, quiet).connected()) {
            int refused = 0;
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                refused +=
                        loud.publish("To_SM-SR", Messages.b2(nid, i)) == Mqtt5PubAckReasonCode.QUOTA_EXCEEDED ? 1 : 0;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            int allowed = 200 - refused;
            assertTrue(allowed >= 50 && allowed <= 51 + 20 * seconds, allowed + " in " + seconds + " s");
            assertTrue(loud.isConnected());
            assertEquals(allowed, messagesOf(nid).size());
            assertEquals(Mqtt5PubAckReasonCode.SUCCESS, other.publish("To_SM-SR", Messages.b2(quiet, 1)));
        }
    }

    @Test
    void whoeverMayNotComeInHearsOneAndTheSameAnswer() {
        String known = nid();
        String removed = nid();
        device(ACME, known).connected().close();
        String secret = world.device(ACME, SHARED, removed);
        new TestDevice(world, ACME, removed, secret).connected().close();
        world.device(ACME, SHARED, removed, secret, false);
        TenantId suspended = new TenantId("gone");
        world.tenant(suspended, SHARED, true);
        String there = world.device(suspended, SHARED, "dev");
        new TestDevice(world, suspended, "dev", there).connected().close();
        world.tenant(suspended, SHARED, false);

        await(
                "the removed are refused",
                () -> new TestDevice(world, ACME, removed, secret).connect() == Mqtt5ConnAckReasonCode.NOT_AUTHORIZED
                        && new TestDevice(world, suspended, "dev", there).connect()
                                == Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
        for (TestDevice stranger : List.of(
                new TestDevice(world, ACME, known, "wrong"),
                new TestDevice(world, ACME, "unknown", "wrong"),
                new TestDevice(world, new TenantId("unheard-of"), known, "wrong"),
                new TestDevice(world, GLOBEX, known, secret))) {
            assertEquals(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, stranger.connect());
        }
    }

    @Test
    void aWillIsRefused() {
        String nid = nid();
        String secret = world.device(ACME, SHARED, nid);
        TestDevice device = new TestDevice(world, ACME, nid, secret);
        device.connected().close();
        try {
            device.client()
                    .connectWith()
                    .simpleAuth()
                    .username("acme/" + nid)
                    .password(secret.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .willPublish()
                    .topic("To_SM-SR")
                    .payload(Messages.b2(nid, 1).getBytes(StandardCharsets.UTF_8))
                    .applyWillPublish()
                    .send();
            throw new AssertionError("let in with a will");
        } catch (Mqtt5ConnAckException e) {
            assertEquals(
                    Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, e.getMqttMessage().getReasonCode());
        }
    }

    @Test
    void theNewestSubscriberWinsAndPresenceTellsIt() {
        String nid = nid();
        String secret = world.device(ACME, SHARED, nid);
        try (TestDevice older = new TestDevice(world, ACME, nid, secret).subscribed();
                TestDevice publisher = new TestDevice(world, ACME, nid, secret).connected();
                TestDevice newer = new TestDevice(world, ACME, nid, secret).subscribed()) {
            await("the older one is closed", () -> !older.isConnected());
            send(ACME, nid, Messages.b1(nid, 1));
            await("delivered", () -> newer.received().size() == 1);
            assertTrue(publisher.isConnected(), "a connection that does not subscribe is left alone");
            assertEquals(List.of(), older.received());
            await("three presence records", () -> presenceOf(nid).size() == 3);
            List<PresenceRecord> presence = presenceOf(nid);
            PresenceRecord.Online first = (PresenceRecord.Online) presence.get(0);
            PresenceRecord.Online second = (PresenceRecord.Online) presence.get(1);
            PresenceRecord.Offline gone = (PresenceRecord.Offline) presence.get(2);
            assertNotEquals(first.connection(), second.connection());
            assertEquals(first.connection(), gone.connection());
            newer.client().disconnect();
            await("the newer one is told offline", () -> presenceOf(nid).size() == 4);
        }
    }

    @Test
    void twoDevicesWithOneClientIdDoNotDisturbEachOther() {
        String one = nid();
        String other = nid();
        try (TestDevice first = new TestDevice(world, ACME, one, world.device(ACME, SHARED, one), "same").subscribed();
                TestDevice second =
                        new TestDevice(world, ACME, other, world.device(ACME, SHARED, other), "same").subscribed()) {
            send(ACME, one, Messages.b1(one, 1));
            send(ACME, other, Messages.b1(other, 1));
            await(
                    "both served",
                    () -> first.received().size() == 1 && second.received().size() == 1);
            assertTrue(first.isConnected() && second.isConnected());
        }
    }

    @Test
    void aRemovedDeviceAndOneWithANewSecretAreDisconnected() {
        String removed = nid();
        String renewed = nid();
        String secret = world.device(ACME, SHARED, removed);
        try (TestDevice first = new TestDevice(world, ACME, removed, secret).subscribed();
                TestDevice second = device(ACME, renewed).connected()) {
            world.device(ACME, SHARED, removed, secret, false);
            String fresh = world.device(ACME, SHARED, renewed);
            await("both are closed", () -> !first.isConnected() && !second.isConnected());
            new TestDevice(world, ACME, renewed, fresh).connected().close();
        }
    }

    @Test
    void aStolenDeviceIsDisconnectedAtOnceAndRefusedFromThenOn() {
        String stolen = nid();
        String secret = world.device(ACME, SHARED, stolen);
        try (TestDevice device = new TestDevice(world, ACME, stolen, secret).subscribed()) {
            world.cutOff(ACME, SHARED, stolen, secret);
            await("it is closed", () -> !device.isConnected());
        }
        assertEquals(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, new TestDevice(world, ACME, stolen, secret).connect());
    }

    @Test
    void whatIsTooLateOrFromAnotherSetIsNotDelivered() {
        String nid = nid();
        TopicSet other = new TopicSet("foreign");
        world.create(other);
        try (TestDevice device = device(ACME, nid).subscribed()) {
            message(SHARED, ACME, nid, Messages.b1(nid, 1), System.currentTimeMillis() - 1);
            message(other, ACME, nid, Messages.b1(nid, 2), NEVER);
            message(SHARED, ACME, nid, "{\"nid\":0}", NEVER);
            send(ACME, nid, Messages.b1(nid, 3));
            await("the last one came", () -> device.received().contains(Messages.b1(nid, 3)));
            assertEquals(List.of("{\"nid\":0}", Messages.b1(nid, 3)), device.received());
        }
    }

    @Test
    void aControlRecordClosesTheConnectionThatItNames() {
        String nid = nid();
        try (TestDevice device = device(ACME, nid).subscribed()) {
            await("told online", () -> presenceOf(nid).size() == 1);
            PresenceRecord.Online online =
                    (PresenceRecord.Online) presenceOf(nid).get(0);
            control(nid, new ControlRecord(online.node(), "another boot", online.connection()));
            control(nid, new ControlRecord(online.node(), online.boot(), "another"));
            send(ACME, nid, Messages.b1(nid, 1));
            await("still served", () -> device.received().size() == 1);
            control(nid, new ControlRecord(online.node(), online.boot(), online.connection()));
            await("closed", () -> !device.isConnected());
        }
    }

    @Test
    void aTopicSetThatAppearsLaterIsServedFromItsBeginning() {
        TopicSet own = new TopicSet("initech");
        TenantId tenant = new TenantId("initech");
        world.create(own);
        world.tenant(tenant, own, true);
        String secret = world.device(tenant, own, "dev");
        try (TestDevice device = new TestDevice(world, tenant, "dev", secret).subscribed()) {
            message(own, tenant, "dev", Messages.b1("dev", 1), NEVER);
            await("served", () -> device.received().size() == 1);
            assertEquals(Mqtt5PubAckReasonCode.SUCCESS, device.publish("To_SM-SR", Messages.b2("dev", 1)));
            List<ConsumerRecord<byte[], byte[]>> records = world.records(own.toSmSr());
            for (int partition = 0; partition < Surroundings.PARTITIONS; partition++) {
                int each = partition;
                assertEquals(
                        1,
                        records.stream()
                                .filter(record -> record.partition() == each)
                                .filter(record ->
                                        header(record, RecordHeaders.KIND).equals("presence"))
                                .filter(record -> PresenceRecord.decode(Octets.of(record.value()))
                                        instanceof PresenceRecord.NodeStarted)
                                .count());
            }
        }
    }

    @Test
    void theOldestConnectionGoesWhenADeviceHasTooMany() {
        String nid = nid();
        String secret = world.device(ACME, SHARED, nid);
        List<TestDevice> connections = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            connections.add(new TestDevice(world, ACME, nid, secret).connected());
        }
        await("the first is closed", () -> !connections.get(0).isConnected());
        assertTrue(connections.subList(1, 6).stream().allMatch(TestDevice::isConnected));
        connections.forEach(TestDevice::close);
    }

    private static String nid() {
        return "dev-" + NUMBERS.incrementAndGet();
    }

    private static TestDevice device(TenantId tenant, String nid, String... groups) {
        return new TestDevice(world, tenant, nid, world.device(tenant, SHARED, nid, groups));
    }

    private static void send(TenantId tenant, String nid, String payload) {
        message(SHARED, tenant, nid, payload, NEVER);
    }

    private static void message(TopicSet set, TenantId tenant, String nid, String payload, long expiresAt) {
        world.toEuicc(set, tenant, nid, RecordHeaders.KIND_MESSAGE, Octets.utf8(payload), expiresAt);
    }

    private static void control(String nid, ControlRecord control) {
        world.toEuicc(SHARED, ACME, nid, RecordHeaders.KIND_CONTROL, control.encode(), NEVER);
    }

    private static List<ConsumerRecord<byte[], byte[]>> messagesOf(String nid) {
        return recordsOf(nid, RecordHeaders.KIND_MESSAGE);
    }

    private static List<PresenceRecord> presenceOf(String nid) {
        return recordsOf(nid, RecordHeaders.KIND_PRESENCE).stream()
                .map(record -> PresenceRecord.decode(Octets.of(record.value())))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(String nid, String kind) {
        return world.records(SHARED.toSmSr()).stream()
                .filter(record -> header(record, RecordHeaders.NID).equals(nid))
                .filter(record -> header(record, RecordHeaders.KIND).equals(kind))
                .toList();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
