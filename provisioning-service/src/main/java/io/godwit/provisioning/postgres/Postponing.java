package io.godwit.provisioning.postgres;

import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Rows to which time comes: what cannot be decided upon now is looked at again later. */
final class Postponing {
    private Postponing() {}

    /**
     * Makes rows of one tenant due at {@code later}, where they would be due before.
     *
     * @param due the table's column with the time
     * @param key the column that has {@code value}
     */
    static void postpone(
            Connection connection, String table, String due, TenantId tenant, String key, String value, Instant later)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + table + " SET " + due
                + " = ?::timestamptz WHERE tenant_id = ? AND " + key + " = ? AND " + due + " < ?::timestamptz")) {
            update.setString(1, later.toString());
            update.setString(2, tenant.value());
            update.setString(3, value);
            update.setString(4, later.toString());
            update.executeUpdate();
        }
    }
}
