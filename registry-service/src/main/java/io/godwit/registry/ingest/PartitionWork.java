package io.godwit.registry.ingest;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.registry.euicc.TransportKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one poll brought of one partition: a slice for each tenant, and a last one that moves the position. */
final class PartitionWork {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWork.class);

    private final TenantTransaction transactions;
    private final TopicPartition partition;
    private final long expected;
    private final Map<TenantId, List<Inbound.OfTenant>> byTenant = new LinkedHashMap<>();
    private final List<EventRecord.TransportKey> keys = new ArrayList<>();
    private final List<OutboxRecord> deadLetters = new ArrayList<>();

    /** @param expected where this process left the position */
    PartitionWork(TenantTransaction transactions, TopicPartition partition, long expected) {
        this.transactions = transactions;
        this.partition = partition;
        this.expected = expected;
    }

    /**
     * Takes the records in.
     *
     * @return how many could not be understood
     * @throws SQLException when the database is in trouble; all may be tried again
     */
    int run(List<ConsumerRecord<String, byte[]>> records, long next) throws SQLException {
        records.stream().map(Inbound::of).forEach(this::sort);
        for (Map.Entry<TenantId, List<Inbound.OfTenant>> slice : byTenant.entrySet()) {
            apply(slice.getKey(), slice.getValue());
        }
        transactions.asPlatform(connection -> {
            for (EventRecord.TransportKey key : keys) {
                TransportKeys.put(connection, key);
            }
            Outbox.append(connection, deadLetters);
            Positions.move(connection, partition, expected, next);
            return 0;
        });
        return deadLetters.size();
    }

    private void sort(Inbound inbound) {
        if (inbound instanceof Inbound.OfTenant ofTenant) {
            byTenant.computeIfAbsent(ofTenant.tenant(), tenant -> new ArrayList<>())
                    .add(ofTenant);
        } else if (inbound instanceof Inbound.OfPlatform ofPlatform) {
            keys.add(ofPlatform.key());
        } else {
            bury(inbound, ((Inbound.Poison) inbound).reason());
        }
    }

    private void bury(Inbound inbound, String reason) {
        LOG.warn(
                "A record could not be taken and is a dead letter. reason={} topic={} partition={} offset={}",
                reason,
                inbound.source().topic(),
                inbound.source().partition(),
                inbound.source().offset());
        deadLetters.add(DeadLetter.of(inbound.source(), reason));
    }

    /** Applies a slice; when a record spoils it, halves it until that record is alone. */
    private void apply(TenantId tenant, List<Inbound.OfTenant> slice) throws SQLException {
        try {
            transactions.in(tenant, connection -> {
                Positions.hold(connection, partition, expected);
                SliceWork.apply(
                        connection,
                        tenant,
                        slice.stream().map(Inbound.OfTenant::event).toList());
                return 0;
            });
        } catch (SQLException e) {
            if (!isTheRecordsFault(e)) {
                throw e;
            }
            if (slice.size() == 1) {
                bury(slice.get(0), "SQL_" + e.getSQLState());
                return;
            }
            apply(tenant, slice.subList(0, slice.size() / 2));
            apply(tenant, slice.subList(slice.size() / 2, slice.size()));
        }
    }

    /** Class 22 is data that PostgreSQL cannot hold, class 23 data that its constraints forbid. */
    private static boolean isTheRecordsFault(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
}
