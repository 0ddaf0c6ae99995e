package io.godwit.provisioning.intake;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.provisioning.postgres.ClaimTable;
import io.godwit.provisioning.postgres.ClaimTable.Advance;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions this process holds by the database's word, and where it reads on. One that Kafka has given to us and
 * the database has not is left alone for a while, and then claimed once more: its other owner may be one that does not
 * know yet that it has lost it.
 */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final long AGAIN_NANOS = Duration.ofSeconds(3).toNanos();

    private final TenantTransaction transactions;
    private final String owner;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> without = new HashMap<>();

    Claims(TenantTransaction transactions, String owner) {
        this.transactions = transactions;
        this.owner = owner;
    }

    /** The next offset of a partition that we hold, -1 before the first; {@code null} when we do not hold it. */
    @Nullable
    Long next(TopicPartition partition) {
        return next.get(partition);
    }

    void advanced(Advance advance) {
        next.put(advance.partition(), advance.to());
    }

    /** Kafka has given us these. */
    void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            try {
                claim(consumer, partition);
            } catch (SQLException e) {
                LOG.warn("A partition could not be claimed yet. partition={} cause={}", partition, e.toString());
                without.put(partition, System.nanoTime());
            }
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(next::remove);
        partitions.forEach(without::remove);
    }

    /** Claims what Kafka gave us some seconds ago and we still do not hold. */
    void retry(Consumer<?, ?> consumer) throws SQLException {
        for (TopicPartition partition : List.copyOf(without.keySet())) {
            Long since = without.get(partition);
            if (since != null && System.nanoTime() - since > AGAIN_NANOS) {
                claim(consumer, partition);
            }
        }
    }

    /** After a failure: asks what we still hold, and reads on where the database says. */
    void recover(Consumer<?, ?> consumer) throws SQLException {
        Set<TopicPartition> assignment = consumer.assignment();
        if (assignment.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> held =
                transactions.asPlatform(connection -> ClaimTable.held(connection, assignment, owner));
        for (TopicPartition partition : assignment) {
            Long offset = held.get(partition);
            if (offset == null) {
                next.remove(partition);
                without.putIfAbsent(partition, System.nanoTime());
            } else {
                hold(consumer, partition, offset);
            }
        }
    }

    private void claim(Consumer<?, ?> consumer, TopicPartition partition) throws SQLException {
        long offset = transactions.asPlatform(connection -> ClaimTable.claim(connection, partition, owner));
        hold(consumer, partition, offset);
    }

    private void hold(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
        next.put(partition, offset);
        without.remove(partition);
        if (offset < 0) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, offset);
        }
    }
}
