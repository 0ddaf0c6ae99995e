package io.godwit.provisioning.postgres;

import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Whose data keys are to be replaced, seen with the dispatcher's login: which tenant's, and no key. */
public final class AgeingTable {
    private AgeingTable() {}

    /** Tenants whose data key of that role is older than {@code maxAge}; not those that have a former one yet. */
    public static List<TenantId> due(DataSource dispatcher, String role, Duration maxAge) throws SQLException {
        try (Connection connection = dispatcher.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT k.tenant_id FROM "
                        + TenantKeyTable.table(role) + " k WHERE k.created_at < now() - make_interval(secs => ?::int8)"
                        + " AND NOT EXISTS (SELECT FROM former_tenant_key f WHERE f.tenant_id = k.tenant_id AND f.role = ?)"
                        + " ORDER BY k.created_at")) {
            select.setLong(1, maxAge.toSeconds());
            select.setString(2, role);
            return tenants(select);
        }
    }

    /** Tenants of whose data keys of that role the one before is still there. */
    public static List<TenantId> withFormer(DataSource dispatcher, String role) throws SQLException {
        try (Connection connection = dispatcher.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT tenant_id FROM former_tenant_key WHERE role = ? ORDER BY tenant_id")) {
            select.setString(1, role);
            return tenants(select);
        }
    }

    private static List<TenantId> tenants(PreparedStatement select) throws SQLException {
        List<TenantId> tenants = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                tenants.add(new TenantId(Columns.text(rows, "tenant_id")));
            }
        }
        return tenants;
    }
}
