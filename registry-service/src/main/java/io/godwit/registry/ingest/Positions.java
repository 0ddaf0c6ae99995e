package io.godwit.registry.ingest;

import io.godwit.kit.tenancy.TenantTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** How far partitions were read. Whoever moves one must find it where it left it: otherwise another process owns it now. */
final class Positions {
    private final TenantTransaction transactions;

    Positions(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** Another process has taken the partition over; what was being done for it is void. */
    static final class PartitionLostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PartitionLostException(TopicPartition partition) {
            super("another process owns " + partition + " now");
        }
    }

    /** Where reading goes on; empty when it never began. */
    OptionalLong find(TopicPartition partition) throws SQLException {
        return transactions.asPlatform(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT next_offset FROM ingest_position WHERE topic = ? AND partition = ?")) {
                select.setString(1, partition.topic());
                select.setInt(2, partition.partition());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
                }
            }
        });
    }

    /** Begins at that offset. */
    void begin(TopicPartition partition, long offset) throws SQLException {
        transactions.asPlatform(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO ingest_position (topic, partition, next_offset) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, partition.topic());
                insert.setInt(2, partition.partition());
                insert.setLong(3, offset);
                return insert.executeUpdate();
            }
        });
    }

    /** Holds the position where it is until the transaction ends. */
    static void hold(Connection connection, TopicPartition partition, long expected) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM ingest_position" + " WHERE next_offset = ? AND topic = ? AND partition = ? FOR SHARE")) {
            select.setLong(1, expected);
            select.setString(2, partition.topic());
            select.setInt(3, partition.partition());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new PartitionLostException(partition);
                }
            }
        }
    }

    /** Moves the position on. */
    static void move(Connection connection, TopicPartition partition, long expected, long next) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE ingest_position SET next_offset = ?"
                + " WHERE next_offset = ? AND topic = ? AND partition = ?")) {
            update.setLong(1, next);
            update.setLong(2, expected);
            update.setString(3, partition.topic());
            update.setInt(4, partition.partition());
            if (update.executeUpdate() != 1) {
                throw new PartitionLostException(partition);
            }
        }
    }
}
