package io.godwit.registry.ingest;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.registry.announce.TopicSets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer's life: which topics it reads, where it goes on, and what it does with a poll. */
final class EventReading implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventReading.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long LOOK_FOR_SETS_NANOS = Duration.ofSeconds(2).toNanos();

    private final Consumer<String, byte[]> consumer;
    private final TenantTransaction transactions;
    private final Positions positions;
    private final TopicSets topicSets;
    private final EventLoop loop;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private List<String> topics = List.of();
    private long lookedForSets;

    EventReading(
            Consumer<String, byte[]> consumer, TenantTransaction transactions, TopicSets topicSets, EventLoop loop) {
        this.consumer = consumer;
        this.transactions = transactions;
        this.positions = new Positions(transactions);
        this.topicSets = topicSets;
        this.loop = loop;
    }

    void run() throws SQLException {
        while (loop.isRunning()) {
            subscribe();
            if (topics.isEmpty()) {
                EventLoop.pause();
                continue;
            }
            ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
            loop.polled();
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
        loop.taken(records.size(), buried);
        consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(after)), null);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        LOG.info("Partitions were assigned. count={}", assigned.size());
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
