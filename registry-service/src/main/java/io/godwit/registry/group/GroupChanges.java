package io.godwit.registry.group;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.request.PolicyText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes of groups, announced in the transaction that makes them. */
@ApplicationScoped
public class GroupChanges {
    private static final String PUT = """
            INSERT INTO card_group AS g (tenant_id, gid, on_request_name, on_request_target_kind, on_request_target,
                                         request_policy, created_at)
            VALUES (?, ?, ?, ?, ?, ?, now())
            ON CONFLICT (tenant_id, gid) DO UPDATE SET on_request_name = excluded.on_request_name,
                on_request_target_kind = excluded.on_request_target_kind, on_request_target = excluded.on_request_target,
                request_policy = excluded.request_policy
            WHERE (g.on_request_name, g.on_request_target_kind, g.on_request_target, g.request_policy) IS DISTINCT FROM
                (excluded.on_request_name, excluded.on_request_target_kind, excluded.on_request_target,
                 excluded.request_policy)""";

    private final TenantTransaction transactions;

    public GroupChanges(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** Makes the group, or gives it another policy; its epoch stays. The same again changes nothing and tells nobody. */
    void put(TenantId tenant, Gid gid, RequestPolicy requests, String actor) throws SQLException {
        // The shorthand stays where processes of the version before look for it.
        Optional<EsFunction> onRequest = requests.shorthand();
        FunctionColumns columns = onRequest.map(FunctionColumns::of).orElse(FunctionColumns.NONE);
        @Nullable String text = onRequest.isPresent() ? null : PolicyText.write(requests);
        transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
                put.setString(1, tenant.value());
                put.setString(2, gid.value());
                put.setString(3, columns.name());
                put.setString(4, columns.kind());
                put.setString(5, columns.target());
                put.setString(6, text);
                if (put.executeUpdate() == 0) {
                    return 0;
                }
            }
            AuditLog.append(
                    connection,
                    tenant,
                    AuditFact.of(actor, "GroupPut")
                            .group(gid)
                            .detail("on request: "
                                    + onRequest
                                            .map(function -> columns.sentence())
                                            .orElse(text == null ? "refuse" : text)));
            GroupRow.read(connection, gid).tell(announcements, tenant);
            announcements.send();
            return 1;
        });
    }
}
