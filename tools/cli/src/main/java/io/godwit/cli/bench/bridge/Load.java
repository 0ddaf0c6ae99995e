package io.godwit.cli.bench.bridge;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.godwit.local.access.MqttAccess;
import io.godwit.protocol.MqttTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Devices that publish as fast as they are acknowledged, each with a fixed number of publishes in flight.
 *
 * @param clients how many connections
 * @param window publishes in flight per connection
 * @param octets size of each payload
 */
record Load(int clients, int window, int octets) {
    private static final long MAX_LATENCY_MICROS = 60_000_000;
    private static final Duration READINESS = Duration.ofSeconds(60);
    private static final long RETRY_MILLIS = 200;

    /**
     * What was measured.
     *
     * @param refused publishes that were answered with anything but success
     */
    record Measured(double acknowledgedPerSecond, double p50Millis, double p99Millis, long refused) {}

    /** Connects, publishes for {@code warmUpMillis} unseen and {@code measureMillis} seen, disconnects. */
    Measured run(MqttAccess broker, BenchFleet fleet, long warmUpMillis, long measureMillis)
            throws InterruptedException {
        ExecutorService netty = Executors.newFixedThreadPool(2);
        try {
            List<Mqtt5AsyncClient> connected = connect(broker, fleet, netty);
            Meter meter = new Meter();
            for (int i = 0; i < connected.size(); i++) {
                byte[] payload = fleet.payload(i, octets);
                for (int flight = 0; flight < window; flight++) {
                    meter.publishForEver(connected.get(i), payload);
                }
            }
            Thread.sleep(warmUpMillis);
            meter.start();
            long startedAt = System.nanoTime();
            Thread.sleep(measureMillis);
            Measured measured = meter.stop((System.nanoTime() - startedAt) / 1e9);
            CompletableFuture.allOf(connected.stream()
                            .map(client -> client.disconnect().exceptionally(failure -> null))
                            .toArray(CompletableFuture[]::new))
                    .join();
            return measured;
        } finally {
            netty.shutdownNow();
        }
    }

    private List<Mqtt5AsyncClient> connect(MqttAccess broker, BenchFleet fleet, ExecutorService netty)
            throws InterruptedException {
        MqttClientExecutorConfig threads = MqttClientExecutorConfig.builder()
                .nettyExecutor(netty)
                .nettyThreads(2)
                .build();
        List<Mqtt5AsyncClient> connected = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Mqtt5AsyncClient client = MqttClient.builder()
                    .useMqttVersion5()
                    .serverHost(broker.host())
                    .serverPort(broker.port())
                    .executorConfig(threads)
                    .identifier("load-" + i)
                    .buildAsync();
            login(client, fleet, i);
            connected.add(client);
        }
        return connected;
    }

    /** A broker that has just started refuses devices until it has read its fleet. */
    private static void login(Mqtt5AsyncClient client, BenchFleet fleet, int device) throws InterruptedException {
        long deadline = System.nanoTime() + READINESS.toNanos();
        while (true) {
            try {
                client.connectWith()
                        .simpleAuth()
                        .username(fleet.userName(device))
                        .password(fleet.secret(device).getBytes(StandardCharsets.UTF_8))
                        .applySimpleAuth()
                        .send()
                        .join();
                return;
            } catch (CompletionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /** Counts acknowledgements while it is started, and publishes again after each until it is stopped. */
    private static final class Meter {
        private final LongAdder acknowledged = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final ConcurrentHistogram latencyMicros = new ConcurrentHistogram(MAX_LATENCY_MICROS, 3);
        private volatile boolean counting;
        private volatile boolean stopped;

        void start() {
            counting = true;
        }

        Measured stop(double seconds) {
            counting = false;
            stopped = true;
            return new Measured(
                    acknowledged.sum() / seconds,
                    latencyMicros.getValueAtPercentile(50) / 1000.0,
                    latencyMicros.getValueAtPercentile(99) / 1000.0,
                    refused.sum());
        }

        void publishForEver(Mqtt5AsyncClient client, byte[] payload) {
            long sentAt = System.nanoTime();
            CompletableFuture<?> unused = client.publishWith()
                    .topic(MqttTopic.TO_SM_SR.literal())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload)
                    .send()
                    .whenComplete((result, failure) -> {
                        if (counting && failure == null && result.getError().isEmpty()) {
                            acknowledged.increment();
                            latencyMicros.recordValue(
                                    Math.min(MAX_LATENCY_MICROS, (System.nanoTime() - sentAt) / 1000));
                        } else if (counting) {
                            refused.increment();
                        }
                        if (!stopped) {
                            publishForEver(client, payload);
                        }
                    });
        }
    }
}
