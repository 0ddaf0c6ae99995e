package io.godwit.provisioning.intake;

import io.godwit.provisioning.keys.UnwrapException;
import io.godwit.provisioning.postgres.ClaimTable.Advance;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll loop, one thread: it reads {@code to-sm-sr}, {@code orders} and {@code fleet} of all topic sets. Where to read
 * on stands in PostgreSQL, next to the state; what Kafka knows of it is for its lag display only.
 */
public final class Intake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Pattern TOPICS = Pattern.compile("godwit\\.[a-z][a-z0-9-]*\\.(to-sm-sr|orders|fleet)");
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(10);
    /** After so long without a sign of life it does not count as reading. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration LISTENING = Duration.ofSeconds(1);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Circumstances circumstances;
    private final Poll poll;
    private final Claims claims;
    private final Thread thread = new Thread(this::run, "intake");
    private volatile boolean running = true;
    private volatile long lastPoll;
    private volatile long lastHeard;
    private volatile boolean assigned;

    /**
     * @param consumers opens a consumer of the service's group; it is closed by the intake
     * @param owner the name of this process, never used by another one
     */
    public Intake(
            Supplier<Consumer<String, byte[]>> consumers,
            Circumstances circumstances,
            OrderSettings settings,
            Downlink downlink,
            NodeRestarts restarts,
            String owner) {
        this.consumers = consumers;
        this.circumstances = circumstances;
        this.poll = new Poll(circumstances, settings, downlink, restarts, owner);
        this.claims = new Claims(circumstances.transactions(), owner);
    }

    /** To be called once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it reads: it has polled and heard from Kafka within the last seconds, and the service's topics are there. */
    public boolean isReading() {
        return thread.isAlive()
                && assigned
                && System.nanoTime() - lastPoll < SILENCE.toNanos()
                && System.nanoTime() - lastHeard < SILENCE.toNanos();
    }

    private void run() {
        while (running) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                consumer.subscribe(TOPICS, new Rebalancing(consumer));
                while (running) {
                    step(consumer);
                }
            } catch (WakeupException e) {
                LOG.debug("The intake was woken to stop.");
            } catch (KafkaException e) {
                LOG.warn("The intake lost Kafka and connects again. cause={}", e.toString());
                pause();
            } catch (Throwable e) { // Nobody else would start this thread again, and nothing would be read any more.
                LOG.error("The intake stumbled and starts again.", e);
                pause();
            }
        }
    }

    private void step(Consumer<String, byte[]> consumer) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        lastPoll = System.nanoTime();
        // Not at every poll: a busy one has hundreds a second, and the client has more than a hundred metrics.
        if (lastPoll - lastHeard > LISTENING.toNanos() && hearsKafka(consumer)) {
            lastHeard = lastPoll;
        }
        assigned = assigned || !consumer.assignment().isEmpty();
        try {
            claims.retry(consumer);
            if (!records.isEmpty()) {
                take(consumer, records);
            }
        } catch (PartitionLostException e) {
            circumstances.meters().partitionLost();
            LOG.warn("A partition has another owner; what was read of it is dropped.");
            recover(consumer);
        } catch (SQLException | UnwrapException e) {
            LOG.warn("The intake waits: the state cannot be written. cause={}", e.toString());
            pause();
            recover(consumer);
        }
    }

    /** A poll without Kafka is an empty one, and no error: only the group's heartbeat tells. */
    private static boolean hearsKafka(Consumer<String, byte[]> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .map(Metric::metricValue)
                .anyMatch(age -> age instanceof Number seconds
                        && seconds.doubleValue() >= 0
                        && seconds.doubleValue() < SILENCE.toSeconds());
    }

    private void take(Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) throws SQLException {
        List<Inbound> inbound = new ArrayList<>(records.count());
        List<Advance> advances = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            Long from = claims.next(partition);
            if (from == null) {
                continue;
            }
            long to = from;
            if (records.records(partition).get(0).offset() < from) {
                LOG.error(
                        "Kafka's log is shorter than what was read of it, as if the topic had been made anew; its records are skipped until it is as long again. partition={} next={}",
                        partition,
                        from);
                circumstances.meters().logTooShort();
            }
            for (ConsumerRecord<String, byte[]> source : records.records(partition)) {
                if (source.offset() >= from) {
                    inbound.add(InboundReader.read(source));
                    to = source.offset() + 1;
                }
            }
            if (to > from) {
                advances.add(new Advance(partition, from, to, readTo(consumer, partition, records)));
                ends.put(partition, new OffsetAndMetadata(to));
            }
        }
        if (advances.isEmpty()) {
            return;
        }
        poll.take(inbound, advances);
        advances.forEach(claims::advanced);
        consumer.commitAsync(ends, (offsets, failure) -> {
            if (failure != null) {
                LOG.debug("Kafka was not told how far we are. cause={}", failure.toString());
            }
        });
    }

    /** When the last of these records had come, if there are more behind it. */
    private static @Nullable Instant readTo(
            Consumer<String, byte[]> consumer, TopicPartition partition, ConsumerRecords<String, byte[]> records) {
        if (consumer.currentLag(partition).orElse(0) == 0) {
            return null;
        }
        List<ConsumerRecord<String, byte[]>> read = records.records(partition);
        return Instant.ofEpochMilli(read.get(read.size() - 1).timestamp());
    }

    /** Whatever was in hand is read again from where the database says, or is somebody else's. */
    private void recover(Consumer<String, byte[]> consumer) {
        while (running) {
            try {
                claims.recover(consumer);
                return;
            } catch (SQLException e) {
                LOG.warn("The intake waits for the database. cause={}", e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Rebalancing implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;

        Rebalancing(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("Partitions were assigned. count={}", partitions.size());
            claims.assigned(consumer, partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            claims.forget(partitions);
        }
    }
}
