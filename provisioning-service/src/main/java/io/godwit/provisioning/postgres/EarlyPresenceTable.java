package io.godwit.provisioning.postgres;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.procedure.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Where devices are whose cards are not here yet: the table {@code early_presence}. */
public final class EarlyPresenceTable {
    private EarlyPresenceTable() {}

    /** The device is there. */
    public static void online(java.sql.Connection connection, TenantId tenant, Nid nid, Connection at)
            throws SQLException {
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
                    taken.put(
                            new Nid(Columns.text(rows, "nid")),
                            new Connection(
                                    Columns.text(rows, "node"),
                                    Columns.text(rows, "boot"),
                                    Columns.text(rows, "connection"),
                                    Columns.instant(rows, "online_since")));
                }
            }
            return taken;
        }
    }
}
