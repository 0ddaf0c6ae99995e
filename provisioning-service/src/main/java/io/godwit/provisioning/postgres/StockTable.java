package io.godwit.provisioning.postgres;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables {@code sm_dp_template} and {@code sm_dp_subscription}: what the SM-DP makes packages of. */
public final class StockTable {
    /**
     * A subscription.
     *
     * @param data wrapped
     */
    public record Row(Iccid iccid, TemplateId template, Octets data) {}

    /**
     * A subscription that is locked.
     *
     * @param nid the card that holds it; {@code null}: none
     * @param successor the card that is to hold it after that one; {@code null}: none
     * @param revoked whether nobody gets it any more
     */
    public record Held(Row row, @Nullable Nid nid, @Nullable Nid successor, boolean revoked) {}

    /** A subscription and the card that holds it. */
    public record Place(Nid nid, Iccid iccid) {}

    private StockTable() {}

    /** Stores a template in the place of the one of that name. */
    public static void putTemplate(Connection connection, TenantId tenant, TemplateId template, Octets profilePackage)
            throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(
                "INSERT INTO sm_dp_template (tenant_id, template, profile_package) VALUES (?, ?, ?)"
                        + " ON CONFLICT (tenant_id, template) DO UPDATE SET profile_package = excluded.profile_package")) {
            put.setString(1, tenant.value());
            put.setString(2, template.value());
            put.setBytes(3, profilePackage.toBytes());
            put.executeUpdate();
        }
    }

    public static Optional<Octets> template(Connection connection, TenantId tenant, TemplateId template)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT profile_package FROM sm_dp_template WHERE tenant_id = ? AND template = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, template.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Columns.octets(row, "profile_package")) : Optional.empty();
            }
        }
    }

    /**
     * Stores subscriptions; one that no card holds, and that was not revoked, takes the place of the one before.
     *
     * @return those that are stored now; a card holds the others
     */
    public static Set<Iccid> put(Connection connection, TenantId tenant, List<Row> rows) throws SQLException {
        Bulk bulk = new Bulk("text", "text", "bytea");
        rows.forEach(row -> bulk.add(
                row.iccid().digits(), row.template().value(), row.data().toBytes()));
        Set<Iccid> stored = new HashSet<>();
        if (bulk.isEmpty()) {
            return stored;
        }
        String sql = "INSERT INTO sm_dp_subscription AS s (tenant_id, iccid, template, data) SELECT ?, u.* FROM "
                + bulk.unnest() + " AS u(i, t, d) ORDER BY i ON CONFLICT (tenant_id, iccid)"
                + " DO UPDATE SET template = excluded.template, data = excluded.data WHERE s.nid IS NULL"
                + " AND NOT s.revoked RETURNING iccid";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    stored.add(new Iccid(Columns.text(row, "iccid")));
                }
            }
        }
        return stored;
    }

    /** Whose card has that subscription, as far as it is known without a lock; empty when nobody's has. */
    public static Optional<Nid> holder(Connection connection, TenantId tenant, Iccid iccid) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT nid FROM sm_dp_subscription WHERE tenant_id = ? AND iccid = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, iccid.digits());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(nid(row, "nid")) : Optional.empty();
            }
        }
    }

    /** Locks a subscription; empty when there is none. */
    public static Optional<Held> lock(Connection connection, TenantId tenant, Iccid iccid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT template, data, nid, successor, revoked"
                + " FROM sm_dp_subscription"
                + " WHERE tenant_id = ? AND iccid = ? FOR UPDATE")) {
            select.setString(1, tenant.value());
            select.setString(2, iccid.digits());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Held(
                        new Row(iccid, new TemplateId(Columns.text(row, "template")), Columns.octets(row, "data")),
                        nid(row, "nid"),
                        nid(row, "successor"),
                        row.getBoolean("revoked")));
            }
        }
    }

    private static @Nullable Nid nid(ResultSet row, String column) throws SQLException {
        String nid = row.getString(column);
        return nid == null ? null : new Nid(nid);
    }

    /**
     * Promises a locked subscription that a card holds to another one, which may get a profile of it from now on;
     * {@code null}: to nobody.
     */
    public static void promise(Connection connection, TenantId tenant, Iccid iccid, @Nullable Nid successor)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE sm_dp_subscription SET successor = ? WHERE tenant_id = ? AND iccid = ?")) {
            update.setString(1, successor == null ? null : successor.value());
            update.setString(2, tenant.value());
            update.setString(3, iccid.digits());
            update.executeUpdate();
        }
    }

    /** From now on nobody gets that subscription, whatever becomes of the card that may have it. */
    public static void revoke(Connection connection, TenantId tenant, Iccid iccid) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE sm_dp_subscription SET revoked = true, successor = NULL WHERE tenant_id = ? AND iccid = ?")) {
            update.setString(1, tenant.value());
            update.setString(2, iccid.digits());
            update.executeUpdate();
        }
    }

    /** Gives a locked subscription to a card. */
    public static void hold(Connection connection, TenantId tenant, Iccid iccid, Nid nid) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE sm_dp_subscription SET nid = ? WHERE tenant_id = ? AND iccid = ?")) {
            update.setString(1, nid.value());
            update.setString(2, tenant.value());
            update.setString(3, iccid.digits());
            update.executeUpdate();
        }
    }

    /**
     * Takes subscriptions from cards that hold them no more, by the cards' own word: from one that has a successor it goes to that
     * one, and a successor's promise is void.
     */
    public static void release(Connection connection, TenantId tenant, List<Place> gone) throws SQLException {
        Bulk bulk = new Bulk("text", "text");
        gone.forEach(place -> bulk.add(place.nid().value(), place.iccid().digits()));
        if (bulk.isEmpty()) {
            return;
        }
        // The promises first: of two cards that are both without it, none has it afterwards.
        release(connection, tenant, bulk, "successor = NULL", "successor");
        release(connection, tenant, bulk, "nid = s.successor, successor = NULL", "nid");
    }

    private static void release(Connection connection, TenantId tenant, Bulk gone, String change, String place)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE sm_dp_subscription s SET " + change
                + " FROM " + gone.unnest() + " AS u(n, i) WHERE s.tenant_id = ? AND s." + place
                + " = u.n AND s.iccid = u.i")) {
            gone.bind(connection, update, 1);
            update.setString(3, tenant.value());
            update.executeUpdate();
        }
    }
}
