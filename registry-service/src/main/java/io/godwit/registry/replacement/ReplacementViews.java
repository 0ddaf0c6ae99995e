package io.godwit.registry.replacement;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import io.godwit.registry.sql.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replacements as they are shown. */
@ApplicationScoped
public class ReplacementViews {
    private static final String SELECT = "SELECT r.*, r.forced AND EXISTS (SELECT FROM euicc_profile p"
            + " WHERE p.nid = r.old AND p.iccid = r.iccid) AS quarantined FROM replacement r WHERE ";

    /** One statement, so that its stage is that of its last step. */
    private static final String WITH_STEPS = """
            SELECT v.*, s.at AS step_at, s.stage AS step_stage, s.holder AS step_holder, s.code AS step_code, s.detail AS step_detail
            FROM (%sticket = ?) v LEFT JOIN replacement_step s ON s.ticket = v.ticket
            ORDER BY s.sequence""".formatted(SELECT);

    private static final String STEPS = "SELECT ticket, at, stage, holder, code, detail FROM replacement_step"
            + " WHERE ticket = ANY (?) ORDER BY ticket, sequence";

    private final TenantTransaction transactions;

    public ReplacementViews(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    private record Row(long number, ReplacementView view) {}

    /** Newest first, without their steps. */
    public Slice<ReplacementView> slice(TenantId tenant, ReplacementFilter filter, PageRequest request)
            throws SQLException {
        String sql = SELECT + "number < ? AND "
                + filter.state().condition()
                + (filter.nid() == null ? "" : " AND (old = ? OR successor = ?)")
                + (filter.iccid() == null ? "" : " AND iccid = ?")
                + " ORDER BY number DESC LIMIT ?";
        return transactions.in(tenant, connection -> {
            List<Row> rows = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                int next = 1;
                select.setLong(next++, request.afterNumber().orElse(Long.MAX_VALUE));
                if (filter.nid() != null) {
                    select.setString(next++, filter.nid());
                    select.setString(next++, filter.nid());
                }
                if (filter.iccid() != null) {
                    select.setString(next++, filter.iccid());
                }
                select.setInt(next, request.limit() + 1);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(new Row(row.getLong("number"), view(row)));
                    }
                }
            }
            return Slice.cut(rows, request, row -> Long.toString(row.number())).map(Row::view);
        });
    }

    /** With its steps, oldest first. */
    public Optional<ReplacementView> findWithSteps(TenantId tenant, String ticket) throws SQLException {
        return transactions.in(tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement(WITH_STEPS)) {
                select.setString(1, ticket);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    ReplacementView view = view(row);
                    List<ReplacementView.Step> steps = new ArrayList<>();
                    do {
                        if (row.getObject("step_at") != null) {
                            steps.add(step(row, "step_"));
                        }
                    } while (row.next());
                    return Optional.of(view.with(steps));
                }
            }
        });
    }

    private static ReplacementView.Step step(ResultSet row, String prefix) throws SQLException {
        return new ReplacementView.Step(
                instant(row, prefix + "at"),
                row.getString(prefix + "stage"),
                row.getString(prefix + "holder"),
                row.getString(prefix + "code"),
                row.getString(prefix + "detail"));
    }

    /** Without its steps. */
    public Optional<ReplacementView> find(TenantId tenant, String ticket) throws SQLException {
        return transactions.in(tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + "ticket = ?")) {
                select.setString(1, ticket);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(view(row)) : Optional.empty();
                }
            }
        });
    }

    /** The way of each of these, oldest step first. */
    public Map<String, List<ReplacementView.Step>> steps(TenantId tenant, Collection<String> tickets)
            throws SQLException {
        return transactions.in(tenant, connection -> {
            Map<String, List<ReplacementView.Step>> steps = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(STEPS)) {
                Columns.of(select, tickets).text(1, ticket -> ticket);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        steps.computeIfAbsent(row.getString("ticket"), ticket -> new ArrayList<>())
                                .add(step(row, ""));
                    }
                }
            }
            return steps;
        });
    }

    private static ReplacementView view(ResultSet row) throws SQLException {
        return new ReplacementView(
                row.getString("ticket"),
                row.getString("mode"),
                row.getString("gid"),
                row.getString("old"),
                row.getString("successor"),
                row.getString("iccid"),
                row.getString("reason"),
                row.getString("stage"),
                row.getBoolean("quarantined"),
                row.getString("holder"),
                row.getString("status") == null
                        ? null
                        : new ReplacementView.Outcome(
                                row.getString("status"), row.getString("code"), row.getString("detail")),
                row.getString("stuck_code") == null
                        ? null
                        : new ReplacementView.Stuck(
                                instant(row, "stuck_at"), row.getString("stuck_code"), row.getString("stuck_detail")),
                row.getString("verdict") == null
                        ? null
                        : new ReplacementView.Decision(
                                row.getString("verdict"),
                                row.getString("decided_by"),
                                instant(row, "decided_at"),
                                row.getString("verdict_reason"),
                                row.getString("verdict_order")),
                row.getString("approved_by"),
                instant(row, "requested_at"),
                instant(row, "updated_at"),
                ended(row),
                null);
    }

    private static @Nullable Instant ended(ResultSet row) throws SQLException {
        return row.getObject("ended_at") == null ? null : instant(row, "ended_at");
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
