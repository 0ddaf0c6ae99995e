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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;

/** The oldest rows of the outbox, on their way: read, sent, waited for, deleted. */
final class OutboxBatch {
    private static final String READ =
            "SELECT id, topic, partition, key, headers, payload FROM outbox ORDER BY id LIMIT ?";
    private static final JsonReader HEADERS = new JsonReader(64 * 1024, 2);
    private static final int PATIENCE_SECONDS = 2;

    private final Connection connection;
    private final List<Long> ids = new ArrayList<>();
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();

    private OutboxBatch(Connection connection) {
        this.connection = connection;
    }

    static OutboxBatch read(Connection connection, int limit) throws SQLException {
        OutboxBatch batch = new OutboxBatch(connection);
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setInt(1, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    batch.ids.add(rows.getLong("id"));
                    batch.records.add(message(rows));
                }
            }
        }
        return batch;
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

    int size() {
        return ids.size();
    }

    /**
     * Sends all and waits until Kafka has all of them.
     *
     * @return false when {@code running} ended first
     * @throws KafkaException when Kafka refused one; nothing is then deleted
     * @throws SQLException when the session, and with it the leadership, is gone
     */
    boolean send(Producer<String, byte[]> producer, BooleanSupplier running) throws InterruptedException, SQLException {
        List<Future<RecordMetadata>> underway = new ArrayList<>(records.size());
        for (ProducerRecord<String, byte[]> message : records) {
            underway.add(producer.send(message));
        }
        for (Future<RecordMetadata> acknowledgement : underway) {
            while (!isAcknowledged(acknowledgement)) {
                if (!running.getAsBoolean()) {
                    return false;
                }
                if (!connection.isValid(PATIENCE_SECONDS)) {
                    throw new SQLException("the outbox's session was lost while Kafka was waited for");
                }
            }
        }
        return true;
    }

    private static boolean isAcknowledged(Future<RecordMetadata> acknowledgement) throws InterruptedException {
        try {
            acknowledgement.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka refused a record of the outbox", e.getCause());
        }
    }

    void delete() throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ANY(?)")) {
            delete.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            delete.executeUpdate();
        }
    }
}
