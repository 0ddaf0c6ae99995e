package io.godwit.provisioning.keys;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.TenantKeyTable;
import io.godwit.provisioning.postgres.WrappedColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the data keys of tenants in one role, in three steps that any process may take and take again:
 *
 * <ol>
 *   <li>a new key becomes the current one, under a lock that nobody who uses the former shares: from its commit on, nothing is
 *       written under the former;
 *   <li>what is under the former is wrapped anew, a chunk a transaction;
 *   <li>the former is deleted, in a transaction that has found nothing under it. That can never change again, after step 1.
 * </ol>
 */
final class DataKeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(DataKeyRotation.class);

    private final TenantTransaction transactions;
    private final TenantKeys keys;
    private final int chunk;

    DataKeyRotation(TenantTransaction transactions, TenantKeys keys, int chunk) {
        this.transactions = transactions;
        this.keys = keys;
        this.chunk = chunk;
    }

    String role() {
        return keys.role();
    }

    /** @return whether the tenant has a new key now; not when another process has just made one, or the former is in use yet */
    boolean begin(TenantId tenant, Duration maxAge) throws SQLException {
        Octets made = keys.newKey(tenant);
        boolean begun = transactions.in(tenant, connection -> {
            // Whoever wants to use the key waits as long as we do: not for long, and later again.
            setting(connection, "SET LOCAL lock_timeout = '3s'");
            return TenantKeyTable.replace(connection, role(), tenant, maxAge, made);
        });
        if (begun) {
            LOG.info("A tenant's data key is replaced. tenant={} role={}", tenant, role());
        }
        return begun;
    }

    private static void setting(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Wraps anew all that is under the former key, unless somebody else is writing it. */
    void renew(TenantId tenant) throws SQLException {
        for (WrappedColumn column : WrappedColumn.of(role())) {
            List<String> after = List.of();
            do {
                after = renew(tenant, column, after);
            } while (!after.isEmpty());
        }
    }

    /**
     * Wraps one chunk of a column anew.
     *
     * @param after where the chunk before ended; empty at the beginning
     * @return where this one ended; empty: it was the last
     */
    List<String> renew(TenantId tenant, WrappedColumn column, List<String> after) throws SQLException {
        return transactions.in(tenant, connection -> {
            TenantKeyRing ring = keys.ring(connection, tenant);
            if (ring.former() == null) {
                return List.of();
            }
            List<WrappedColumn.Row> stale = column.lockStale(connection, tenant, ring.head(), after, chunk);
            List<WrappedColumn.Row> renewed = new ArrayList<>();
            for (WrappedColumn.Row row : stale) {
                try {
                    renewed.add(ring.renewed(column, row));
                } catch (UnwrapException e) {
                    // The others are not to wait for it. While it is there, the former key stays.
                    LOG.error(
                            "A secret cannot be wrapped anew: it opens under no key. tenant={} place={} names={}",
                            tenant,
                            column.place(),
                            row.names());
                }
            }
            column.put(connection, tenant, renewed);
            return stale.size() < chunk
                    ? List.of()
                    : stale.get(stale.size() - 1).names();
        });
    }

    /** @return whether the former key is gone; not while anything is under it, or a key agreement is open that began under it */
    boolean end(TenantId tenant) throws SQLException {
        return transactions.in(tenant, connection -> {
            TenantKeyRing ring = keys.ring(connection, tenant);
            TenantKeyRing.Numbered former = ring.former();
            if (former == null) {
                return false;
            }
            if (TenantKeyTable.isAgreedUnderFormer(connection, role(), tenant)) {
                return false;
            }
            for (WrappedColumn column : WrappedColumn.of(role())) {
                if (column.hasStale(connection, tenant, ring.head())) {
                    return false;
                }
            }
            TenantKeyTable.deleteFormer(connection, role(), tenant, former.number());
            LOG.info("Nothing is left under a tenant's former data key. tenant={} role={}", tenant, role());
            return true;
        });
    }
}
