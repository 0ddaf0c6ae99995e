package io.godwit.registry.stock;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.registry.page.PageRequest;
import io.godwit.registry.page.Slice;
import io.godwit.registry.sql.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stock as it is shown. */
@ApplicationScoped
public class StockViews {
    private static final String TEMPLATES = """
            SELECT * FROM profile_template
            WHERE template > ? AND template = coalesce(?, template) AND operator = coalesce(?, operator)
                AND operator = coalesce(?, operator)
            ORDER BY template LIMIT ?""";

    private static final String COUNTS =
            "SELECT template, state, count(*) FROM subscription WHERE template = ANY (?) GROUP BY template, state";

    private static final String OF_OPERATOR = """
            AND (?::text IS NULL OR template IN (SELECT t.template FROM profile_template t WHERE t.operator = ?))""";

    private static final String SUBSCRIPTIONS = """
            SELECT * FROM subscription
            WHERE iccid > ? AND template = coalesce(?, template) AND state = coalesce(?, state)
                AND import = coalesce(?, import)
            """ + OF_OPERATOR + " ORDER BY iccid LIMIT ?";

    private static final String SUBSCRIPTION = "SELECT * FROM subscription WHERE iccid = ? " + OF_OPERATOR;

    private static final String HISTORIES = "SELECT iccid, at, state, nid, operation, code FROM subscription_event"
            + " WHERE iccid = ANY (?) ORDER BY iccid, id";

    private final TenantTransaction transactions;

    public StockViews(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * In the order of their names, of all operators or of one.
     *
     * @param only the operator whose alone are shown; empty: all
     */
    public Slice<TemplateView> templates(
            TenantId tenant, @Nullable String operator, Optional<ProfileOwner> only, PageRequest request)
            throws SQLException {
        return Slice.cut(
                templates(tenant, request.after().orElse(""), null, operator, only, request.limit() + 1),
                request,
                TemplateView::template);
    }

    /** @param only the operator whose alone are shown; empty: all */
    public Optional<TemplateView> template(TenantId tenant, String template, Optional<ProfileOwner> only)
            throws SQLException {
        return templates(tenant, "", template, null, only, 1).stream().findFirst();
    }

    private List<TemplateView> templates(
            TenantId tenant,
            String after,
            @Nullable String name,
            @Nullable String operator,
            Optional<ProfileOwner> only,
            int limit)
            throws SQLException {
        return transactions.in(tenant, connection -> {
            List<TemplateView> views = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(TEMPLATES)) {
                select.setString(1, after);
                select.setString(2, name);
                select.setString(3, operator);
                select.setString(4, name(only));
                select.setInt(5, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        views.add(template(row));
                    }
                }
            }
            return counted(connection, views);
        });
    }

    private static TemplateView template(ResultSet row) throws SQLException {
        OffsetDateTime lowSince = row.getObject("low_since", OffsetDateTime.class);
        return new TemplateView(
                row.getString("template"),
                row.getString("operator"),
                row.getString("type"),
                row.getString("state"),
                row.getBoolean("usable"),
                row.getString("code"),
                row.getString("detail"),
                row.getString("operation"),
                row.getLong("low_stock"),
                lowSince == null ? null : lowSince.toInstant(),
                instant(row, "updated_at"),
                Map.of());
    }

    private static List<TemplateView> counted(Connection connection, List<TemplateView> views) throws SQLException {
        Map<String, Map<String, Long>> counts = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(COUNTS)) {
            Columns.of(select, views).text(1, TemplateView::template);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.computeIfAbsent(row.getString(1), template -> new TreeMap<>())
                            .put(row.getString(2), row.getLong(3));
                }
            }
        }
        return views.stream()
                .map(view -> view.with(counts.getOrDefault(view.template(), Map.of())))
                .toList();
    }

    /**
     * In the order of their ICCIDs, without their histories; of all templates, states and imports or of one.
     *
     * @param only the operator for whose templates alone they are shown; empty: for all
     */
    public Slice<SubscriptionView> subscriptions(
            TenantId tenant,
            @Nullable String template,
            @Nullable String state,
            @Nullable String importId,
            Optional<ProfileOwner> only,
            PageRequest request)
            throws SQLException {
        return transactions.in(tenant, connection -> {
            List<SubscriptionView> views = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SUBSCRIPTIONS)) {
                select.setString(1, request.after().orElse(""));
                select.setString(2, template);
                select.setString(3, state);
                select.setString(4, importId);
                select.setString(5, name(only));
                select.setString(6, name(only));
                select.setInt(7, request.limit() + 1);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        views.add(subscription(row));
                    }
                }
            }
            return Slice.cut(views, request, SubscriptionView::iccid);
        });
    }

    /**
     * Without its history.
     *
     * @param only the operator for whose templates alone they are shown; empty: for all
     */
    public Optional<SubscriptionView> subscription(TenantId tenant, String iccid, Optional<ProfileOwner> only)
            throws SQLException {
        return transactions.in(tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement(SUBSCRIPTION)) {
                select.setString(1, iccid);
                select.setString(2, name(only));
                select.setString(3, name(only));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(subscription(row)) : Optional.empty();
                }
            }
        });
    }

    private static @Nullable String name(Optional<ProfileOwner> owner) {
        return owner.map(ProfileOwner::name).orElse(null);
    }

    private static SubscriptionView subscription(ResultSet row) throws SQLException {
        return new SubscriptionView(
                row.getString("iccid"),
                row.getString("template"),
                row.getString("state"),
                row.getString("import"),
                row.getString("nid"),
                row.getString("successor"),
                row.getString("operation"),
                row.getString("code"),
                row.getString("detail"),
                instant(row, "updated_at"),
                null);
    }

    /** What has happened to each of these, oldest first. */
    public Map<String, List<SubscriptionView.Event>> histories(TenantId tenant, Collection<String> iccids)
            throws SQLException {
        return transactions.in(tenant, connection -> {
            Map<String, List<SubscriptionView.Event>> events = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(HISTORIES)) {
                Columns.of(select, iccids).text(1, iccid -> iccid);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        events.computeIfAbsent(row.getString("iccid"), iccid -> new ArrayList<>())
                                .add(new SubscriptionView.Event(
                                        instant(row, "at"),
                                        row.getString("state"),
                                        row.getString("nid"),
                                        row.getString("operation"),
                                        row.getString("code")));
                    }
                }
            }
            return events;
        });
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
