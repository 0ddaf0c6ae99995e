package io.godwit.kit.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the outbox to Kafka: one thread, and of all processes on a database one at a time, whose session holds an advisory
 * lock. Rows go in the order of their ids and are deleted after Kafka's acknowledgement; what a crash interrupts is sent
 * again, so readers must know records that they have seen.
 *
 * <p>It is woken by {@link OutboxSignal} after a commit of its own process; commits of other processes are found by looking,
 * every few milliseconds while there is traffic, every {@link #IDLE} when there is none. While Kafka or PostgreSQL is away
 * it waits, and rows stay. A topic that does not take records holds up its own rows only.
 */
public final class OutboxDispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxDispatcher.class);
    /** One number for all services: advisory locks are per database, and each service has its own. */
    private static final long LOCK = 0x676f647769746f62L;

    private static final int BATCH = 1000;
    private static final int SESSION_PATIENCE_SECONDS = 2;
    private static final Duration BUSY = Duration.ofMillis(5);
    private static final Duration IDLE = Duration.ofMillis(80);
    private static final Duration FOLLOW = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long STOP_MILLIS = 10_000;

    private final DataSource dataSource;
    private final Supplier<Producer<String, byte[]>> producers;
    private final OutboxSignal signal;
    private final Duration idle;
    private final AtomicLong sent = new AtomicLong();
    private final WithheldTopics withheld = new WithheldTopics();
    private final Thread thread = new Thread(this::run, "outbox-dispatcher");
    private volatile boolean running = true;
    private volatile boolean leading;

    /**
     * @param dataSource logs in as the dispatcher's role
     * @param producers opens a producer with {@code KafkaSettings.outboxProducer}; it is closed by the dispatcher
     */
    public OutboxDispatcher(DataSource dataSource, Supplier<Producer<String, byte[]>> producers, OutboxSignal signal) {
        this(dataSource, producers, signal, IDLE);
    }

    /** @param idle how long it waits at most, when there is no traffic, before it looks for commits of other processes */
    public OutboxDispatcher(
            DataSource dataSource, Supplier<Producer<String, byte[]>> producers, OutboxSignal signal, Duration idle) {
        this.idle = idle;
        this.dataSource = dataSource;
        this.producers = producers;
        this.signal = signal;
    }

    /** To be called once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether this process is the one that sends. */
    public boolean isLeading() {
        return leading;
    }

    /** How many records this process has sent since its start. */
    public long sent() {
        return sent.get();
    }

    private void run() {
        while (running) {
            try {
                lead();
            } catch (SQLException | KafkaException e) {
                LOG.warn("The outbox waits: its records could not be sent. cause={}", e.toString());
                pause(RETRY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) { // Nobody else would start this thread again, and nothing would leave any more.
                LOG.error("The outbox stumbled and starts again.", e);
                pause(RETRY);
            } finally {
                leading = false;
            }
        }
    }

    private void lead() throws SQLException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            if (!ask(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
                pause(FOLLOW);
                return;
            }
            leading = true;
            LOG.info("This process sends the outbox from now on.");
            try {
                dispatch(connection);
            } finally {
                LOG.info("This process does not send the outbox any more.");
                if (!connection.isClosed()) {
                    ask(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
                }
            }
        }
    }

    private void dispatch(Connection connection) throws SQLException, InterruptedException {
        Producer<String, byte[]> producer = producers.get();
        try {
            OutboxSending sending = new OutboxSending(producer, () -> isHeld(connection));
            Duration wait = BUSY;
            while (running) {
                List<OutboxRow> rows = OutboxRows.read(connection, withheld.at(System.nanoTime()), BATCH);
                if (rows.isEmpty()) {
                    Duration longer = wait.multipliedBy(2);
                    boolean heard = signal.await(wait);
                    wait = heard ? BUSY : longer.compareTo(idle) > 0 ? idle : longer;
                } else {
                    settle(connection, rows, sending.send(rows));
                    wait = BUSY;
                }
            }
        } finally {
            // At once: what is still in flight must not arrive behind what the next leader sends.
            producer.close(Duration.ZERO);
        }
    }

    private void settle(Connection connection, List<OutboxRow> rows, OutboxSending.Sent result) throws SQLException {
        OutboxRows.delete(connection, result.acknowledged());
        sent.addAndGet(result.acknowledged().size());
        for (OutboxRow row : rows) {
            if (!result.unreachable().containsKey(row.topic())) {
                withheld.reached(row.topic());
            }
        }
        result.unreachable().forEach((topic, cause) -> {
            withheld.failed(topic, System.nanoTime());
            LOG.warn("Records wait: their topic does not take them. topic={} cause={}", topic, cause.toString());
        });
        if (result.failure() != null) {
            throw result.failure();
        }
    }

    private boolean isHeld(Connection connection) throws SQLException {
        if (!connection.isValid(SESSION_PATIENCE_SECONDS)) {
            throw new SQLException("the outbox's session was lost while Kafka was waited for");
        }
        return running;
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /** Stops after the batch that is under way, or at once when Kafka does not answer. */
    @Override
    public void close() {
        running = false;
        signal.ring();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
