package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code tenant_key}, {@code sm_dp_tenant_key} and {@code former_tenant_key}: the data keys of tenants, wrapped.
 *
 * <p>An advisory lock of the tenant orders their replacement. Whoever reads a key holds it shared to the end of the transaction;
 * who replaces one holds it alone, and so has seen all that was written under the former. A role is {@code sm-sr} or
 * {@code sm-dp}.
 */
public final class TenantKeyTable {
    private static final String LOCK = "(hashtextextended('data-key/' || ?, 0))";

    /**
     * A tenant's data keys.
     *
     * @param number of the current one; the first one is 1
     * @param former the one before, while anything is left under it
     */
    public record Row(int number, Octets wrapped, @Nullable Former former) {}

    public record Former(int number, Octets wrapped) {}

    private TenantKeyTable() {}

    /**
     * The tenant's data keys, which stay what they are to the end of the transaction. To be called before anything is read that is
     * under them: what is read afterwards is under one of these.
     */
    public static Optional<Row> hold(Connection connection, String role, TenantId tenant) throws SQLException {
        // Two statements on one way: the second sees what was committed while the first waited.
        try (PreparedStatement select = connection.prepareStatement("SELECT pg_advisory_xact_lock_shared" + LOCK
                + "; SELECT k.number, k.wrapped, f.number AS former_number, f.wrapped AS former_wrapped FROM "
                + table(role) + " k LEFT JOIN former_tenant_key f ON f.tenant_id = k.tenant_id AND f.role = ?"
                + " WHERE k.tenant_id = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, role);
            select.setString(3, tenant.value());
            select.execute();
            select.getMoreResults();
            try (ResultSet row = select.getResultSet()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static Row read(ResultSet row) throws SQLException {
        byte[] former = row.getBytes("former_wrapped");
        return new Row(
                row.getInt("number"),
                Columns.octets(row, "wrapped"),
                former == null ? null : new Former(row.getInt("former_number"), Octets.of(former)));
    }

    /** Stores the tenant's first data key, unless another process was faster. */
    public static void offer(Connection connection, String role, TenantId tenant, Octets wrapped) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table(role)
                + " (tenant_id, wrapped) VALUES (?, ?) ON CONFLICT (tenant_id) DO NOTHING")) {
            insert.setString(1, tenant.value());
            insert.setBytes(2, wrapped.toBytes());
            insert.executeUpdate();
        }
    }

    /**
     * Puts a new data key in the place of one that is older than {@code maxAge}, which becomes the former; not while there is a
     * former. Nothing else is to be locked in the transaction.
     *
     * @return whether that was done; not when another process has just done it
     */
    public static boolean replace(Connection connection, String role, TenantId tenant, Duration maxAge, Octets wrapped)
            throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock" + LOCK)) {
            lock.setString(1, tenant.value());
            lock.execute();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO former_tenant_key (tenant_id, role, number, wrapped, agreements)"
                        + " SELECT k.tenant_id, ?, k.number, k.wrapped, ARRAY(SELECT p.procedure_id FROM procedure p"
                        + " WHERE p.tenant_id = k.tenant_id AND p.state = 'Establishing') FROM " + table(role)
                        + " k WHERE k.tenant_id = ? AND k.created_at < now() - make_interval(secs => ?::int8)"
                        + " ON CONFLICT (tenant_id, role) DO NOTHING")) {
            insert.setString(1, role);
            insert.setString(2, tenant.value());
            insert.setLong(3, maxAge.toSeconds());
            if (insert.executeUpdate() == 0) {
                return false;
            }
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + table(role)
                + " SET number = number + 1, wrapped = ?, created_at = clock_timestamp() WHERE tenant_id = ?")) {
            update.setBytes(1, wrapped.toBytes());
            update.setString(2, tenant.value());
            update.executeUpdate();
        }
        return true;
    }

    /** Whether a key agreement is open whose ephemeral key is derived from the former data key. */
    public static boolean isAgreedUnderFormer(Connection connection, String role, TenantId tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT EXISTS (SELECT FROM former_tenant_key f JOIN procedure p ON p.tenant_id = f.tenant_id"
                        + " AND p.procedure_id = ANY (f.agreements) AND p.state = 'Establishing'"
                        + " WHERE f.tenant_id = ? AND f.role = ?)")) {
            select.setString(1, tenant.value());
            select.setString(2, role);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Forgets the former data key of that number. */
    public static void deleteFormer(Connection connection, String role, TenantId tenant, int number)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM former_tenant_key WHERE tenant_id = ? AND role = ? AND number = ?")) {
            delete.setString(1, tenant.value());
            delete.setString(2, role);
            delete.setInt(3, number);
            delete.executeUpdate();
        }
    }

    static String table(String role) {
        return role.equals("sm-dp") ? "sm_dp_tenant_key" : "tenant_key";
    }
}
