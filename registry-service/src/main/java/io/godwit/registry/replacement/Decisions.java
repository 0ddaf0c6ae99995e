package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord.DecideReplacement;
import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Takes what operators say of replacements: remembered and ordered in one transaction, once. */
@ApplicationScoped
public class Decisions {
    private static final String REMEMBER = """
            UPDATE replacement SET verdict = ?, verdict_order = ?, verdict_reason = ?, decided_by = ?, decided_at = ?::timestamptz,
                approved_by = coalesce(?, approved_by)
            WHERE ticket = ?""";

    private final TenantTransaction transactions;

    public Decisions(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * What was decided.
     *
     * @param decision {@code approve}, {@code refuse} or {@code cancel}
     * @param order the order that carries it to the SM-SR
     */
    @Schema(name = "ReplacementDecided")
    public record Decided(String ticket, String decision, String order) {}

    private record Row(
            Nid old, Gid gid, Standing standing, @Nullable String order) {}

    /**
     * @param reason {@code null} where it is approved
     * @param peer whether the profile is to go from card to card
     * @throws ProblemException 404 when the tenant has no such replacement, 409 when it is too late
     */
    Decided decide(
            TenantId tenant,
            String ticket,
            ReplacementVerdict verdict,
            @Nullable String reason,
            boolean peer,
            String requester)
            throws SQLException {
        Instant now = Instant.now();
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            Row row = lock(connection, ticket);
            Standing.Answer answer = row.standing().to(verdict);
            if (answer instanceof Standing.Answer.Refused refused) {
                throw new ProblemException(Problem.conflict(refused.member(), refused.remedy()));
            }
            if (answer instanceof Standing.Answer.Same) {
                return new Decided(ticket, verdict.literal(), String.valueOf(row.order()));
            }
            String id = UUID.randomUUID().toString();
            remember(connection, ticket, verdict, id, reason, requester, now);
            announcements.order(version -> new DecideReplacement(
                    tenant, id, version, requester, now, row.old(), ticket, verdict, reason, peer));
            announcements.send();
            AuditFact fact = AuditFact.at(now, requester, action(verdict))
                    .card(row.old())
                    .group(row.gid())
                    .operation(ticket);
            AuditLog.append(
                    connection,
                    tenant,
                    fact.detail("order " + id + (reason == null ? "" : ", reason: " + reason)
                            + (peer ? ", from card to card" : "")));
            return new Decided(ticket, verdict.literal(), id);
        });
    }

    private static String action(ReplacementVerdict verdict) {
        return switch (verdict) {
            case APPROVE -> "ReplacementApproved";
            case REFUSE -> "ReplacementRefused";
            case CANCEL -> "ReplacementCancelled";
        };
    }

    private static Row lock(Connection connection, String ticket) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT old, gid, stage, forced, stuck_code, verdict, verdict_order FROM replacement"
                        + " WHERE ticket = ? FOR NO KEY UPDATE")) {
            select.setString(1, ticket);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(Problem.notFound("replacement"));
                }
                String last = row.getString("verdict");
                return new Row(
                        new Nid(row.getString("old")),
                        new Gid(row.getString("gid")),
                        new Standing(
                                row.getString("stage"),
                                row.getBoolean("forced"),
                                row.getString("stuck_code") != null,
                                last == null ? null : ReplacementVerdict.of(last)),
                        row.getString("verdict_order"));
            }
        }
    }

    private static void remember(
            Connection connection,
            String ticket,
            ReplacementVerdict verdict,
            String order,
            @Nullable String reason,
            String requester,
            Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(REMEMBER)) {
            update.setString(1, verdict.literal());
            update.setString(2, order);
            update.setString(3, reason);
            update.setString(4, requester);
            update.setString(5, now.toString());
            update.setString(6, verdict == ReplacementVerdict.APPROVE ? requester : null);
            update.setString(7, ticket);
            update.executeUpdate();
        }
    }
}
