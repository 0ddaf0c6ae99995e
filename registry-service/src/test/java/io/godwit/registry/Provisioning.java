package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.ConfigProvider;

/** Stands for provisioning-service: reads what the registry says, and tells it what happened. */
final class Provisioning implements AutoCloseable {
    private final KafkaSettings kafka = KafkaSettings.from(ConfigProvider.getConfig());
    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(kafka.outboxProducer("test-provisioning"));
    private final AtomicLong sequence = new AtomicLong();
    private final TopicSet topics;

    Provisioning(TopicSet topics) {
        this.topics = topics;
    }

    /** Rises with each call, for all cards alike. */
    long nextSequence() {
        return sequence.incrementAndGet();
    }

    void publishKey() {
        tell(new EventRecord.TransportKey(
                Instant.now(),
                "sm-sr",
                Card.KEY_ID,
                Json.object().put("kty", "EC").build()));
    }

    void tell(EventRecord event) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                topics.events(), event.key(), event.encode().toBytes());
        if (event instanceof EventRecord.OfCard card) {
            tenant(message, card.tenant());
        } else if (event instanceof EventRecord.OfOperation operation) {
            tenant(message, operation.tenant());
        } else if (event instanceof EventRecord.OfStock stock) {
            tenant(message, stock.tenant());
        } else if (event instanceof EventRecord.OfReplacement replacement) {
            tenant(message, replacement.tenant());
        }
        send(message);
    }

    void send(ProducerRecord<String, byte[]> message) {
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tenant(ProducerRecord<String, byte[]> message, TenantId tenant) {
        message.headers().add(RecordHeaders.TENANT, tenant.value().getBytes(StandardCharsets.US_ASCII));
    }

    /** The orders that {@code wanted} accepts, once there is at least one. */
    List<OrderRecord> orders(Predicate<OrderRecord> wanted) {
        return read(topics.orders(), 1, message -> {
            OrderRecord order = OrderRecord.decode(Octets.of(message.value()));
            return wanted.test(order) ? List.of(order) : List.of();
        });
    }

    /** What was announced of a device, in its order, once there are {@code atLeast}. */
    List<FleetRecord.Device> devices(Nid nid, int atLeast) {
        return read(
                topics.fleet(),
                atLeast,
                message -> FleetRecord.decode(Octets.of(message.value())) instanceof FleetRecord.Device device
                                && device.nid().equals(nid)
                        ? List.of(device)
                        : List.of());
    }

    List<ConsumerRecord<String, byte[]>> deadLetters(Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return read(topics.deadLetter(), 1, message -> wanted.test(message) ? List.of(message) : List.of());
    }

    List<ConsumerRecord<String, byte[]>> fleet(int atLeast, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return read(topics.fleet(), atLeast, message -> wanted.test(message) ? List.of(message) : List.of());
    }

    private interface Pick<T> {
        List<T> of(ConsumerRecord<String, byte[]> message);
    }

    private <T> List<T> read(String topic, int atLeast, Pick<T> pick) {
        List<T> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer("test", "test-reader"))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (found.size() < atLeast
                    || consumer.currentLag(partitions.get(0)).orElse(1) > 0) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> found.addAll(pick.of(message)));
                if (System.nanoTime() > deadline) {
                    break;
                }
            }
            assertTrue(found.size() >= atLeast, "only " + found.size() + " of " + atLeast + " records on " + topic);
        }
        return found;
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited 20 seconds in vain");
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    static Map<String, String> headers(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = new java.util.HashMap<>();
        message.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.US_ASCII)));
        return headers;
    }

    @Override
    public void close() {
        producer.close();
    }
}
