package io.godwit.provisioning.postgres;

import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where work is due, seen with the dispatcher's login: which tenant, and nothing of the work. */
public final class DueTable {
    /** Facts are looked up tenant by tenant: those of one must not hide another's. */
    private static final String DUE = "SELECT DISTINCT tenant_id FROM ("
            + "(SELECT tenant_id FROM procedure WHERE due_at <= ?::timestamptz ORDER BY due_at LIMIT 1000) UNION ALL"
            + " (SELECT tenant_id FROM expansion WHERE due_at <= ?::timestamptz ORDER BY due_at LIMIT 100) UNION ALL"
            + " (SELECT tenant_id FROM campaign WHERE due_at <= ?::timestamptz ORDER BY due_at LIMIT 100) UNION ALL"
            + " (SELECT tenant_id FROM regrouping WHERE due_at <= ?::timestamptz ORDER BY due_at LIMIT 100) UNION ALL"
            + " (SELECT tenant_id FROM parked_order WHERE due_at <= ?::timestamptz ORDER BY due_at LIMIT 100) UNION ALL"
            + " (SELECT tenant_id FROM client_request WHERE due_at <= ?::timestamptz ORDER BY due_at LIMIT 100) UNION ALL"
            + " (SELECT tenant_id FROM replacement WHERE due_at <= ?::timestamptz ORDER BY due_at LIMIT 100) UNION ALL"
            + " (SELECT tenant_id FROM card WHERE active AND quarantine_due_at <= ?::timestamptz"
            + " ORDER BY quarantine_due_at LIMIT 100) UNION ALL"
            + " (SELECT tenant_id FROM (WITH RECURSIVE told AS ((SELECT tenant_id FROM replacement_fact ORDER BY tenant_id LIMIT 1)"
            + " UNION ALL SELECT (SELECT f.tenant_id FROM replacement_fact f WHERE f.tenant_id > told.tenant_id"
            + " ORDER BY f.tenant_id LIMIT 1) FROM told WHERE told.tenant_id IS NOT NULL)"
            + " SELECT tenant_id FROM told WHERE tenant_id IS NOT NULL) t)) d";

    private DueTable() {}

    /** Tenants with a procedure, an expansion, a campaign, a regrouping, a request, a parked order, a replacement or a quarantine whose time has come. */
    public static List<TenantId> tenants(Connection dispatcher, Instant now) throws SQLException {
        try (PreparedStatement select = dispatcher.prepareStatement(DUE)) {
            for (int i = 1; i <= 8; i++) {
                select.setString(i, now.toString());
            }
            return tenants(select);
        }
    }

    /** Tenants with a card, or with a device whose card is not here yet, that was last seen on that broker node. */
    public static List<TenantId> tenantsOn(Connection dispatcher, String node) throws SQLException {
        try (PreparedStatement select = dispatcher.prepareStatement("SELECT tenant_id FROM card WHERE node = ?"
                + " UNION SELECT tenant_id FROM early_presence WHERE node = ?")) {
            select.setString(1, node);
            select.setString(2, node);
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
