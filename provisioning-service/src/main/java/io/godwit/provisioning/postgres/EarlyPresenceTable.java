package io.godwit.provisioning.postgres;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.procedure.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where devices are whose cards are not here yet: the table {@code early_presence}. */
public final class EarlyPresenceTable {
    private EarlyPresenceTable() {}

    /** The device is there; returns where it was before, if it was anywhere. */
    public static Optional<Connection> online(java.sql.Connection connection, TenantId tenant, Nid nid, Connection at)
            throws SQLException {
        Optional<Connection> before = find(connection, tenant, nid);
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO early_presence (tenant_id, nid, node, boot, connection, online_since)"
                        + " VALUES (?, ?, ?, ?, ?, ?::timestamptz) ON CONFLICT (tenant_id, nid) DO UPDATE SET"
                        + " node = excluded.node, boot = excluded.boot, connection = excluded.connection,"
                        + " online_since = excluded.online_since")) {
            upsert.setString(1, tenant.value());
            upsert.setString(2, nid.value());
            upsert.setString(3, at.node());
            upsert.setString(4, at.boot());
            upsert.setString(5, at.id());
            upsert.setString(6, at.since().toString());
            upsert.executeUpdate();
        }
        return before;
    }

    private static Optional<Connection> find(java.sql.Connection connection, TenantId tenant, Nid nid)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT node, boot, connection, online_since"
                + " FROM early_presence WHERE tenant_id = ? AND nid = ? FOR UPDATE")) {
            select.setString(1, tenant.value());
            select.setString(2, nid.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    /** That node has begun another boot at {@code at}: what its older ones said is void. */
    public static int nodeRestarted(
            java.sql.Connection connection, TenantId tenant, String node, String boot, Instant at) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM early_presence WHERE tenant_id = ? AND node = ?"
                        + " AND boot <> ? AND online_since < ?::timestamptz")) {
            delete.setString(1, tenant.value());
            delete.setString(2, node);
            delete.setString(3, boot);
            delete.setString(4, at.toString());
            return delete.executeUpdate();
        }
    }

    /** That connection has ended. */
    public static void offline(
            java.sql.Connection connection, TenantId tenant, Nid nid, String node, String boot, String id)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM early_presence WHERE tenant_id = ? AND nid = ? AND node = ?"
                        + " AND boot = ? AND connection = ?")) {
            delete.setString(1, tenant.value());
            delete.setString(2, nid.value());
            delete.setString(3, node);
            delete.setString(4, boot);
            delete.setString(5, id);
            delete.executeUpdate();
        }
    }

    /** Takes out what is known of these, whose cards are here now. */
    public static Map<Nid, Connection> take(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM early_presence WHERE tenant_id = ? AND nid = ANY (?)"
                        + " RETURNING nid, node, boot, connection, online_since")) {
            delete.setString(1, tenant.value());
            delete.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            Map<Nid, Connection> taken = new HashMap<>();
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    taken.put(new Nid(Columns.text(rows, "nid")), read(rows));
                }
            }
            return taken;
        }
    }

    private static Connection read(ResultSet row) throws SQLException {
        return new Connection(
                Columns.text(row, "node"),
                Columns.text(row, "boot"),
                Columns.text(row, "connection"),
                Columns.instant(row, "online_since"));
    }
}
