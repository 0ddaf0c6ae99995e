package io.godwit.provisioning.postgres;

import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Who reads which partition, up to where: the tables {@code partition_claim} and {@code seen}. Kafka says who should read;
 * this table says who may write. A reader that has lost a partition and does not know it yet finds another owner here, and
 * its transaction does not commit.
 */
public final class ClaimTable {

    private ClaimTable() {}

    /**
     * Takes the partition over, whoever had it; waits for a transaction of theirs that is under way.
     *
     * @return the next offset; -1 when nobody has ever read the partition
     */
    public static long claim(Connection connection, TopicPartition partition, String owner) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO partition_claim AS c (topic, partition, owner, next_offset)"
                        + " VALUES (?, ?, ?, -1) ON CONFLICT (topic, partition) DO UPDATE SET owner = excluded.owner"
                        + " RETURNING c.next_offset")) {
            upsert.setString(1, partition.topic());
            upsert.setInt(2, partition.partition());
            upsert.setString(3, owner);
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Whether all of them are still the owner's; nobody takes one over before this transaction ends. */
    public static boolean holds(Connection connection, Collection<TopicPartition> partitions, String owner)
            throws SQLException {
        return held(connection, partitions, owner).size() == partitions.size();
    }

    /** Which of these are still the owner's, with their next offsets; -1 where nobody has ever read. */
    public static Map<TopicPartition, Long> held(
            Connection connection, Collection<TopicPartition> partitions, String owner) throws SQLException {
        Bulk bulk = new Bulk("text", "int4");
        partitions.forEach(partition -> bulk.add(partition.topic(), partition.partition()));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT topic, partition, next_offset FROM partition_claim c WHERE c.owner = ?"
                        + " AND (c.topic, c.partition) IN (SELECT * FROM " + bulk.unnest() + ") FOR SHARE")) {
            select.setString(1, owner);
            bulk.bind(connection, select, 2);
            return offsets(select);
        }
    }

    /**
     * An advance of one partition: from the offset that we believe to be the next one, to the one that will be.
     *
     * @param readTo when the last of the records had come, if others wait behind it; {@code null}: none does
     */
    public record Advance(
            TopicPartition partition,
            long from,
            long to,
            @Nullable Instant readTo) {
        /** To the end of what there is. */
        public Advance(TopicPartition partition, long from, long to) {
            this(partition, from, to, null);
        }
    }

    /**
     * Moves the next offsets, each only if it is what we believe it to be and the partition is the owner's.
     *
     * @return whether all of them moved; if not, the transaction must not commit
     */
    public static boolean advance(Connection connection, Collection<Advance> advances, String owner)
            throws SQLException {
        Bulk bulk = new Bulk("text", "int4", "int8", "int8", "timestamptz");
        advances.forEach(advance -> bulk.add(
                advance.partition().topic(),
                advance.partition().partition(),
                advance.from(),
                advance.to(),
                Columns.text(advance.readTo())));
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE partition_claim c SET next_offset = u.n, read_to = u.r FROM "
                        + bulk.unnest()
                        + " AS u(t, p, f, n, r) WHERE c.topic = u.t AND c.partition = u.p AND c.owner = ?"
                        + " AND c.next_offset IN (u.f, -1)")) {
            bulk.bind(connection, update, 1);
            update.setString(6, owner);
            return update.executeUpdate() == advances.size();
        }
    }

    /** Up to what time all records of the topic were read; empty: none waits, as far as readers know. */
    public static Optional<Instant> readTo(Connection connection, String topic) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT min(read_to) AS read_to FROM partition_claim WHERE topic = ?")) {
            select.setString(1, topic);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Optional.ofNullable(Columns.findInstant(row, "read_to"));
            }
        }
    }

    /** Up to where the tenant's records of each partition are in the state already. */
    public static Map<TopicPartition, Long> seen(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT topic, partition, next_offset FROM seen WHERE tenant_id = ?")) {
            select.setString(1, tenant.value());
            return offsets(select);
        }
    }

    /** Remembers that the tenant's records before these offsets are in the state. */
    public static void putSeen(Connection connection, TenantId tenant, Map<TopicPartition, Long> next)
            throws SQLException {
        Bulk bulk = new Bulk("text", "int4", "int8");
        next.forEach((partition, offset) -> bulk.add(partition.topic(), partition.partition(), offset));
        if (bulk.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO seen (tenant_id, topic, partition, next_offset) SELECT ?, u.* FROM " + bulk.unnest()
                        + " AS u ON CONFLICT (tenant_id, topic, partition)"
                        + " DO UPDATE SET next_offset = excluded.next_offset")) {
            upsert.setString(1, tenant.value());
            bulk.bind(connection, upsert, 2);
            upsert.executeUpdate();
        }
    }

    private static Map<TopicPartition, Long> offsets(PreparedStatement select) throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                offsets.put(new TopicPartition(Columns.text(rows, "topic"), rows.getInt(2)), rows.getLong(3));
            }
        }
        return offsets;
    }
}
