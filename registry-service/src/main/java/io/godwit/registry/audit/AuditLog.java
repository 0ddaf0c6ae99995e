package io.godwit.registry.audit;

import io.godwit.protocol.TenantId;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Appends facts, many at once and without a lock. */
public final class AuditLog {
    private static final String INSERT =
            "INSERT INTO audit_entry (tenant_id, at, actor, action, nid, gid, operation, detail)"
                    + " SELECT ?, a::timestamptz, b, c, d, e, f, g"
                    + " FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
                    + " WITH ORDINALITY AS r(a, b, c, d, e, f, g, i) ORDER BY i";

    private AuditLog() {}

    /** As {@link #append(Connection, TenantId, List)} for one fact. */
    public static void append(Connection connection, TenantId tenant, AuditFact fact) throws SQLException {
        append(connection, tenant, List.of(fact));
    }

    /** @param connection in a transaction of {@code tenant} */
    public static void append(Connection connection, TenantId tenant, List<AuditFact> facts) throws SQLException {
        if (facts.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, tenant.value());
            Columns.of(insert, facts)
                    .text(2, AuditFact::at)
                    .text(3, AuditFact::actor)
                    .text(4, AuditFact::action)
                    .text(5, AuditFact::nid)
                    .text(6, AuditFact::gid)
                    .text(7, AuditFact::operation)
                    .text(8, AuditFact::detail);
            insert.executeUpdate();
        }
    }
}
