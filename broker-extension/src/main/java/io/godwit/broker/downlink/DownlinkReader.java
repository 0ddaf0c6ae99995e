package io.godwit.broker.downlink;

import io.godwit.broker.identity.Readiness;
import io.godwit.broker.kafka.KafkaSettings;
import io.godwit.broker.kafka.TopicWatch.Partitions;
import io.godwit.broker.kafka.WorkerThread;
import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of every {@code to-euicc}: from its end what existed when this node first reached Kafka, from its
 * beginning what came later. No group and no commits: what was outstanding while the node was away is sent again by
 * provisioning when the device comes online.
 */
public final class DownlinkReader extends WorkerThread {
    private static final Logger LOG = LoggerFactory.getLogger(DownlinkReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Delivery delivery;
    private final Readiness readiness;
    private final Map<TopicPartition, TopicSet> owners = new HashMap<>();
    private boolean first = true;
    private volatile @Nullable Map<TopicSet, Partitions> wanted;

    public DownlinkReader(KafkaSettings settings, Delivery delivery, Readiness readiness) {
        super("godwit-downlink");
        this.consumer = new KafkaConsumer<>(
                settings.consumer("downlink"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.delivery = delivery;
        this.readiness = readiness;
    }

    /** What there is to read; from any thread. */
    public void want(Map<TopicSet, Partitions> sets) {
        wanted = Map.copyOf(sets);
    }

    @Override
    protected void round() throws InterruptedException {
        Map<TopicSet, Partitions> sets = wanted;
        if (sets != null) {
            assign(sets);
        }
        if (owners.isEmpty()) {
            Thread.sleep(POLL.toMillis());
            return;
        }
        Error error = null;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            TopicSet set = owners.get(new TopicPartition(record.topic(), record.partition()));
            try {
                if (set != null) {
                    serve(set, record);
                }
            } catch (Error e) {
                // Thrown only when those behind it have had their turn.
                error = e;
            }
        }
        if (error != null) {
            throw error;
        }
    }

    @Override
    protected void end() {
        consumer.close();
    }

    private void serve(TopicSet set, ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        DownlinkRecord read = DownlinkRecord.read(record);
        if (read instanceof DownlinkRecord.Malformed malformed) {
            LOG.error(
                    "A record for devices was not understood and is left out. topic={} partition={} offset={} fault={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    malformed.fault());
        }
        try {
            delivery.serve(set, read);
        } catch (RuntimeException e) {
            // One message must not cost those behind it in this poll.
            LOG.error(
                    "A message could not be handed to HiveMQ. topic={} partition={} offset={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e);
        }
    }

    private void assign(Map<TopicSet, Partitions> sets) {
        Set<TopicPartition> fresh = new HashSet<>();
        sets.forEach((set, partitions) -> {
            for (TopicPartition partition : partitions.toEuicc()) {
                if (owners.putIfAbsent(partition, set) == null) {
                    fresh.add(partition);
                }
            }
        });
        if (!fresh.isEmpty()) {
            position(fresh);
        }
        first = false;
        sets.keySet().forEach(readiness::downlinkPositioned);
    }

    private void position(Set<TopicPartition> fresh) {
        try {
            // Those assigned before keep their place.
            consumer.assign(owners.keySet());
            if (first) {
                consumer.seekToEnd(fresh);
            } else {
                consumer.seekToBeginning(fresh);
            }
            // Seeking is lazy, and a message that comes before the place is known would be missed.
            fresh.forEach(consumer::position);
        } catch (RuntimeException e) {
            owners.keySet().removeAll(fresh);
            throw e;
        }
    }
}
