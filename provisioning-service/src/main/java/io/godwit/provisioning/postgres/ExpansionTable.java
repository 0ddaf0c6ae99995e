package io.godwit.provisioning.postgres;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.EsFunction;
import io.godwit.provisioning.procedure.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Group orders on their way to one procedure a member: the tables {@code expansion} and {@code expansion_member}. The
 * members are fixed in one statement when the order is carried out, so that their number is final.
 */
public final class ExpansionTable {
    /**
     * A group order that has members without a procedure.
     *
     * @param inGroup whether it is carried out in group mode
     */
    public record Expansion(
            String operation, EsFunction function, Instant validUntil, boolean inGroup, Origin origin) {}

    /** What is to be done on every member of {@code gid}. */
    public record Order(
            String operation, Gid gid, EsFunction function, Instant validUntil, boolean inGroup, Origin origin) {}

    /** What came of a group order. */
    public sealed interface Opening {}

    /** Its members are fixed. */
    public record Opened(long members) implements Opening {}

    /** It is here already. */
    public record Repeated() implements Opening {}

    /** The tenant has no such group. */
    public record NoSuchGroup() implements Opening {}

    private ExpansionTable() {}

    public static Opening open(Connection connection, TenantId owner, Order order, Instant now) throws SQLException {
        String tenant = owner.value();
        try (PreparedStatement group =
                connection.prepareStatement("SELECT 1 FROM fleet_group WHERE tenant_id = ? AND gid = ?")) {
            group.setString(1, tenant);
            group.setString(2, order.gid().value());
            try (ResultSet row = group.executeQuery()) {
                if (!row.next()) {
                    return new NoSuchGroup();
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO expansion (tenant_id, operation, function, valid_until, in_group, origin, members, due_at)"
                        + " SELECT ?, ?, ?, ?::timestamptz, ?, ?, count(*), ?::timestamptz FROM member"
                        + " WHERE tenant_id = ? AND gid = ? ON CONFLICT (tenant_id, operation) DO NOTHING")) {
            insert.setString(1, tenant);
            insert.setString(2, order.operation());
            insert.setString(3, JsonWriter.write(order.function().toJson()).toUtf8());
            insert.setString(4, order.validUntil().toString());
            insert.setBoolean(5, order.inGroup());
            insert.setString(6, order.origin().name());
            insert.setString(7, now.toString());
            insert.setString(8, tenant);
            insert.setString(9, order.gid().value());
            if (insert.executeUpdate() == 0) {
                return new Repeated();
            }
        }
        return new Opened(fixMembers(connection, owner, order));
    }

    private static long fixMembers(Connection connection, TenantId owner, Order order) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO expansion_member (tenant_id, operation, nid)"
                        + " SELECT tenant_id, ?, nid FROM member WHERE tenant_id = ? AND gid = ?")) {
            insert.setString(1, order.operation());
            insert.setString(2, owner.value());
            insert.setString(3, order.gid().value());
            return insert.executeUpdate();
        }
    }

    /** Locks one that is due and that nobody else works on. */
    public static Optional<Expansion> lockDue(Connection connection, TenantId tenant, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT operation, function, valid_until, in_group, origin FROM expansion"
                        + " WHERE tenant_id = ? AND due_at <= ?::timestamptz ORDER BY due_at LIMIT 1"
                        + " FOR UPDATE SKIP LOCKED")) {
            select.setString(1, tenant.value());
            select.setString(2, now.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Expansion(
                                Columns.text(row, "operation"),
                                EsFunction.fromJson(CardTexts.read(Columns.text(row, "function"))),
                                Columns.instant(row, "valid_until"),
                                row.getBoolean("in_group"),
                                Origin.valueOf(Columns.text(row, "origin"))))
                        : Optional.empty();
            }
        }
    }

    /** Takes the next members, in the order of nids; none are left when there are fewer than {@code limit}. */
    public static List<Nid> takeMembers(Connection connection, TenantId tenant, String operation, int limit)
            throws SQLException {
        // ARRAY: with IN, and before there are statistics, PostgreSQL looks through all members for each that it takes.
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM expansion_member WHERE tenant_id = ?"
                + " AND operation = ? AND nid = ANY (ARRAY(SELECT nid FROM expansion_member WHERE tenant_id = ?"
                + " AND operation = ? ORDER BY nid LIMIT ?)) RETURNING nid")) {
            delete.setString(1, tenant.value());
            delete.setString(2, operation);
            delete.setString(3, tenant.value());
            delete.setString(4, operation);
            delete.setInt(5, limit);
            List<Nid> nids = new ArrayList<>();
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    nids.add(new Nid(Columns.text(rows, "nid")));
                }
            }
            return nids;
        }
    }

    /** Every member has its procedure. */
    public static void close(Connection connection, TenantId tenant, String operation) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE expansion SET due_at = NULL WHERE tenant_id = ? AND operation = ?")) {
            update.setString(1, tenant.value());
            update.setString(2, operation);
            update.executeUpdate();
        }
    }
}
