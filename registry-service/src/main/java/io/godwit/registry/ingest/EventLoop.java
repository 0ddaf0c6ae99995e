package io.godwit.registry.ingest;

import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.registry.announce.TopicSets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code events} of all topic sets. Offsets live in PostgreSQL with their effects; Kafka is told them afterwards, for
 * lag only. On any trouble the consumer is closed and opened again, and goes on where the database says.
 */
@ApplicationScoped
public class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long LOOK_FOR_SETS_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long RETRY_MILLIS = 1000;
    private static final int MOST_RECORDS = 1000;
    private static final long STOP_MILLIS = 10_000;

    private final TenantTransaction transactions;
    private final Positions positions;
    private final TopicSets topicSets;
    private final KafkaSettings kafka;
    private final Counter events;
    private final Counter deadLetters;
    private final Thread thread = new Thread(this::run, "events-ingest");
    private volatile boolean running = true;

    EventLoop(TenantTransaction transactions, TopicSets topicSets, KafkaSettings kafka, MeterRegistry meters) {
        this.transactions = transactions;
        this.positions = new Positions(transactions);
        this.topicSets = topicSets;
        this.kafka = kafka;
        this.events = meters.counter("godwit.ingest.events");
        this.deadLetters = meters.counter("godwit.ingest.dead.letters");
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        thread.join(STOP_MILLIS);
    }

    private void run() {
        while (running) {
            try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(properties())) {
                new Reading(consumer).run();
            } catch (Positions.PartitionLostException | WakeupException e) {
                LOG.info(
                        "The events are read by another process now; this one asks for its share again. cause={}",
                        e.getMessage());
            } catch (SQLException | RuntimeException e) {
                LOG.warn("Reading the events stumbled and goes on in a second. cause={}", e.toString(), e);
                pause();
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = kafka.consumer("godwit-registry", "godwit-registry-events");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        return properties;
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One consumer's life. */
    private final class Reading implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;
        private final Map<TopicPartition, Long> next = new HashMap<>();
        private List<String> topics = List.of();
        private long lookedForSets;

        private Reading(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        private void run() throws SQLException {
            while (running) {
                subscribe();
                if (topics.isEmpty()) {
                    pause();
                    continue;
                }
                ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
                for (TopicPartition partition : polled.partitions()) {
                    take(partition, polled.records(partition));
                }
            }
        }

        private void subscribe() throws SQLException {
            if (!topics.isEmpty() && System.nanoTime() - lookedForSets < LOOK_FOR_SETS_NANOS) {
                return;
            }
            lookedForSets = System.nanoTime();
            List<String> wanted = topicSets.all().stream().map(TopicSet::events).toList();
            if (!wanted.equals(topics)) {
                topics = wanted;
                consumer.subscribe(topics, this);
            }
        }

        private void take(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) throws SQLException {
            Long expected = next.get(partition);
            if (expected == null) {
                throw new Positions.PartitionLostException(partition);
            }
            long after = records.get(records.size() - 1).offset() + 1;
            int buried = new PartitionWork(transactions, partition, expected).run(records, after);
            next.put(partition, after);
            events.increment(records.size());
            deadLetters.increment(buried);
            consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(after)), null);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            for (TopicPartition partition : assigned) {
                try {
                    OptionalLong stored = positions.find(partition);
                    long from = stored.isPresent() ? stored.getAsLong() : beginning(partition);
                    consumer.seek(partition, from);
                    next.put(partition, from);
                } catch (SQLException e) {
                    throw new KafkaException("the position of " + partition + " could not be read", e);
                }
            }
        }

        private long beginning(TopicPartition partition) throws SQLException {
            long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            positions.begin(partition, beginning);
            return beginning;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(next::remove);
        }
    }
}
