package io.godwit.registry.stock;

import io.godwit.protocol.TemplateId;
import io.godwit.protocol.record.SubscriptionResult;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.sql.Columns;
import io.godwit.registry.stock.Moves.Move;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the SM-DP tells of one import, by its id. Each answer counts once; one to an import that was followed by another does not
 * count.
 */
public final class Imports {
    private static final String TEMPLATE = """
            UPDATE profile_template SET state = CASE WHEN ?::text IS NULL THEN 'Available' ELSE 'Refused' END,
                code = ?, detail = ?, updated_at = ?::timestamptz
            WHERE template = ? AND operation = ? AND state = 'Importing'""";

    /** Whichever import it was of, the SM-DP has one. */
    private static final String USABLE = "UPDATE profile_template SET usable = true WHERE template = ? AND NOT usable";

    private static final String SUBSCRIPTIONS = """
            UPDATE subscription s SET state = CASE WHEN c IS NULL THEN 'Available' ELSE 'Refused' END, code = c, detail = d,
                updated_at = ?::timestamptz
            FROM unnest(?::text[], ?::text[], ?::text[]) AS v(i, c, d)
            WHERE s.iccid = i AND s.import = ? AND s.state = 'Importing'
            RETURNING s.iccid, s.template, s.state, s.nid, s.operation, s.code""";

    private static final String FAILED_TEMPLATE = """
            UPDATE profile_template SET state = 'Refused', code = ?, detail = ?, updated_at = ?::timestamptz
            WHERE operation = ? AND state = 'Importing'""";

    private static final String FAILED_SUBSCRIPTIONS = """
            UPDATE subscription s SET state = 'Refused', code = ?, detail = ?, updated_at = ?::timestamptz
            WHERE s.import = ? AND s.state = 'Importing'
            RETURNING s.iccid, s.template, s.state, s.nid, s.operation, s.code""";

    private final Connection connection;
    private final String importId;
    private final Instant at;

    /** @param connection in a transaction of the import's tenant */
    public Imports(Connection connection, String importId, Instant at) {
        this.connection = connection;
        this.importId = importId;
        this.at = at;
    }

    /** @return what an auditor should know */
    public Optional<AuditFact> template(TemplateId template, Optional<Refusal> refusal) throws SQLException {
        String code = refusal.map(Refusal::code).orElse(null);
        if (refusal.isEmpty()) {
            try (PreparedStatement update = connection.prepareStatement(USABLE)) {
                update.setString(1, template.value());
                update.executeUpdate();
            }
        }
        try (PreparedStatement update = connection.prepareStatement(TEMPLATE)) {
            update.setString(1, code);
            update.setString(2, code);
            update.setString(
                    3, refusal.map(Refusal::detail).map(Columns::storable).orElse(null));
            update.setString(4, at.toString());
            update.setString(5, template.value());
            update.setString(6, importId);
            return update.executeUpdate() == 0
                    ? Optional.empty()
                    : Optional.of(fact(code == null ? "ProfileTemplateImported" : "ProfileTemplateRefused")
                            .detail("template " + template + (code == null ? "" : ": " + code)));
        }
    }

    /** @return what an auditor should know: how many came to what */
    public Optional<AuditFact> subscriptions(TemplateId template, List<SubscriptionResult> results)
            throws SQLException {
        List<Move> moves;
        try (PreparedStatement update = connection.prepareStatement(SUBSCRIPTIONS)) {
            update.setString(1, at.toString());
            Columns.of(update, results)
                    .text(2, SubscriptionResult::iccid)
                    .text(3, result -> result.refusal().map(Refusal::code).orElse(null))
                    .text(4, result -> result.refusal().map(Refusal::detail).orElse(null));
            update.setString(5, importId);
            moves = settled(update);
        }
        long refused = moves.stream().filter(move -> move.code() != null).count();
        return moves.isEmpty()
                ? Optional.empty()
                : Optional.of(fact("SubscriptionsImported")
                        .detail("template " + template + ": " + (moves.size() - refused) + " available, " + refused
                                + " refused"));
    }

    /** It could not be carried out at all: what has not been told yet is refused. */
    public void failed(Refusal refusal) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(FAILED_TEMPLATE)) {
            bind(update, refusal);
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(FAILED_SUBSCRIPTIONS)) {
            bind(update, refusal);
            settled(update);
        }
    }

    private void bind(PreparedStatement update, Refusal refusal) throws SQLException {
        update.setString(1, Columns.storable(refusal.code()));
        update.setString(2, Columns.storable(refusal.detail()));
        update.setString(3, at.toString());
        update.setString(4, importId);
    }

    private AuditFact fact(String action) {
        return AuditFact.at(at, "provisioning", action).operation(importId);
    }

    private List<Move> settled(PreparedStatement update) throws SQLException {
        List<Move> moves = Moves.write(connection, at, Moves.of(update));
        if (!moves.isEmpty()) {
            // One that a card holds stays this tenant's, whatever was refused of it.
            Stock.claims(
                    connection,
                    "SELECT unstock_iccids(?)",
                    moves.stream()
                            .filter(move -> !"SUBSCRIPTION_ON_A_CARD".equals(move.code()))
                            .toList());
            Stock.enough(connection, Stock.templates(moves));
        }
        return moves;
    }
}
