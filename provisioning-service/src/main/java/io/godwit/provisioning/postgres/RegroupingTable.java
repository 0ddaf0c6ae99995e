package io.godwit.provisioning.postgres;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.FleetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Groups whose epoch has risen, each with how far its members were looked at: the table {@code regrouping}. */
public final class RegroupingTable {
    /** A group and the last member that was looked at. */
    public record Regrouping(Gid gid, String after) {}

    private RegroupingTable() {}

    /** Notes which of {@code groups} have another epoch than was known; before they are applied. */
    static void expect(Connection connection, TenantId tenant, Collection<FleetRecord.Group> groups)
            throws SQLException {
        Bulk bulk = new Bulk("text", "int4");
        groups.stream()
                .filter(FleetRecord.Group::active)
                .forEach(group -> bulk.add(group.gid().value(), group.epoch()));
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO regrouping (tenant_id, gid, after_nid, due_at) SELECT g.tenant_id, g.gid, '', now()"
                + " FROM " + bulk.unnest() + " AS u(gid, epoch) JOIN fleet_group g ON g.gid = u.gid"
                + " WHERE g.tenant_id = ? AND g.epoch <> u.epoch"
                + " ON CONFLICT (tenant_id, gid) DO UPDATE SET after_nid = '', due_at = excluded.due_at";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            bulk.bind(connection, insert, 1);
            insert.setString(3, tenant.value());
            insert.executeUpdate();
        }
    }

    /** Locks one that nobody else works on. */
    public static Optional<Regrouping> lockDue(Connection connection, TenantId tenant, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT gid, after_nid FROM regrouping"
                + " WHERE tenant_id = ? AND due_at <= ?::timestamptz ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")) {
            select.setString(1, tenant.value());
            select.setString(2, now.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Regrouping(new Gid(Columns.text(row, "gid")), Columns.text(row, "after_nid")))
                        : Optional.empty();
            }
        }
    }

    /** The next members with the extension, in the order of nids. */
    public static List<Nid> next(Connection connection, TenantId tenant, Regrouping regrouping, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT m.nid FROM member m"
                + " JOIN card c ON c.tenant_id = m.tenant_id AND c.nid = m.nid"
                + " WHERE m.tenant_id = ? AND m.gid = ? AND m.nid > ? AND c.group_packages ORDER BY m.nid LIMIT ?")) {
            select.setString(1, tenant.value());
            select.setString(2, regrouping.gid().value());
            select.setString(3, regrouping.after());
            select.setInt(4, limit);
            List<Nid> nids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    nids.add(new Nid(Columns.text(rows, "nid")));
                }
            }
            return nids;
        }
    }

    /** These were looked at; fewer than were asked for were the last. */
    public static void advance(Connection connection, TenantId tenant, Gid gid, List<Nid> done, boolean last)
            throws SQLException {
        String sql = last
                ? "DELETE FROM regrouping WHERE tenant_id = ? AND gid = ?"
                : "UPDATE regrouping SET after_nid = ? WHERE tenant_id = ? AND gid = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            if (!last) {
                statement.setString(at++, done.get(done.size() - 1).value());
            }
            statement.setString(at++, tenant.value());
            statement.setString(at, gid.value());
            statement.executeUpdate();
        }
    }
}
