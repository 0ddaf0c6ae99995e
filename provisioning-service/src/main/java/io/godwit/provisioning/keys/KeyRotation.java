package io.godwit.provisioning.keys;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.provisioning.postgres.AgeingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces keys whose time is over, and learns of those that others have replaced. Every process does it. */
public final class KeyRotation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final int CHUNK = 500;
    /** Somebody else holds the lock that was waited for. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final TenantTransaction transactions;
    private final DataSource dispatcher;
    private final List<TransportKeyRing> transportKeys;
    private final List<DataKeyRotation> dataKeys;
    private final RotationSettings settings;
    private final Thread thread = new Thread(this::run, "key-rotation");
    private volatile boolean running = true;

    /** @param dispatcher logs in as the role that sees whose keys are old */
    public KeyRotation(
            TenantTransaction transactions,
            DataSource dispatcher,
            List<TransportKeyRing> transportKeys,
            List<TenantKeys> tenantKeys,
            RotationSettings settings) {
        this.transactions = transactions;
        this.dispatcher = dispatcher;
        this.transportKeys = List.copyOf(transportKeys);
        this.dataKeys = tenantKeys.stream()
                .map(keys -> new DataKeyRotation(transactions, keys, CHUNK))
                .toList();
        this.settings = settings;
    }

    /**
     * To be called once. Before it returns, the current transport keys are published: the registry may be newer than they are, and
     * a void one must not be used any more.
     */
    public void start() throws SQLException {
        for (TransportKeyRing ring : transportKeys) {
            rotate(ring);
            transactions.asPlatform(connection -> publish(connection, ring.current()));
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (running) {
            pause(settings.lookEvery());
            if (running) {
                look();
            }
        }
    }

    private void look() {
        try {
            for (TransportKeyRing ring : transportKeys) {
                rotate(ring);
            }
            rotateDataKeys();
        } catch (SQLException e) {
            LOG.warn("The keys are looked at later: the database cannot be read or written. cause={}", e.toString());
        } catch (Throwable e) { // Nobody else would start this thread again, and no key would be replaced any more.
            LOG.error("The rotation of keys stumbled and goes on.", e);
        }
    }

    /** Replaces a transport key that is due, and reads what is stored. */
    void rotate(TransportKeyRing ring) throws SQLException {
        transactions.asPlatform(connection -> {
            Optional<TransportKey> made = ring.rotate(connection, settings);
            if (made.isPresent()) {
                publish(connection, made.get());
            }
            return made;
        });
        transactions.asPlatform(connection -> {
            ring.readAgain(connection);
            return ring;
        });
    }

    /** By the time when it was made: of two keys the registry takes the one for the newer that is. */
    private static TransportKey publish(Connection connection, TransportKey key) throws SQLException {
        EventRecord.TransportKey told =
                new EventRecord.TransportKey(key.createdAt(), key.role(), key.keyId(), key.publicJwk());
        Outbox.append(connection, OutboxRecord.ofPlatform(TopicSet.SHARED.events(), told.key(), told.encode()));
        return key;
    }

    void rotateDataKeys() throws SQLException {
        for (DataKeyRotation rotation : dataKeys) {
            if (settings.dataMaxAge().isPresent()) {
                Duration maxAge = settings.dataMaxAge().get();
                for (TenantId tenant : AgeingTable.due(dispatcher, rotation.role(), maxAge)) {
                    each(tenant, () -> rotation.begin(tenant, maxAge));
                }
            }
            // What has begun is brought to its end, whatever the settings say by now.
            for (TenantId tenant : AgeingTable.withFormer(dispatcher, rotation.role())) {
                each(tenant, () -> {
                    rotation.renew(tenant);
                    rotation.end(tenant);
                });
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws SQLException;
    }

    /** What is wrong with one tenant's keys does not stop the others'. */
    private void each(TenantId tenant, Step step) throws SQLException {
        if (!running) {
            return;
        }
        try {
            step.take();
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
        } catch (UnwrapException e) {
            LOG.error("A tenant's data key stays: it cannot be unwrapped. tenant={}", tenant, e);
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            running = false;
        }
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
