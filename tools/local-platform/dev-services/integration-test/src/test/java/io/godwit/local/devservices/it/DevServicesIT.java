package io.godwit.local.devservices.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DevServicesIT {
    @Inject
    DataSource dataSource;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Test
    void theServiceWorksAsAPlainRoleOnWhatTheOwnerHasMigrated() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO notes VALUES ('kept')");
            assertThrows(SQLException.class, () -> statement.execute("DROP TABLE notes"));
            try (ResultSet rows = statement.executeQuery(
                    "SELECT current_user, current_database(), (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) FROM notes")) {
                assertTrue(rows.next());
                assertEquals("provisioning_app", rows.getString(1));
                assertEquals("provisioning", rows.getString(2));
                assertEquals("f", rows.getString(3));
            }
        }
    }

    @Test
    void theServiceSendsAndReceivesARecord() throws Exception {
        Map<String, Object> settings = new HashMap<>(kafka);
        assertEquals("SASL_PLAINTEXT", settings.get("security.protocol"));
        TopicPartition topic = new TopicPartition("notes", 0);
        try (Admin admin = Admin.create(settings);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
                KafkaConsumer<String, String> consumer =
                        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            admin.createTopics(List.of(new NewTopic(topic.topic(), 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(topic.topic(), "kept")).get();
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            assertEquals(
                    "kept",
                    consumer.poll(Duration.ofSeconds(10)).iterator().next().value());
        }
    }
}
