package io.godwit.registry.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EventRecord;
import io.godwit.registry.TestTokens;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Of two processes that believe they own a partition, one finds out in its transaction. */
@QuarkusTest
@WithTestResource(value = TestTokens.class, scope = TestResourceScope.GLOBAL)
class PartitionWorkIT {
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
