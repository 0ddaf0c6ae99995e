package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.await;
import static io.godwit.broker.Surroundings.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.godwit.broker.RawDevice.Packet;
import io.godwit.broker.uplink.Admission;
import io.godwit.broker.uplink.Admission.Admitted;
import io.godwit.broker.uplink.Admission.Decision;
import io.godwit.broker.uplink.Admission.Offer;
import io.godwit.broker.uplink.Admission.Refused;
import io.godwit.broker.uplink.DamagedMessages;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of damaged messages over real connections: the running bridge does what the pure decision says, and no more. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedMessagesIT {
    private static final int OVER_FIVE = 4000;
    private static final int OVER_THREE = 400;
    private static final int WINDOW = 50;

    private final long seed = Long.getLong("godwit.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Admission admission = new Admission(RspMessageCodec.DEFAULT_MAX_OCTETS);
    private final List<String> admitted = new ArrayList<>();
    private final Map<String, Long> refused = new TreeMap<>();

    private record Message(MqttTopic topic, Octets payload, boolean good) {}

    @Test
    void theRunningBridgeDoesWhatIsDecidedAndHarmsNobody() throws IOException {
        System.out.println("seed " + seed + " (repeat with -Dgodwit.seed)");
        Map<String, String> unlimited = Map.of("rate.messages.per.second", "100000", "rate.burst", "100000");
        try (Surroundings world = Surroundings.running(unlimited)) {
            world.tenant(ACME, TopicSet.SHARED, true);
            String nid = DamagedMessages.AUTHOR.nid().value();
            String secret = world.device(ACME, TopicSet.SHARED, nid, "meters");
            int port = world.platform().mqtt().port();
            try (TestDevice bystander = new TestDevice(world, ACME, "calm", world.device(ACME, TopicSet.SHARED, "calm"))
                            .subscribed();
                    BrokerMetrics metrics = new BrokerMetrics(world.platform())) {
                try (RawDevice device = RawDevice.connected(port, 5, "acme/" + nid, secret)) {
                    for (int i = 0; i < OVER_FIVE; i += WINDOW) {
                        eachIsAnswered(device);
                    }
                }
                assertCalm(bystander);
                for (int i = 0; i < OVER_THREE; ) {
                    try (RawDevice device = RawDevice.connected(port, 4, "acme/" + nid, secret)) {
                        i += untilRefused(device, OVER_THREE - i);
                    }
                }
                assertCalm(bystander);
                assertTrue(admitted.size() > 100, admitted.size() + " admitted, seed " + seed);
                assertRecorded(world, nid);
                assertBooks(metrics);
                aRefusalWithOthersBehindIt(port, "acme/" + nid, secret);
                await("the books balance", () -> metrics.value("uplink.seen-minus-recorded") == 0);
                assertEquals(List.of(), bystander.received());
            }
            assertEquals(
                    List.of(),
                    Files.readAllLines(world.platform().log("hivemq")).stream()
                            .filter(line -> line.contains(" ERROR ") || line.contains("Exception"))
                            .toList(),
                    "seed " + seed);
        }
    }

    /** MQTT 5: a window of messages, and for each a PUBACK that says what was decided. */
    private void eachIsAnswered(RawDevice device) {
        List<Message> window = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            Message message = next();
            window.add(message);
            assertTrue(device.publish(i + 1, 1, false, message.topic().literal(), message.payload()));
        }
        for (int i = 0; i < WINDOW; i++) {
            Packet answer = device.next().orElseThrow(() -> new AssertionError("closed, seed " + seed));
            assertEquals(RawDevice.PUBACK, answer.type(), "seed " + seed);
            Message message = window.get(answer.packetId() - 1);
            assertEquals(
                    message.good(),
                    answer.reason() == 0,
                    () -> answer.reason() + " for " + message.payload().toHex() + ", seed " + seed);
        }
    }

    /** MQTT 3.1.1: a PUBACK for what is admitted, and the end of the connection for the first that is not. */
    private int untilRefused(RawDevice device, int most) {
        for (int sent = 1; ; sent++) {
            Message message = next();
            assertTrue(device.publish(sent, 1, false, message.topic().literal(), message.payload()));
            Optional<Packet> answer = device.next();
            assertEquals(
                    message.good(),
                    answer.isPresent(),
                    () -> answer + " for " + message.payload().toHex() + ", seed " + seed);
            if (answer.isEmpty() || sent == most) {
                return sent;
            }
        }
    }

    /** MQTT 3.1.1: what HiveMQ has decoded behind a refused message ends with the connection; it, too, is accounted for. */
    private static void aRefusalWithOthersBehindIt(int port, String user, String secret) {
        for (int round = 0; round < 10; round++) {
            try (RawDevice device = RawDevice.connected(port, 4, user, secret)) {
                for (int i = 1; i <= WINDOW; i++) {
                    String payload = i == 5
                            ? "{"
                            : Messages.b2(DamagedMessages.AUTHOR.nid().value(), i);
                    if (!device.publish(i, 1, false, MqttTopic.TO_SM_SR.literal(), Octets.utf8(payload))) {
                        break;
                    }
                }
                while (device.next().isPresent()) {
                    // The PUBACKs of those before it.
                }
            }
        }
    }

    private Message next() {
        Octets payload = DamagedMessages.next(random);
        if (random.nextInt(200) == 0) {
            payload = payload.plus(Octets.utf8(" ".repeat(RspMessageCodec.DEFAULT_MAX_OCTETS)));
        }
        MqttTopic topic = random.nextBoolean() ? MqttTopic.TO_SM_SR : MqttTopic.TO_EUICC;
        Decision decision = admission.decide(DamagedMessages.AUTHOR, new Offer(topic.literal(), 1, false, payload));
        if (decision instanceof Refused no) {
            refused.merge(no.grounds().name(), 1L, Long::sum);
        } else {
            admitted.add(new String(payload.toBytes(), UTF_8));
        }
        return new Message(topic, payload, decision instanceof Admitted);
    }

    private void assertRecorded(Surroundings world, String nid) {
        List<String> recorded = world.records(TopicSet.SHARED.toSmSr()).stream()
                .filter(record -> header(record, RecordHeaders.KIND).equals(RecordHeaders.KIND_MESSAGE))
                .filter(record -> header(record, RecordHeaders.NID).equals(nid))
                .map(record -> new String(record.value(), UTF_8))
                .toList();
        assertEquals(admitted, recorded, "seed " + seed);
    }

    private void assertBooks(BrokerMetrics metrics) {
        int ofBystander = 2;
        int all = OVER_FIVE + OVER_THREE + ofBystander;
        assertEquals(all, metrics.hivemqPublishes());
        assertEquals(all, metrics.value("uplink.seen"));
        assertEquals(admitted.size() + ofBystander, metrics.value("uplink.accepted"));
        assertEquals(admitted.size() + ofBystander, metrics.value("uplink.recorded"));
        assertEquals(all - admitted.size() - ofBystander, metrics.value("uplink.refused"));
        refused.forEach((grounds, count) ->
                assertEquals(count, metrics.value("uplink.refused." + grounds), grounds + ", seed " + seed));
        assertEquals(0, metrics.value("uplink.refused.DEFECT"));
        assertEquals(0, metrics.value("uplink.lost"));
        assertEquals(0, metrics.value("uplink.in-flight"));
        assertEquals(0, metrics.value("uplink.seen-minus-recorded"));
        assertEquals(0, metrics.value("uplink.publishes-not-seen"));
        assertEquals(admitted.size() + ofBystander, metrics.value("uplink.record-latency"));
        double millis = metrics.millis99("uplink.record-latency");
        assertTrue(millis > 0 && millis < 10_000, millis + " ms");
    }

    private static void assertCalm(TestDevice bystander) {
        await("the bystander is still connected", bystander::isConnected);
        assertEquals(Mqtt5PubAckReasonCode.SUCCESS, bystander.publish("To_SM-SR", Messages.b2("calm", 1)));
    }
}
