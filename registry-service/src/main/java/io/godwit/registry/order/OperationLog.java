package io.godwit.registry.order;

import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes new operations, many at once; one that is there already stays as it is. */
public final class OperationLog {
    private static final String INSERT = """
            INSERT INTO operation (tenant_id, id, function_name, target_kind, target, nid, gid, origin, requester,
                                   idempotency_key, request_hash, created_at, valid_until, mode, canary,
                                   stop_at_failed_percent, answer_window_seconds, profile_owner, status, members)
            SELECT ?, a, b, c, d, e, f, g, h, k, l, m::timestamptz, n::timestamptz, o,
                   p::int, q::int, r::bigint, s, 'Pending',
                   CASE WHEN e IS NULL THEN NULL ELSE 1 END
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[])
                     WITH ORDINALITY AS v(a, b, c, d, e, f, g, h, k, l, m, n, o, p, q, r, s, i)
            ORDER BY i
            ON CONFLICT DO NOTHING""";

    private OperationLog() {}

    /**
     * @param connection in a transaction of {@code tenant}
     * @return how many were new
     */
    public static int append(Connection connection, TenantId tenant, List<NewOperation> operations)
            throws SQLException {
        if (operations.isEmpty()) {
            return 0;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, tenant.value());
            Columns.of(insert, operations)
                    .text(2, NewOperation::id)
                    .text(3, operation -> operation.function().name())
                    .text(4, operation -> operation.function().kind())
                    .text(5, operation -> operation.function().target())
                    .text(6, NewOperation::nid)
                    .text(7, NewOperation::gid)
                    .text(8, NewOperation::origin)
                    .text(9, NewOperation::requester)
                    .text(10, NewOperation::idempotencyKey)
                    .text(11, NewOperation::requestHash)
                    .text(12, NewOperation::createdAt)
                    .text(13, NewOperation::validUntil)
                    .text(14, operation -> operation.mode().literal())
                    .text(15, planned(CampaignPlan::canary))
                    .text(16, planned(CampaignPlan::stopAtFailedPercent))
                    .text(17, planned(plan -> plan.answerWindow().toSeconds()))
                    .text(18, NewOperation::owner);
            return insert.executeUpdate();
        }
    }

    private static Function<NewOperation, @Nullable Object> planned(Function<CampaignPlan, Object> column) {
        return operation -> operation.plan() == null ? null : column.apply(operation.plan());
    }
}
