package io.godwit.broker;

import static io.godwit.broker.Surroundings.ACME;
import static io.godwit.broker.Surroundings.await;
import static io.godwit.broker.Surroundings.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.godwit.local.ComponentUsage;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kafka stands still and is killed while devices publish as fast as they can. Whatever was acknowledged is there; trouble is
 * told by closing the connection, never by an answer.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KafkaTroubleIT {
    private static final int DEVICES = 8;
    private static final int WINDOW = 40;

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
            assertEquals(0, negative.get(), "trouble was answered instead of closing the connection");
            Set<String> recorded = new HashSet<>();
            world.records(TopicSet.SHARED.toSmSr()).stream()
                    .filter(record -> header(record, RecordHeaders.KIND).equals("message"))
                    .forEach(record -> recorded.add(new String(record.value(), UTF_8)));
            Set<String> missing = new HashSet<>(acknowledged);
            missing.removeAll(recorded);
            System.out.println(acknowledged.size() + " acknowledged, " + recorded.size() + " recorded");
            assertEquals(Set.of(), missing, "acknowledged, but not in Kafka");
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

    /** A connected client, whichever MQTT it speaks. */
    private interface Line {
        boolean isConnected();

        /** Completes with whether it was acknowledged. */
        CompletableFuture<Boolean> publish(String payload);

        void close();
    }

    /** Connects again whenever it is sent away, and keeps a window of messages on the way. */
    private void live(Surroundings world, String nid, String secret, boolean three) {
        while (running.get()) {
            try {
                Line line = three ? three(world, nid, secret) : five(world, nid, secret);
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

    private Line five(Surroundings world, String nid, String secret) {
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(world.platform().mqtt().host())
                .serverPort(world.platform().mqtt().port())
                .buildAsync();
        client.toBlocking()
                .connectWith()
                .simpleAuth()
                .username("acme/" + nid)
                .password(secret.getBytes(UTF_8))
                .applySimpleAuth()
                .send();
        return new Line() {
            @Override
            public boolean isConnected() {
                return client.getState().isConnected();
            }

            @Override
            public CompletableFuture<Boolean> publish(String payload) {
                return client.publishWith()
                        .topic("To_SM-SR")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(UTF_8))
                        .send()
                        .thenApply(result -> {
                            result.getError()
                                    .filter(Mqtt5PubAckException.class::isInstance)
                                    .ifPresent(refused -> negative.incrementAndGet());
                            return result.getError().isEmpty();
                        });
            }

            @Override
            public void close() {
                client.toBlocking().disconnect();
            }
        };
    }

    private Line three(Surroundings world, String nid, String secret) {
        Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .serverHost(world.platform().mqtt().host())
                .serverPort(world.platform().mqtt().port())
                .buildAsync();
        client.toBlocking()
                .connectWith()
                .simpleAuth()
                .username("acme/" + nid)
                .password(secret.getBytes(UTF_8))
                .applySimpleAuth()
                .send();
        return new Line() {
            @Override
            public boolean isConnected() {
                return client.getState().isConnected();
            }

            @Override
            public CompletableFuture<Boolean> publish(String payload) {
                return client.publishWith()
                        .topic("To_SM-SR")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(UTF_8))
                        .send()
                        .thenApply(result -> true);
            }

            @Override
            public void close() {
                client.toBlocking().disconnect();
            }
        };
    }
}
