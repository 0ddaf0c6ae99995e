package io.godwit.registry.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.registry.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Of two processes that believe they own a partition, one finds out in its transaction. */
@QuarkusTest
@WithTestResource(value = TestTokens.class, scope = TestResourceScope.GLOBAL)
class PartitionWorkIT {
    private static final TenantId TENANT = new TenantId("partition-work");

    @Inject
    TenantTransaction transactions;

    @Test
    void whoeverFindsThePositionMovedDropsItsWork() throws SQLException {
        TopicPartition partition = new TopicPartition("godwit.test.events", 0);
        Positions positions = new Positions(transactions);
        positions.begin(partition, 5);
        positions.begin(partition, 7);
        assertEquals(OptionalLong.of(5), positions.find(partition), "a position begins once");

        assertEquals(0, new PartitionWork(transactions, partition, 5).run(List.of(key(partition, "first")), 6));
        PartitionWork late = new PartitionWork(transactions, partition, 5);
        assertThrows(Positions.PartitionLostException.class, () -> late.run(List.of(key(partition, "second")), 6));
        assertEquals(OptionalLong.of(6), positions.find(partition));
        assertEquals(1, keys("first"));
        assertEquals(0, keys("second"));
    }

    @Test
    void aRecordThatCannotBeTakenIsPutAsideWhateverItBreaks() throws SQLException {
        // A partition that no loop reads, of a topic set whose dead letters can leave.
        TopicPartition partition = new TopicPartition(TopicSet.SHARED.events(), 99);
        new Positions(transactions).begin(partition, 5);
        ConsumerRecord<String, byte[]> nobodys = presence(partition, 1);
        nobodys.headers().remove(RecordHeaders.TENANT).add(RecordHeaders.TENANT, null);
        EventRecord endOfTime = new EventRecord.TransportKey(
                Instant.MAX, "test", "never", Json.object().build());
        ConsumerRecord<String, byte[]> never = new ConsumerRecord<>(
                partition.topic(), 99, 6, endOfTime.key(), endOfTime.encode().toBytes());

        PartitionWork work = new PartitionWork(transactions, partition, 5);
        assertEquals(2, work.run(List.of(nobodys, never, key(partition, "third")), 8));
        assertEquals(OptionalLong.of(8), new Positions(transactions).find(partition));
        assertEquals(1, keys("third"));
    }

    @Test
    void aRecordThatBreaksTheWorkOnItsTenantsRowsIsFoundByHalving() throws SQLException {
        TopicPartition partition = new TopicPartition(TopicSet.SHARED.events(), 98);
        new Positions(transactions).begin(partition, 1);
        Set<Long> applied = new TreeSet<>();
        PartitionWork work = new PartitionWork(transactions, partition, 1, (connection, tenant, events) -> {
            List<Long> sequences = events.stream()
                    .map(event -> ((EventRecord.OfCard) event).sequence())
                    .toList();
            if (sequences.contains(4L)) {
                throw new IllegalStateException("a case that nobody thought of");
            }
            applied.addAll(sequences);
        });
        assertEquals(
                1,
                work.run(
                        LongStream.rangeClosed(1, 7)
                                .mapToObj(sequence -> presence(partition, sequence))
                                .toList(),
                        8));
        assertEquals(Set.of(1L, 2L, 3L, 5L, 6L, 7L), applied);
        assertEquals(OptionalLong.of(8), new Positions(transactions).find(partition));
    }

    @Test
    void aDatabaseInTroubleIsNoFaultOfItsRecordsHoweverItIsTold() throws SQLException {
        TopicPartition partition = new TopicPartition(TopicSet.SHARED.events(), 96);
        new Positions(transactions).begin(partition, 1);
        PartitionWork work = new PartitionWork(transactions, partition, 1, (connection, tenant, events) -> {
            throw new IllegalStateException("no connection", new SQLException("it is gone", "08006"));
        });
        assertThrows(
                IllegalStateException.class,
                () -> work.run(List.of(presence(partition, 1), presence(partition, 2)), 3));
        assertEquals(OptionalLong.of(1), new Positions(transactions).find(partition));
    }

    @Test
    void aLostPartitionIsNoFaultOfItsRecords() throws SQLException {
        TopicPartition partition = new TopicPartition(TopicSet.SHARED.events(), 97);
        new Positions(transactions).begin(partition, 2);
        PartitionWork late = new PartitionWork(transactions, partition, 1);
        assertThrows(
                Positions.PartitionLostException.class,
                () -> late.run(List.of(presence(partition, 1), presence(partition, 2)), 3));
    }

    private static ConsumerRecord<String, byte[]> presence(TopicPartition partition, long sequence) {
        EventRecord event = new EventRecord.Presence(Instant.now(), TENANT, new Nid("n1"), sequence, true);
        ConsumerRecord<String, byte[]> message = new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                sequence,
                event.key(),
                event.encode().toBytes());
        message.headers().add(RecordHeaders.TENANT, TENANT.value().getBytes(StandardCharsets.US_ASCII));
        return message;
    }

    private int keys(String id) throws SQLException {
        return transactions.asPlatform(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT count(*) FROM transport_key WHERE role = 'test' AND key_id = ?")) {
                select.setString(1, id);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    private static ConsumerRecord<String, byte[]> key(TopicPartition partition, String id) {
        EventRecord event = new EventRecord.TransportKey(
                Instant.now(), "test", id, Json.object().build());
        return new ConsumerRecord<>(
                partition.topic(), 0, 5, event.key(), event.encode().toBytes());
    }
}
