package io.godwit.provisioning.keys;

import io.godwit.provisioning.postgres.TransportKeyTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role's transport keys: the current one, which is published, and the one before. Another process may have replaced them; this
 * one learns of it at the latest when something comes under a key that it does not know.
 */
public final class TransportKeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(TransportKeyRing.class);

    private final MasterKey master;
    private final String role;
    /** The current one first. */
    private volatile List<TransportKey> keys;

    private TransportKeyRing(MasterKey master, String role, List<TransportKey> keys) {
        this.master = master;
        this.role = role;
        this.keys = keys;
    }

    static TransportKeyRing read(Connection connection, MasterKey master, String role) throws SQLException {
        TransportKeyRing ring = new TransportKeyRing(master, role, List.of());
        ring.readAgain(connection);
        return ring;
    }

    /** The one that is published. */
    public TransportKey current() {
        return keys.get(0);
    }

    /**
     * The key that {@code jwe} names, be it the current one or the one before; the current one, which refuses it, when it names
     * neither.
     *
     * @param connection any tenant's transaction: the keys are the platform's, and every tenant's may read them
     */
    public TransportKey of(Connection connection, String jwe) throws SQLException {
        Optional<String> named = TransportKey.named(jwe);
        if (named.isPresent() && find(named.get()).isEmpty()) {
            readAgain(connection);
        }
        return named.flatMap(this::find).orElseGet(this::current);
    }

    private Optional<TransportKey> find(String keyId) {
        return keys.stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }

    /** Reads what is stored, and opens of it what is not open yet. One after the other: what was read first must not come last. */
    synchronized void readAgain(Connection connection) throws SQLException {
        keys = TransportKeyTable.find(connection, role).stream()
                .map(row -> find(row.keyId()).orElseGet(() -> TransportKeys.open(row, master, role)))
                .toList();
    }

    /**
     * Replaces the current key if its time is over, and forgets a void one.
     *
     * @param connection the platform's transaction
     * @return the new one; empty: nothing was to be replaced, or another process has just done it
     */
    Optional<TransportKey> rotate(Connection connection, RotationSettings settings) throws SQLException {
        Instant notBefore = settings.transportNotBefore().orElse(null);
        Optional<TransportKeyTable.Stale> stale =
                TransportKeyTable.lockStale(connection, role, settings.transportMaxAge(), notBefore);
        if (stale.isPresent()) {
            TransportKeys.Made made = TransportKeys.generate(master, role);
            TransportKeyTable.retire(connection, role);
            TransportKeyTable.put(connection, role, made.keyId(), made.publicJwk(), made.wrapped());
            LOG.info(
                    "A transport key is replaced. role={} former={} void={} current={}",
                    role,
                    stale.get().keyId(),
                    stale.get().isVoid(),
                    made.keyId());
        }
        if (notBefore != null) {
            TransportKeyTable.deleteFormer(connection, role, notBefore);
        }
        return stale.isEmpty()
                ? Optional.empty()
                // Not this ring's yet: the transaction may come to nothing.
                : Optional.of(read(connection, master, role).current());
    }
}
