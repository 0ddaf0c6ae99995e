package io.godwit.broker.presence;

import com.hivemq.extension.sdk.api.services.session.ClientService;
import io.godwit.broker.metrics.BridgeMetrics;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections, and knows when they are really closed: only then may a held PUBACK be let go. Has a thread of its own,
 * because whatever held closings up would let HiveMQ's time-out say a success that is none.
 */
public final class Closer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);
    private static final long RETRY_MILLIS = 200;

    private final ClientService clients;
    private final Connections connections;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "godwit-closer");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration jitter;
    private final BridgeMetrics metrics;

    public Closer(ClientService clients, Connections connections, Duration jitter, BridgeMetrics metrics) {
        this.clients = clients;
        this.connections = connections;
        this.jitter = jitter;
        this.metrics = metrics;
    }

    /** Closes the connection. */
    public void now(DeviceConnection connection, Closing why) {
        if (connection.beginClosing()) {
            close(connection, why);
        }
    }

    /** Closes the connection at a random moment within the jitter, so that a fleet does not come back all at once. */
    public void soon(DeviceConnection connection, Closing why) {
        if (connection.beginClosing()) {
            later(connection, why, ThreadLocalRandom.current().nextLong(jitter.toMillis() + 1));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Closing retries by itself.
    private void later(DeviceConnection connection, Closing why, long millis) {
        try {
            timer.schedule(() -> close(connection, why), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Left to HiveMQ, since the extension is being stopped. connection={}", connection.id());
        }
    }

    private void close(DeviceConnection connection, Closing why) {
        try {
            disconnect(connection, why);
        } catch (Throwable e) {
            LOG.error("A connection could not be closed; trying again. connection={}", connection.id(), e);
            later(connection, why, RETRY_MILLIS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What came of it is looked at where it is told.
    private void disconnect(DeviceConnection connection, Closing why) {
        if (!connections.isCurrent(connection)) {
            // Gone, or its client id belongs to a newer connection already, which must not suffer.
            connection.closed();
            return;
        }
        metrics.disconnected(why.name());
        LOG.debug(
                "Closing a connection. tenant={} nid={} connection={} reason={}",
                connection.device().tenant(),
                connection.device().nid(),
                connection.id(),
                why);
        clients.disconnectClient(connection.clientId(), true, why.reasonCode(), why.sentence())
                .whenComplete((done, fault) -> {
                    if (fault == null) {
                        connection.closed();
                    } else {
                        later(connection, why, RETRY_MILLIS);
                    }
                });
    }

    /** What is still to be closed is left to HiveMQ, which is about to take the extension away. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
