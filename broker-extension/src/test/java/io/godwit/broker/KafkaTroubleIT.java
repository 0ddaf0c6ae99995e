package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.await;
import static io.godwit.broker.Surroundings.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.godwit.local.ComponentUsage;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.PresenceRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kafka stands still and is killed while devices publish as fast as they can. Whatever was acknowledged is there; trouble is
 * told by closing the connection, never by an answer.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KafkaTroubleIT {
    private static final int DEVICES = 8;
    private static final int WINDOW = 40;
    private static final int SUBSCRIBERS = 24;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger negative = new AtomicInteger();

    @Test
    void everyAcknowledgedMessageIsInKafkaWhateverHappensToIt() throws Exception {
        Map<String, String> unlimited = Map.of("rate.messages.per.second", "100000", "rate.burst", "100000");
        try (Surroundings world = Surroundings.running(unlimited)) {
            world.tenant(ACME, TopicSet.SHARED, true);
            TestDevice witness =
                    new TestDevice(world, ACME, "witness", world.device(ACME, TopicSet.SHARED, "witness")).connected();
            Thread[] devices = new Thread[DEVICES];
            for (int i = 0; i < DEVICES; i++) {
                String nid = "dev-" + i;
                String secret = world.device(ACME, TopicSet.SHARED, nid);
                boolean three = i % 2 == 0;
                devices[i] = new Thread(() -> live(world, nid, secret, three), nid);
                devices[i].start();
            }
            awaitMore(500);

            // It stands still longer than a record may take.
            signal(world, "STOP");
            Thread.sleep(6_000);
            await("the witness is sent away or refused", () -> !publishes(witness));
            assertEquals(
                    Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE,
                    new TestDevice(world, ACME, "witness", world.secretOf("witness")).connect());
            signal(world, "CONT");
            awaitMore(500);

            // It dies and comes back.
            world.platform().kill("kafka");
            Thread.sleep(1_000);
            world.platform().restart("kafka");
            awaitMore(500);

            running.set(false);
            for (Thread device : devices) {
                device.join(30_000);
            }
            assertNothingIsAcknowledgedThatIsNotRecorded(world);
            assertBooks(world);
        }
    }

    /** All that was lost is told, and no message is left that nobody answers for. */
    private static void assertBooks(Surroundings world) {
        try (BrokerMetrics metrics = new BrokerMetrics(world.platform())) {
            await("nothing is in flight", () -> metrics.value("uplink.in-flight") == 0);
            assertTrue(metrics.value("uplink.lost") > 0);
            assertTrue(metrics.value("uplink.recorded") > 0);
            assertTrue(metrics.value("connections.closed.KAFKA_TROUBLE") > 0);
            assertEquals(
                    metrics.value("uplink.accepted"), metrics.value("uplink.recorded") + metrics.value("uplink.lost"));
            assertEquals(0, metrics.value("uplink.seen-minus-recorded"));
        }
    }

    /**
     * For longer than HiveMQ holds a PUBACK: who is still connected then is told a success that is none. Each subscriber that
     * is sent away leaves an Offline that cannot be told, so these pile up while others are still to be closed.
     */
    @Test
    void subscribersAreSentAwayInTimeAndComeBack() throws Exception {
        BridgeConfig.Timing timing = new BridgeConfig.Timing(
                Duration.ofSeconds(3),
                Duration.ZERO,
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        Map<String, String> settings = Map.of(
                "record.timeout.milliseconds",
                Long.toString(timing.record().toMillis()),
                "disconnect.jitter.milliseconds",
                Long.toString(timing.disconnectJitter().toMillis()));
        try (Surroundings world = Surroundings.running(settings)) {
            world.tenant(ACME, TopicSet.SHARED, true);
            List<String> nids = IntStream.range(0, SUBSCRIBERS)
                    .mapToObj(number -> "sub-" + number)
                    .toList();
            nids.forEach(nid -> world.device(ACME, TopicSet.SHARED, nid));
            List<Line> lines = nids.stream().map(nid -> subscribed(world, nid)).toList();
            await("all are online", () -> presence(world, "online").size() == SUBSCRIBERS);
            Set<String> before = presence(world, "online");

            signal(world, "STOP");
            long stopped = System.nanoTime();
            Duration inTime = timing.heldAtMost();
            while (lines.stream().anyMatch(Line::isConnected) && since(stopped).compareTo(inTime) < 0) {
                for (int i = 0; i < SUBSCRIBERS; i++) {
                    var unused = publishOnce(lines.get(i), nids.get(i));
                }
                Thread.sleep(250);
            }
            long late = lines.stream().filter(Line::isConnected).count();
            await("HiveMQ would have answered by itself", () -> since(stopped).compareTo(inTime.plusSeconds(2)) > 0);
            signal(world, "CONT");

            List<Line> again =
                    nids.stream().map(nid -> acknowledgedAgain(world, nid)).toList();
            await("every end is told", () -> presence(world, "offline").containsAll(before));
            assertAll(
                    () -> assertEquals(0, late, "connections were not closed within " + inTime),
                    () -> assertNothingIsAcknowledgedThatIsNotRecorded(world));
            again.forEach(Line::close);
        }
    }

    private void assertNothingIsAcknowledgedThatIsNotRecorded(Surroundings world) {
        assertEquals(0, negative.get(), "trouble was answered instead of closing the connection");
        Set<String> recorded = new HashSet<>();
        world.records(TopicSet.SHARED.toSmSr()).stream()
                .filter(record -> header(record, RecordHeaders.KIND).equals("message"))
                .forEach(record -> recorded.add(new String(record.value(), UTF_8)));
        Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(recorded);
        System.out.println(acknowledged.size() + " acknowledged, " + recorded.size() + " recorded");
        assertEquals(Set.of(), missing, "acknowledged, but not in Kafka");
    }

    /** Comes as soon as it is let in, with the one MQTT or the other. */
    private Line subscribed(Surroundings world, String nid) {
        Line[] line = {null};
        await("let in: " + nid, () -> {
            try {
                line[0] =
                        Line.open(world, nid, world.secretOf(nid), nid.hashCode() % 2 == 0, negative::incrementAndGet);
                line[0].subscribe();
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        });
        return line[0];
    }

    /** Subscribed, and a message of it acknowledged. */
    private Line acknowledgedAgain(Surroundings world, String nid) {
        Line[] line = {subscribed(world, nid)};
        await("acknowledged again: " + nid, () -> {
            if (publishOnce(line[0], nid).join()) {
                return true;
            }
            line[0] = subscribed(world, nid);
            return false;
        });
        return line[0];
    }

    private CompletableFuture<Boolean> publishOnce(Line line, String nid) {
        String payload = Messages.b2(nid, numbers.incrementAndGet());
        return line.publish(payload).handle((done, fault) -> {
            boolean acked = fault == null && done;
            if (acked) {
                acknowledged.add(payload);
            }
            return acked;
        });
    }

    /** The connections of which Kafka has been told that. */
    private static Set<String> presence(Surroundings world, String kind) {
        Set<String> connections = new HashSet<>();
        world.records(TopicSet.SHARED.toSmSr()).stream()
                .filter(record -> header(record, RecordHeaders.KIND).equals(RecordHeaders.KIND_PRESENCE))
                .forEach(record -> {
                    PresenceRecord told = PresenceRecord.decode(Octets.of(record.value()));
                    if (told instanceof PresenceRecord.Online online && kind.equals("online")) {
                        connections.add(online.connection());
                    } else if (told instanceof PresenceRecord.Offline offline && kind.equals("offline")) {
                        connections.add(offline.connection());
                    }
                });
        return connections;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static boolean publishes(TestDevice witness) {
        try {
            return witness.isConnected()
                    && witness.publish("To_SM-SR", Messages.b2("witness", 0)) == Mqtt5PubAckReasonCode.SUCCESS;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void awaitMore(int messages) {
        int before = acknowledged.size();
        await(messages + " more acknowledged", () -> acknowledged.size() >= before + messages);
    }

    private static void signal(Surroundings world, String signal) throws IOException, InterruptedException {
        long pid = world.platform().usage().stream()
                .filter(process -> process.name().equals("kafka"))
                .mapToLong(ComponentUsage::pid)
                .findFirst()
                .orElseThrow();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor());
    }

    /** Connects again whenever it is sent away, and keeps a window of messages on the way. */
    private void live(Surroundings world, String nid, String secret, boolean three) {
        while (running.get()) {
            try {
                Line line = Line.open(world, nid, secret, three, negative::incrementAndGet);
                publish(line, nid);
                line.close();
            } catch (RuntimeException e) {
                // Sent away, or not let in: again, after a moment.
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private void publish(Line line, String nid) {
        Semaphore window = new Semaphore(WINDOW);
        while (running.get() && line.isConnected()) {
            if (!window.tryAcquire()) {
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            String payload = Messages.b2(nid, numbers.incrementAndGet());
            var unused = line.publish(payload).whenComplete((done, fault) -> {
                if (fault == null && done) {
                    acknowledged.add(payload);
                }
                window.release();
            });
        }
        await("every publish ends", () -> window.availablePermits() == WINDOW);
    }
}
