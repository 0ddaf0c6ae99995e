package io.godwit.provisioning.postgres;

import io.godwit.gsma.certificate.GpCertificate;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code card_extension}: cards that take group packages. A card without a row knows SGP.02 alone. */
public final class CardExtensionTable {
    /** An extension whose certificate has been verified. */
    public record Row(Aid aid, int version, GpCertificate certificate) {}

    private CardExtensionTable() {}

    /** Those of {@code nids} that have one. */
    public static Map<Nid, Row> find(Connection connection, TenantId tenant, Collection<Nid> nids) throws SQLException {
        Map<Nid, Row> found = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid, aid, version, certificate FROM card_extension WHERE tenant_id = ? AND nid = ANY (?)")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Octets stored = Columns.octets(rows, "certificate");
                    GpCertificate certificate = GpCertificate.decode(stored)
                            .toOptional()
                            .orElseThrow(() -> new IllegalStateException("a stored certificate is none"));
                    found.put(
                            new Nid(Columns.text(rows, "nid")),
                            new Row(new Aid(Columns.text(rows, "aid")), rows.getInt("version"), certificate));
                }
            }
        }
        return found;
    }

    /** Forgets what cards had before. */
    public static void delete(Connection connection, TenantId tenant, Collection<Nid> nids) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM card_extension WHERE tenant_id = ? AND nid = ANY (?)")) {
            delete.setString(1, tenant.value());
            delete.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            delete.executeUpdate();
        }
    }

    /** Stores the extensions of cards that have none here. */
    public static void insert(Connection connection, TenantId tenant, Map<Nid, Row> extensions) throws SQLException {
        Bulk bulk = new Bulk("text", "text", "int4", "bytea");
        extensions.forEach((nid, row) -> bulk.add(
                nid.value(),
                row.aid().hex(),
                row.version(),
                row.certificate().encode().toBytes()));
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO card_extension (tenant_id, nid, aid, version, certificate) SELECT ?, n, a, v, c FROM "
                + bulk.unnest() + " AS u(n, a, v, c)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }
}
