package io.godwit.registry.group;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.announce.Devices;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.order.FunctionColumns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of groups and memberships, announced in the transaction that makes them. */
@ApplicationScoped
public class GroupChanges {
    private static final String PUT = """
            INSERT INTO card_group AS g (tenant_id, gid, on_request_name, on_request_target_kind, on_request_target, created_at)
            VALUES (?, ?, ?, ?, ?, now())
            ON CONFLICT (tenant_id, gid) DO UPDATE SET on_request_name = excluded.on_request_name,
                on_request_target_kind = excluded.on_request_target_kind, on_request_target = excluded.on_request_target
            WHERE (g.on_request_name, g.on_request_target_kind, g.on_request_target)
                IS DISTINCT FROM (excluded.on_request_name, excluded.on_request_target_kind, excluded.on_request_target)""";

    private static final String JOIN = """
            INSERT INTO membership AS m (tenant_id, gid, nid, join_epoch, active) VALUES (?, ?, ?, 1, true)
            ON CONFLICT (tenant_id, gid, nid) DO UPDATE SET join_epoch = m.join_epoch + 1, active = true
            WHERE NOT m.active""";

    private static final String LEAVE =
            "UPDATE membership SET active = false WHERE tenant_id = ? AND gid = ? AND nid = ? AND active";

    private final TenantTransaction transactions;

    public GroupChanges(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** What a change of membership came to. */
    enum Changed {
        DONE,
        NO_GROUP,
        NO_CARD
    }

    /** Makes the group, or gives it another policy; the same again changes nothing and tells nobody. */
    void put(TenantId tenant, Gid gid, @Nullable EsFunction onRequest, String actor) throws SQLException {
        FunctionColumns columns = onRequest == null ? FunctionColumns.NONE : FunctionColumns.of(onRequest);
        transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                put.setString(1, tenant.value());
                put.setString(2, gid.value());
                put.setString(3, columns.name());
                put.setString(4, columns.kind());
                put.setString(5, columns.target());
                if (put.executeUpdate() == 0) {
                    return 0;
                }
            }
            AuditLog.append(
                    connection,
                    tenant,
                    AuditFact.of(actor, "GroupPut")
                            .group(gid)
                            .detail("on request: " + (onRequest == null ? "refuse" : columns.sentence())));
            announcements.tell(
                    version -> new FleetRecord.Group(tenant, version, gid, onRequest, FleetRecord.FIRST_EPOCH, true));
            announcements.send();
            return 1;
        });
    }

    Changed join(TenantId tenant, Gid gid, Nid nid, String actor) throws SQLException {
        return change(tenant, gid, nid, JOIN, AuditFact.of(actor, "MemberJoined"));
    }

    Changed leave(TenantId tenant, Gid gid, Nid nid, String actor) throws SQLException {
        return change(tenant, gid, nid, LEAVE, AuditFact.of(actor, "MemberLeft"));
    }

    private Changed change(TenantId tenant, Gid gid, Nid nid, String sql, AuditFact fact) throws SQLException {
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            if (!isThere(connection, "SELECT 1 FROM card_group WHERE gid = ?", gid.value())) {
                return Changed.NO_GROUP;
            }
            if (!isThere(connection, "SELECT 1 FROM euicc WHERE nid = ? AND active FOR UPDATE", nid.value())) {
                return Changed.NO_CARD;
            }
            if (execute(connection, sql, tenant, gid, nid) == 1) {
                AuditLog.append(connection, tenant, fact.card(nid).group(gid));
                Devices.tell(connection, announcements, tenant, List.of(nid));
                announcements.send();
            }
            return Changed.DONE;
        });
    }

    private static int execute(Connection connection, String sql, TenantId tenant, Gid gid, Nid nid)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            statement.setString(2, gid.value());
            statement.setString(3, nid.value());
            return statement.executeUpdate();
        }
    }

    private static boolean isThere(Connection connection, String sql, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
