package io.godwit.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxDispatcher;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.outbox.OutboxSignal;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox promises, on PostgreSQL with Kafka's own in-memory producer. */
class OutboxContract {
    private static final TenantId A = new TenantId("carrier-a");
    private static final TenantId B = new TenantId("carrier-b");

    private static TestDatabase database;

    private final List<OutboxDispatcher> dispatchers = new ArrayList<>();
    private final OutboxSignal signal = new OutboxSignal();

    @BeforeAll
    static void start() {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.execute("postgres", "TRUNCATE outbox");
    }

    @AfterEach
    void stopDispatchers() {
        dispatchers.forEach(OutboxDispatcher::close);
    }

    @Test
    void recordsOfAllTenantsGoOutInOrderAndAreForgotten() throws Exception {
        append(A, "a1", "a2");
        append(B, "b1");
        transactions().asPlatform(connection -> {
            Outbox.append(
                    connection,
                    OutboxRecord.ofPlatform("t", "/sm-sr", Octets.utf8("key")).toPartition(3));
            return 0;
        });
        MockProducer<String, byte[]> kafka = kafka();
        dispatch(kafka);

        await(() -> rows() == 0);
        assertEquals(List.of("a1", "a2", "b1", "key"), payloads(kafka));
        ProducerRecord<String, byte[]> first = kafka.history().get(0);
        assertEquals("carrier-a/n1", first.key());
        assertEquals(
                "carrier-a",
                new String(first.headers().lastHeader(RecordHeaders.TENANT).value(), StandardCharsets.US_ASCII));
        assertEquals(3, kafka.history().get(3).partition());
    }

    @Test
    void aCommitOfItsOwnProcessIsSentWithoutALook() throws Exception {
        MockProducer<String, byte[]> kafka = kafka();
        start(new OutboxDispatcher(dispatcherLogin(), () -> kafka, signal, Duration.ofHours(1)));
        append(A, "warm");
        await(() -> rows() == 0);
        // By now it waits for hours, if it waits for anything but the bell: 5 ms, 10 ms, 20 ms, ...
        Thread.sleep(700);
        append(A, "rung");
        await(() -> rows() == 0);
        assertEquals(List.of("warm", "rung"), payloads(kafka));
    }

    /** A thousand orders with a package each are more than a process has memory. */
    @Test
    void largeRecordsAreTakenAFewAtATime() throws Exception {
        int together = 16 * 1024 * 1024 / OutboxRecord.MAX_OCTETS + 1;
        Octets large = Octets.of(new byte[OutboxRecord.MAX_OCTETS]);
        transactions().in(A, connection -> {
            for (int i = 0; i <= together; i++) {
                Outbox.append(connection, OutboxRecord.of(A, "t", "carrier-a/n1", large));
            }
            return 0;
        });
        MockProducer<String, byte[]> kafka =
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        dispatch(kafka);
        await(() -> kafka.history().size() >= together);
        Thread.sleep(300);
        assertEquals(together, kafka.history().size(), "the others wait until Kafka has these");
        await(() -> {
            kafka.completeNext();
            return rows() == 0;
        });
        assertEquals(together + 1, kafka.history().size());
    }

