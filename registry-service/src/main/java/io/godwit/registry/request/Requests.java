package io.godwit.registry.request;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests that wait for an operator: shown, and decided upon once. */
@ApplicationScoped
public class Requests {
    private static final String LIST = """
            SELECT * FROM client_request WHERE number > ? AND state = coalesce(?, state) ORDER BY number LIMIT ?""";

    private final TenantTransaction transactions;

    public Requests(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** What an operator's decision came to. */
    sealed interface Decided {
        /** It is on its way to the SM-SR, from now on or since it was made before. */
        record Accepted() implements Decided {}

        /** The tenant has no such request. */
        record Unknown() implements Decided {}

        /** Another decision was made before, or none in time. */
        record Over(String state) implements Decided {}
    }

    private record Row(String number, RequestView view) {}

    /** In the order of their coming, of all states or of one. */
    public Slice<RequestView> slice(TenantId tenant, @Nullable String state, PageRequest request) throws SQLException {
        long after = request.afterNumber().orElse(0L);
        return transactions.in(tenant, connection -> {
            List<Row> rows = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(LIST)) {
                select.setLong(1, after);
                select.setString(2, state);
                select.setInt(3, request.limit() + 1);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(new Row(Long.toString(row.getLong("number")), view(row)));
                    }
                }
            }
            return Slice.cut(rows, request, Row::number).map(Row::view);
        });
    }

    /** @param refusal why not; empty: it is approved */
    Decided decide(TenantId tenant, String ticket, Optional<Refusal> refusal, String actor) throws SQLException {
        String wanted = refusal.isPresent() ? "Refused" : "Approved";
        Instant now = Instant.now();
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            Optional<RequestView> found = lock(connection, ticket);
            if (found.isEmpty()) {
                return new Decided.Unknown();
            }
            RequestView request = found.get();
            if (!request.state().equals("Waiting")) {
                // Nobody's decision but an operator's has a name.
                return request.state().equals(wanted) && request.decidedBy() != null
                        ? new Decided.Accepted()
                        : new Decided.Over(request.state());
            }
            remember(connection, ticket, wanted, actor, now);
            String id = UUID.randomUUID().toString();
            Nid nid = new Nid(request.nid());
            announcements.order(
                    version -> new OrderRecord.AnswerRequest(tenant, id, version, actor, now, nid, ticket, refusal));
            announcements.send();
            AuditFact fact = AuditFact.at(now, actor, "Request" + wanted)
                    .operation(ticket)
                    .card(nid)
                    .detail(refusal.map(Refusal::detail).orElse(request.reason()));
            AuditLog.append(connection, tenant, request.gid() == null ? fact : fact.group(new Gid(request.gid())));
            return new Decided.Accepted();
        });
    }

    private static Optional<RequestView> lock(Connection connection, String ticket) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT * FROM client_request WHERE ticket = ? FOR UPDATE")) {
            select.setString(1, ticket);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(view(row)) : Optional.empty();
            }
        }
    }

    private static void remember(Connection connection, String ticket, String state, String actor, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE client_request SET state = ?, decided_by = ?, decided_at = ?::timestamptz WHERE ticket = ?")) {
            update.setString(1, state);
            update.setString(2, actor);
            update.setString(3, now.toString());
            update.setString(4, ticket);
            update.executeUpdate();
        }
    }

    private static RequestView view(ResultSet row) throws SQLException {
        OffsetDateTime decidedAt = row.getObject("decided_at", OffsetDateTime.class);
        return new RequestView(
                row.getString("ticket"),
                row.getString("nid"),
                row.getString("gid"),
                row.getString("reason"),
                new FunctionColumns(
                                row.getString("function_name"), row.getString("target_kind"), row.getString("target"))
                        .body(),
                row.getString("template"),
                row.getString("state"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                decidedAt == null ? null : decidedAt.toInstant());
    }
}
