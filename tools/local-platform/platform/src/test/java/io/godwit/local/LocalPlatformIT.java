package io.godwit.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.godwit.local.access.Credentials;
import io.godwit.local.access.DatabaseAccess;
import io.godwit.local.access.PlatformException;
import io.godwit.local.hivemq.BrokerExtension;
import io.godwit.local.postgres.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One life of a platform, from the first start to the last stop. The order matters: each step finds what the one before has left. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LocalPlatformIT {
    private static final TopicPartition TOPIC = new TopicPartition("kept", 0);

    @TempDir
    static Path folder;

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform =
                LocalPlatform.open(PlatformSettings.in(folder.resolve("home")).owned());
        assertTrue(platform.status().down());
        StartOutcome outcome = platform.start();
        assertInstanceOf(StartOutcome.Started.class, outcome);
        assertTrue(outcome.status().up(), () -> outcome.status().toString());
        platform.usage().forEach(System.out::println);
    }

    @AfterAll
    static void stop() {
        platform.close();
        assertTrue(platform.status().down());
    }

    @Test
    @Order(1)
    void aSecondStartSaysThatItIsUp() {
        LocalPlatform other = LocalPlatform.open(PlatformSettings.in(folder.resolve("home")));
        assertInstanceOf(StartOutcome.AlreadyUp.class, other.start());
        assertEquals(platform.mqtt(), other.mqtt());
        LocalPlatform part =
                LocalPlatform.open(PlatformSettings.in(folder.resolve("home")).with(Part.POSTGRES));
        assertEquals(3, part.status().components().size());
        assertTrue(part.status().up());
    }

    @Test
    @Order(2)
    void theServiceLogsInAsAPlainRoleAndOnlyInItsOwnDatabase() throws SQLException {
        DatabaseAccess registry = platform.database(Database.REGISTRY);
        DatabaseAccess provisioning = platform.database(Database.PROVISIONING);
        assertEquals(
                "registry_app f f",
                value(
                        registry,
                        registry.application(),
                        "SELECT rolname || ' ' || rolsuper::text::char(1) || ' ' || rolbypassrls::text::char(1) FROM pg_roles WHERE rolname = current_user"));
        assertThrows(
                SQLException.class,
                () -> connect(provisioning, registry.application()).close());
        assertThrows(
                SQLException.class,
                () -> connect(registry, new Credentials(registry.application().user(), "guessed"))
                        .close());
        assertEquals(
                "on on on",
                value(
                        registry,
                        registry.dispatcher(),
                        "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit') || ' ' || current_setting('full_page_writes')"));
    }

    @Test
    @Order(3)
    void theOwnerMigratesAndTheServiceHasWhatItWasGranted() throws SQLException {
        DatabaseAccess registry = platform.database(Database.REGISTRY);
        try (Connection owner = connect(registry, registry.owner());
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE kept (note text); GRANT SELECT, INSERT ON kept TO registry_app");
        }
        try (Connection service = connect(registry, registry.application());
                Statement statement = service.createStatement()) {
            statement.execute("INSERT INTO kept VALUES ('before')");
            assertThrows(SQLException.class, () -> statement.execute("CREATE TABLE foreign_to_it (x int)"));
        }
    }

    @Test
    @Order(4)
    void kafkaServesWhoKnowsThePasswordAndNobodyElse() throws Exception {
        try (Admin admin = Admin.create(kafkaSettings())) {
            admin.createTopics(List.of(new NewTopic(TOPIC.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        send("before");
        assertEquals(List.of("before"), records());
        Map<String, Object> anonymous = new HashMap<>(Map.of(
                "bootstrap.servers", platform.kafka().bootstrapServers(),
                "default.api.timeout.ms", 3_000,
                "request.timeout.ms", 3_000));
        try (Admin admin = Admin.create(anonymous)) {
            assertThrows(
                    ExecutionException.class, () -> admin.listTopics().names().get());
        }
    }

    @Test
    @Order(5)
    void aBrokerWithoutExtensionLetsNobodyIn() {
        var client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost(platform.mqtt().host())
                .serverPort(platform.mqtt().port())
                .buildBlocking();
        assertThrows(Mqtt5ConnAckException.class, client::connect);
    }

    @Test
    @Order(6)
    void whatWasKilledIsSeenAsDownAndComesBackWithItsData() throws Exception {
        for (Part part : Part.values()) {
            platform.kill(part.component());
            assertTrue(
                    platform.status().components().contains(new ComponentStatus.Down(part.component())),
                    part.component());
            platform.restart(part.component());
            assertTrue(platform.status().up(), part.component());
        }
        requireKept();
    }

    @Test
    @Order(7)
    void aBrokerIsNotStoppedForAnExtensionThatIsNotBuilt() {
        LocalPlatform other = LocalPlatform.open(PlatformSettings.in(folder.resolve("home")));
        other.use(new BrokerExtension(folder.resolve("missing.zip"), Map.of()));
        PlatformException problem = assertThrows(PlatformException.class, () -> other.restart("hivemq"));
        assertTrue(problem.remedy().contains("mvn package"), problem.getMessage());
        assertTrue(platform.status().up());
    }

    @Test
    @Order(8)
    void everythingStopsAndStartsAgainWithItsDataAndPorts() throws Exception {
        String mqtt = platform.mqtt().toString();
        assertEquals(3, platform.stop().size());
        assertTrue(platform.status().down());
        assertFalse(platform.start().status().down());
        assertEquals(mqtt, platform.mqtt().toString());
        requireKept();
    }

    private static void requireKept() throws Exception {
        DatabaseAccess registry = platform.database(Database.REGISTRY);
        assertEquals("before", value(registry, registry.application(), "SELECT note FROM kept"));
        assertEquals(List.of("before"), records());
    }

    private static void send(String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafkaSettings(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC.topic(), value)).get();
        }
    }

    private static List<String> records() {
        List<String> found = new java.util.ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafkaSettings(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            long end = consumer.endOffsets(List.of(TOPIC)).getOrDefault(TOPIC, 0L);
            while (consumer.position(TOPIC) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
            }
        }
        return found;
    }

    private static Map<String, Object> kafkaSettings() {
        return new HashMap<>(platform.kafka().clientProperties());
    }

    private static Connection connect(DatabaseAccess database, Credentials who) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), who.user(), who.password());
    }

    private static String value(DatabaseAccess database, Credentials who, String query) throws SQLException {
        try (Connection connection = connect(database, who);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }
}