    @Test
    void aTopicThatDoesNotTakeRecordsHoldsUpItsOwnOnly() throws Exception {
        MockProducer<String, byte[]> kafka =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
                    @Override
                    public List<PartitionInfo> partitionsFor(String topic) {
                        if (topic.equals("missing")) {
                            throw new TimeoutException("not present in metadata");
                        }
                        return super.partitionsFor(topic);
                    }
                };
        transactions().in(A, connection -> {
            Outbox.append(connection, OutboxRecord.of(A, "missing", "carrier-a/n1", Octets.utf8("waits")));
            return 0;
        });
        append(A, "1", "2");
        dispatch(kafka);
        await(() -> rows() == 1);
        append(A, "3");
        await(() -> rows() == 1);
        assertEquals(List.of("1", "2", "3"), payloads(kafka));
    }

    @Test
    void aRolledBackRecordIsNeverSent() throws Exception {
        assertThrows(
                SQLException.class,
                () -> transactions().in(A, connection -> {
                    Outbox.append(connection, message(A, "never"));
                    return connection.createStatement().execute("SELECT no_such_thing");
                }));
        append(A, "sent");
        MockProducer<String, byte[]> kafka = kafka();
        dispatch(kafka);
        await(() -> rows() == 0);
        assertEquals(List.of("sent"), payloads(kafka));
    }

    @Test
    void whileKafkaIsAwayRowsStayAndAreSentInOrderAfterwards() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        MockProducer<String, byte[]> away = kafka();
        away.sendException = new TimeoutException("no broker");
        MockProducer<String, byte[]> back = kafka();
        append(A, "1", "2", "3");
        OutboxDispatcher dispatcher =
                new OutboxDispatcher(dispatcherLogin(), () -> opened.getAndIncrement() == 0 ? away : back, signal);
        start(dispatcher);
        await(() -> opened.get() == 2);
        await(() -> rows() == 0);
        assertEquals(List.of("1", "2", "3"), payloads(back));
    }

    @Test
    void aRowIsForgottenOnlyAfterKafkasAcknowledgement() throws Exception {
        MockProducer<String, byte[]> slow =
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        append(A, "1", "2");
        dispatch(slow);
        await(() -> slow.history().size() == 2);
        assertTrue(slow.completeNext());
        Thread.sleep(100);
        assertEquals(2, rows());
        assertTrue(slow.completeNext());
        await(() -> rows() == 0);
    }

    @Test
    void onlyOneOfTwoDispatchersLeadsAndTheOtherTakesOver() throws Exception {
        MockProducer<String, byte[]> first = kafka();
        MockProducer<String, byte[]> second = kafka();
        OutboxDispatcher leader = dispatch(first);
        await(leader::isLeading);
        OutboxDispatcher follower = dispatch(second);
        append(A, "1");
        await(() -> rows() == 0);
        assertFalse(follower.isLeading());
        leader.close();
        append(A, "2");
        await(() -> rows() == 0);
        assertEquals(List.of("1"), payloads(first));
        assertEquals(List.of("2"), payloads(second));
    }

    @Test
    void aKilledSessionLosesTheLeadershipAndNoRecord() throws Exception {
        List<MockProducer<String, byte[]>> opened = new ArrayList<>();
        OutboxDispatcher dispatcher = new OutboxDispatcher(
                dispatcherLogin(),
                () -> {
                    MockProducer<String, byte[]> kafka = kafka();
                    opened.add(kafka);
                    return kafka;
                },
                signal);
        start(dispatcher);
        await(dispatcher::isLeading);
        database.execute(
                "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'kit_dispatcher'");
        append(A, "after");
        await(() -> rows() == 0);
        assertTrue(opened.get(0).closed());
        assertEquals(List.of("after"), payloads(opened.get(opened.size() - 1)));
    }

    @Test
    void theServiceMayWriteButNeverReadAndTheDispatcherSeesNothingElse() throws SQLException {
        append(A, "1");
        assertThrows(SQLException.class, () -> transactions().in(A, OutboxContract::count));
        assertThrows(SQLException.class, () -> database.execute("kit_dispatcher", "SELECT * FROM card"));
        assertThrows(
                SQLException.class,
                () -> transactions().in(A, connection -> {
                    Outbox.append(connection, message(B, "foreign"));
                    return 0;
                }));
    }

    @Test
    void anOversizePayloadIsRefusedBeforeItCouldBlockTheQueue() {
        Octets large = Octets.of(new byte[OutboxRecord.MAX_OCTETS + 1]);
        assertThrows(IllegalArgumentException.class, () -> OutboxRecord.of(A, "t", "k", large));
    }

    private TenantTransaction transactions() {
        return new TenantTransaction(database.as("kit_app"), signal::ring);
    }

    private static OutboxRecord message(TenantId tenant, String text) {
        return OutboxRecord.of(tenant, "t", tenant + "/n1", Octets.utf8(text));
    }

    private void append(TenantId tenant, String... texts) throws SQLException {
        transactions().in(tenant, connection -> {
            Outbox.append(
                    connection,
                    List.of(texts).stream().map(text -> message(tenant, text)).toList());
            return 0;
        });
    }

    private static javax.sql.DataSource dispatcherLogin() {
        return database.as("kit_dispatcher");
    }

    private OutboxDispatcher dispatch(Producer<String, byte[]> kafka) {
        return start(new OutboxDispatcher(dispatcherLogin(), () -> kafka, signal));
    }

    private OutboxDispatcher start(OutboxDispatcher dispatcher) {
        dispatchers.add(dispatcher);
        dispatcher.start();
        return dispatcher;
    }

    private static MockProducer<String, byte[]> kafka() {
        return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    private static List<String> payloads(MockProducer<String, byte[]> kafka) {
        return kafka.history().stream()
                .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static int rows() {
        try (Connection connection = database.as("postgres").getConnection()) {
            return count(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM outbox")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited 15 seconds in vain");
            Thread.sleep(1);
        }
    }
}
