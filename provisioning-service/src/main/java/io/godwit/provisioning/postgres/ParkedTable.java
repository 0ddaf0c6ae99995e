package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders that presuppose more of the fleet than was read: the table {@code parked_order}. */
public final class ParkedTable {
    private ParkedTable() {}

    /** @param due when it is given up */
    public static void park(Connection connection, OrderRecord order, Instant due) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO parked_order (tenant_id, operation, fleet_version, payload, due_at)"
                        + " VALUES (?, ?, ?, ?, ?::timestamptz) ON CONFLICT (tenant_id, operation) DO NOTHING")) {
            insert.setString(1, order.tenant().value());
            insert.setString(2, order.operation());
            insert.setLong(3, order.fleetVersion());
            insert.setBytes(4, order.encode().toBytes());
            insert.setString(5, due.toString());
            insert.executeUpdate();
        }
    }

    /** Takes out what the fleet has caught up with, in the order in which it was asked for. */
    public static List<OrderRecord> take(Connection connection, TenantId tenant, long fleetVersion)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM parked_order WHERE tenant_id = ? AND fleet_version <= ? RETURNING payload")) {
            delete.setString(1, tenant.value());
            delete.setLong(2, fleetVersion);
            return orders(delete);
        }
    }

    /** Takes out what has waited too long. */
    public static List<OrderRecord> takeOverdue(Connection connection, TenantId tenant, Instant now)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM parked_order WHERE tenant_id = ? AND due_at <= ?::timestamptz RETURNING payload")) {
            delete.setString(1, tenant.value());
            delete.setString(2, now.toString());
            return orders(delete);
        }
    }

    private static List<OrderRecord> orders(PreparedStatement statement) throws SQLException {
        List<OrderRecord> orders = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                orders.add(OrderRecord.decode(Octets.of(rows.getBytes(1))));
            }
        }
        orders.sort(Comparator.comparing(OrderRecord::issuedAt));
        return orders;
    }
}
