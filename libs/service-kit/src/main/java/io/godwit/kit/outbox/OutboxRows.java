package io.godwit.kit.outbox;

import io.godwit.protocol.Octets;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** The table {@code outbox}, as the dispatcher sees it. */
final class OutboxRows {
    private static final String READ = "SELECT id, topic, partition, key, headers, payload FROM"
            + " (SELECT *, sum(octet_length(payload)) OVER (ORDER BY id) - octet_length(payload) AS before FROM"
            + " (SELECT id, topic, partition, key, headers, payload FROM outbox"
            + " WHERE topic <> ALL (?) ORDER BY id LIMIT ?) AS oldest) AS counted"
            + " WHERE before < ? ORDER BY id";

    /**
     * So many octets of payloads are read at once, and the row that reaches them. Half of what a producer buffers: a thousand
     * orders with a package each would be more than a process has memory.
     */
    static final int MOST_OCTETS = 16 * 1024 * 1024;

    private static final JsonReader HEADERS = new JsonReader(64 * 1024, 2);

    private OutboxRows() {}

    /**
     * The oldest rows, {@code limit} at most, and no more than {@link #MOST_OCTETS} allow.
     *
     * @param withheld topics whose rows are left where they are
     */
    static List<OutboxRow> read(Connection connection, Collection<String> withheld, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setArray(1, connection.createArrayOf("text", withheld.toArray()));
            select.setInt(2, limit);
            select.setInt(3, MOST_OCTETS);
            List<OutboxRow> read = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    read.add(new OutboxRow(rows.getLong("id"), message(rows)));
                }
            }
            return read;
        }
    }

    /** Forgets what Kafka has. */
    static void delete(Connection connection, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ANY(?)")) {
            delete.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            delete.executeUpdate();
        }
    }

    private static ProducerRecord<String, byte[]> message(ResultSet row) throws SQLException {
        int partition = row.getInt("partition");
        Integer chosen = row.wasNull() ? null : Integer.valueOf(partition);
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(row.getString("topic"), chosen, row.getString("key"), row.getBytes("payload"));
        if (HEADERS.read(Octets.utf8(row.getString("headers"))) instanceof JsonReader.Read read) {
            put(read.object().members(), message.headers());
        }
        return message;
    }

    private static void put(Map<String, Json> members, Headers headers) {
        members.forEach((name, value) -> Optional.of(value)
                .filter(Json.Str.class::isInstance)
                .map(Json.Str.class::cast)
                .ifPresent(text -> headers.add(name, text.value().getBytes(StandardCharsets.US_ASCII))));
    }
}
