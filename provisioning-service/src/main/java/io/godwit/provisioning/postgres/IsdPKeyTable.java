package io.godwit.provisioning.postgres;

import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table {@code sm_dp_isd_p_key}: the keys of ISD-Ps, wrapped. Written only by who holds the lock of the card. */
public final class IsdPKeyTable {
    /**
     * The keys of one ISD-P.
     *
     * @param lastSession the number of the last session under them
     */
    public record Row(Nid nid, Aid isdP, Octets keys, int lastSession) {}

    /** An ISD-P of a card. */
    public record Place(Nid nid, Aid isdP) {}

    private IsdPKeyTable() {}

    /** All that is kept of these cards. */
    public static List<Row> find(Connection connection, TenantId tenant, Collection<Nid> nids) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT nid, isd_p_aid, keys, last_session FROM sm_dp_isd_p_key"
                        + " WHERE tenant_id = ? AND nid = ANY (?)")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Row(
                            new Nid(Columns.text(rows, "nid")),
                            new Aid(Columns.text(rows, "isd_p_aid")),
                            Columns.octets(rows, "keys"),
                            rows.getInt("last_session")));
                }
            }
        }
        return found;
    }

    /** Stores keys in the place of those that were there. */
    public static void put(Connection connection, TenantId tenant, List<Row> rows) throws SQLException {
        Bulk bulk = new Bulk("text", "text", "bytea", "int4");
        rows.forEach(
                row -> bulk.add(row.nid().value(), row.isdP().hex(), row.keys().toBytes(), row.lastSession()));
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO sm_dp_isd_p_key (tenant_id, nid, isd_p_aid, keys, last_session) SELECT ?, u.* FROM "
                + bulk.unnest() + " AS u ON CONFLICT (tenant_id, nid, isd_p_aid)"
                + " DO UPDATE SET keys = excluded.keys, last_session = excluded.last_session";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }

    /** Forgets the keys of ISD-Ps that are gone. */
    public static void delete(Connection connection, TenantId tenant, Collection<Place> gone) throws SQLException {
        Bulk bulk = new Bulk("text", "text");
        gone.forEach(place -> bulk.add(place.nid().value(), place.isdP().hex()));
        if (bulk.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM sm_dp_isd_p_key WHERE tenant_id = ?"
                + " AND (nid, isd_p_aid) IN (SELECT u.* FROM " + bulk.unnest() + " AS u)")) {
            delete.setString(1, tenant.value());
            bulk.bind(connection, delete, 2);
            delete.executeUpdate();
        }
    }
}
