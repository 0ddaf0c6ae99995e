package io.godwit.kit.outbox;

import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records beside the state that they tell of.
 *
 * <p><b>Order.</b> The dispatcher sends in the order of ids. Ids are drawn when a row is written, not when it is committed,
 * so two transactions at once may commit in the other order. Records of one key keep their order because whoever writes one
 * holds the row lock of what the key names (the card, the operation, the tenant's fleet counter) until its commit: the next
 * one draws its id after that. A writer without that lock has no order.
 */
public final class Outbox {
    private static final String INSERT = "INSERT INTO outbox (tenant_id, topic, partition, key, headers, payload)"
            + " SELECT t, p, n, k, h::jsonb, o"
            + " FROM unnest(?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::bytea[])"
            + " WITH ORDINALITY AS r(t, p, n, k, h, o, i) ORDER BY i";

    private Outbox() {}

    /** As {@link #append(Connection, List)} for one record. */
    public static void append(Connection connection, OutboxRecord message) throws SQLException {
        append(connection, List.of(message));
    }

    /**
     * Writes {@code records} in one statement, in their order.
     *
     * @param connection in the transaction of the tenant that owns all of them; row level security refuses others
     */
    public static void append(Connection connection, List<OutboxRecord> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        int size = records.size();
        String[] owners = new String[size];
        String[] topics = new String[size];
        @Nullable Integer[] partitions = new @Nullable Integer[size];
        String[] keys = new String[size];
        String[] headers = new String[size];
        byte[][] payloads = new byte[size][];
        for (int i = 0; i < size; i++) {
            OutboxRecord message = records.get(i);
            owners[i] = message.owner();
            topics[i] = message.topic();
            partitions[i] = message.partition();
            keys[i] = message.key();
            headers[i] = json(message.headers());
            payloads[i] = message.payload().toBytes();
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, connection.createArrayOf("text", owners));
            insert.setArray(2, connection.createArrayOf("text", topics));
            insert.setArray(3, connection.createArrayOf("int4", partitions));
            insert.setArray(4, connection.createArrayOf("text", keys));
            insert.setArray(5, connection.createArrayOf("text", headers));
            insert.setArray(6, connection.createArrayOf("bytea", payloads));
            insert.executeUpdate();
        }
    }

    private static String json(Map<String, String> headers) {
        Json.ObjectBuilder object = Json.object();
        headers.forEach(object::put);
        return JsonWriter.write(object.build()).toUtf8();
    }
}
