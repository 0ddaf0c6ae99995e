package io.godwit.registry.ingest;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.registry.transport.TransportKeys;
import java.sql.Connection;
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
    private final OnTenantsRows work;
    private final Map<TenantId, List<Inbound.OfTenant>> byTenant = new LinkedHashMap<>();
    private final List<Inbound.OfPlatform> keys = new ArrayList<>();
    private final List<OutboxRecord> deadLetters = new ArrayList<>();

    /** @param expected where this process left the position */
    PartitionWork(TenantTransaction transactions, TopicPartition partition, long expected) {
        this(transactions, partition, expected, SliceWork::apply);
    }

    PartitionWork(TenantTransaction transactions, TopicPartition partition, long expected, OnTenantsRows work) {
        this.transactions = transactions;
        this.partition = partition;
        this.expected = expected;
        this.work = work;
    }

    /** What a slice's events do to the rows of their tenant. */
    @FunctionalInterface
    interface OnTenantsRows {
        void apply(Connection connection, TenantId tenant, List<EventRecord> events) throws SQLException;
    }

    /** Takes a part of the records in, in one transaction. */
    @FunctionalInterface
    private interface Taking<I extends Inbound> {
        void take(List<I> part) throws SQLException;
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
            isolate(slice.getValue(), part -> apply(slice.getKey(), part));
        }
        isolate(keys, this::put);
        transactions.asPlatform(connection -> {
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
            keys.add(ofPlatform);
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

    private void apply(TenantId tenant, List<Inbound.OfTenant> slice) throws SQLException {
        transactions.in(tenant, connection -> {
            Positions.hold(connection, partition, expected);
            work.apply(
                    connection,
                    tenant,
                    slice.stream().map(Inbound.OfTenant::event).toList());
            return 0;
        });
    }

    private void put(List<Inbound.OfPlatform> part) throws SQLException {
        transactions.asPlatform(connection -> {
            Positions.hold(connection, partition, expected);
            for (Inbound.OfPlatform inbound : part) {
                TransportKeys.put(connection, inbound.key());
            }
            return 0;
        });
    }

    /** Takes records in; when one spoils it, halves them until that one is alone, and buries it. */
    private <I extends Inbound> void isolate(List<I> part, Taking<I> taking) throws SQLException {
        if (part.isEmpty()) {
            return;
        }
        String reason;
        try {
            taking.take(part);
            return;
        } catch (Positions.PartitionLostException e) {
            throw e;
        } catch (SQLException e) {
            if (!isTheRecordsFault(e)) {
                throw e;
            }
            reason = "SQL_" + e.getSQLState();
        } catch (RuntimeException e) {
            if (isTroubleOfTheDatabase(e)) {
                throw e;
            }
            // A case that our own code did not think of; tried again for ever, it would block all behind it.
            LOG.warn("Records could not be taken. records={} partition={}", part.size(), partition, e);
            reason = e.getClass().getSimpleName();
        }
        if (part.size() == 1) {
            bury(part.get(0), reason);
            return;
        }
        isolate(part.subList(0, part.size() / 2), taking);
        isolate(part.subList(part.size() / 2, part.size()), taking);
    }

    /** A connection that broke before it was handed out, for one: what was being taken in has no part in it. */
    private static boolean isTroubleOfTheDatabase(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return !isTheRecordsFault(sql);
            }
        }
        return false;
    }

    /**
     * Class 21 is a statement that would write a row twice, class 22 data that PostgreSQL cannot hold, class 23 data that its
     * constraints forbid, class 54 data beyond its limits.
     */
    private static boolean isTheRecordsFault(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.matches("(21|22|23|54).*");
    }
}
