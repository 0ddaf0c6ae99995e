package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.smdp.DownloadSecrets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code sm_dp_download}: the secrets of downloads, wrapped. */
public final class DownloadTable {
    /**
     * The secrets of one procedure.
     *
     * @param keys {@code null}: none yet
     */
    public record Row(
            UUID procedure, Octets profilePackage, @Nullable Octets keys) {}

    /** Opens what is stored. */
    public interface Unwrapping {
        DownloadSecrets open(Row row) throws SQLException;
    }

    private DownloadTable() {}

    /** Stores the secrets of procedures; of those that are here, the keys. */
    public static void put(Connection connection, TenantId tenant, List<Row> rows) throws SQLException {
        Bulk bulk = new Bulk("uuid", "bytea", "bytea");
        for (Row row : rows) {
            Octets keys = row.keys();
            bulk.add(row.procedure().toString(), row.profilePackage().toBytes(), keys == null ? null : keys.toBytes());
        }
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO sm_dp_download (tenant_id, procedure_id, profile_package, keys) SELECT ?, u.* FROM "
                + bulk.unnest() + " AS u ON CONFLICT (tenant_id, procedure_id) DO UPDATE SET keys = excluded.keys";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }

    /** Forgets the secrets of procedures that have ended. */
    public static void delete(Connection connection, TenantId tenant, Collection<UUID> procedures) throws SQLException {
        if (procedures.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM sm_dp_download WHERE tenant_id = ? AND procedure_id = ANY (?)")) {
            delete.setString(1, tenant.value());
            delete.setArray(2, connection.createArrayOf("uuid", procedures.toArray()));
            delete.executeUpdate();
        }
    }
}
