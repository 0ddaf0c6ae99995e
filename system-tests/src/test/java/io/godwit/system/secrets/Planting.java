package io.godwit.system.secrets;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.local.access.MqttAccess;
import io.godwit.local.postgres.Database;
import io.godwit.protocol.Octets;
import io.godwit.protocol.kafka.TopicSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts a secret where none may be, in another form each time, and takes away again what can be taken away. */
public final class Planting implements AutoCloseable {
    private final Installation installation;
    private final FullRun run;
    private final Octets secret;
    private final Path log;
    /** A new one each time: what was deleted is there for a while. */
    private final String topic = new TopicSet("secrets-scan-" + Long.toString(System.nanoTime(), 36)).deadLetter();

    public Planting(Installation installation, FullRun run, Octets secret) {
        this.installation = installation;
        this.run = run;
        this.secret = secret;
        this.log = installation.home().resolve("logs").resolve("secrets-scan.log");
    }

    /** In all kinds of place. */
    public void plant() throws Exception {
        inRecords();
        for (Database database : Database.values()) {
            inRow(database);
        }
        Files.writeString(log, "INFO [io.godwit] A card was refused. k=" + Arrays.toString(secret.toBytes()) + "\n");
        // By the product itself: who calls a group so finds it in records, rows, audit and answers.
        run.registry().putGroup(secret.toHex(), null);
        inMessage();
    }

    private void inRecords() throws ExecutionException, InterruptedException {
        Map<String, Object> client =
                new HashMap<>(installation.platform().kafka().clientProperties());
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            producer.send(record(utf8("{\"k\":\"" + secret.toHex() + "\"}"), "value"))
                    .get();
            ProducerRecord<byte[], byte[]> header = record(new byte[0], "x");
            header.headers().add("reason", utf8(secret.toBase64()));
            producer.send(header).get();
            producer.send(new ProducerRecord<>(topic, secret.toBytes(), new byte[0]))
                    .get();
        }
    }

    private ProducerRecord<byte[], byte[]> record(byte[] value, String key) {
        return new ProducerRecord<>(topic, utf8(key), value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void inRow(Database database) throws SQLException {
        try (Connection connection = run.rows(database).connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS secrets_scan");
                statement.execute("CREATE TABLE secrets_scan (as_text text, as_octets bytea, as_json jsonb)");
            }
            try (PreparedStatement row =
                    connection.prepareStatement("INSERT INTO secrets_scan VALUES (?, ?, ?::jsonb)")) {
                row.setString(1, "k: " + secret.toHex().toUpperCase(Locale.ROOT));
                row.setBytes(2, Octets.utf8("..").plus(secret).toBytes());
                row.setString(3, "{\"k\":\"" + Octets.utf8("k").plus(secret).toBase64() + "\"}");
                row.execute();
            }
        }
    }

    /** Of a device that says what nobody understands. */
    private void inMessage() throws IOException, InterruptedException {
        SpareCard card = run.spare();
        MqttAccess broker = run.tap().access();
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .buildBlocking();
        client.connectWith()
                .simpleAuth()
                .username(card.userName())
                .password(utf8(Files.readString(card.secretFile())))
                .applySimpleAuth()
                .send();
        client.toAsync()
                .publishWith()
                .topic("To_SM-SR")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(utf8("{\"k\":\"" + secret.toHex() + "\"}"))
                .send()
                .handle((done, refused) -> done)
                .join();
        client.disconnect();
    }

    @Override
    public void close() throws IOException, SQLException {
        Files.deleteIfExists(log);
        for (Database database : Database.values()) {
            try (Connection connection = run.rows(database).connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS secrets_scan");
            }
        }
        try (Admin admin =
                Admin.create(new HashMap<>(installation.platform().kafka().clientProperties()))) {
            admin.deleteTopics(List.of(topic))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }
}
