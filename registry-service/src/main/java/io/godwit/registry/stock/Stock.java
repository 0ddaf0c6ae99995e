package io.godwit.registry.stock;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.sql.Columns;
import io.godwit.registry.stock.Moves.Move;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From the stock to a card and back. A subscription is reserved by the transaction that sends its download, consumed when the card
 * has the profile, and available again only when the SM-SR has told that it is not on the card: that no download is under way,
 * and that the card's own word, its answer to a deletion or an audit, knows of no such profile.
 */
public final class Stock {
    private static final String RESERVE = """
            UPDATE subscription s SET state = 'Reserved', nid = ?, operation = ?, updated_at = ?::timestamptz
            WHERE iccid = (SELECT a.iccid FROM subscription a
                           WHERE a.template = ? AND a.iccid = coalesce(?, a.iccid) AND a.state = 'Available'
                           ORDER BY a.iccid FOR UPDATE SKIP LOCKED LIMIT 1)
            RETURNING s.iccid, s.template, s.state, s.nid, s.operation, NULL""";

    private static final String CONSUME = """
            UPDATE subscription s SET state = 'Consumed', updated_at = ?::timestamptz
            FROM euicc_profile p JOIN euicc e ON e.nid = p.nid AND e.active
            WHERE s.nid = ANY (?) AND s.state IN ('Reserved', 'Lost') AND p.nid = s.nid AND p.iccid = s.iccid
                AND p.state IN ('Enabled', 'Disabled')
            RETURNING s.iccid, s.template, s.state, s.nid, s.operation, NULL""";

    /** No card may be told to have it; and a successor must have been told to have had it, for its word may come late. */
    private static final String RELEASE = """
            WITH free AS (
                SELECT iccid, nid, operation FROM subscription s
                WHERE s.nid = ANY (?) AND s.state IN ('Reserved', 'Consumed') AND s.successor IS NULL
                    AND EXISTS (SELECT FROM euicc e WHERE e.nid = s.nid AND e.active)
                    AND NOT EXISTS (SELECT FROM euicc_profile p WHERE p.iccid = s.iccid)
                    AND NOT EXISTS (SELECT FROM replacement r
                                    WHERE r.iccid = s.iccid AND r.successor = s.nid AND r.handed_over AND r.installing_at IS NOT NULL
                                        AND NOT EXISTS (SELECT FROM profile_span c
                                                        WHERE c.iccid = s.iccid AND c.nid = s.nid
                                                            AND c.gone_at >= r.installing_at))
                    AND NOT EXISTS (SELECT FROM operation o
                                    WHERE o.nid = s.nid AND o.target = s.iccid AND o.function_name = 'DownloadProfile'
                                        AND o.status IN ('Pending', 'Running'))
                FOR UPDATE)
            UPDATE subscription s SET state = 'Available', nid = NULL, operation = NULL, updated_at = ?::timestamptz
            FROM free WHERE s.iccid = free.iccid
            RETURNING s.iccid, s.template, s.state, free.nid, free.operation, NULL""";

    /** Its card was given up. There is no way back, whatever is told of that card. */
    private static final String REVOKE = """
            UPDATE subscription s SET state = 'Revoked', successor = NULL, updated_at = ?::timestamptz FROM replacement r
            WHERE s.nid = ANY (?) AND r.forced AND r.old = s.nid AND r.iccid = s.iccid
                AND s.state IN ('Reserved', 'Consumed', 'Lost')
            RETURNING s.iccid, s.template, s.state, s.nid, s.operation, 'REVOKED'""";

    private static final String REFUSE = """
            UPDATE subscription s SET state = 'Refused', nid = NULL, operation = NULL, successor = NULL, code = ?, detail = ?,
                updated_at = ?::timestamptz
            WHERE s.nid = (SELECT o.nid FROM operation o WHERE o.id = ?) AND s.operation = ? AND s.state = 'Reserved'
            RETURNING s.iccid, s.template, s.state, NULL, ?::text, s.code""";

    private static final String LOSE = """
            UPDATE subscription s SET state = 'Lost', updated_at = ?::timestamptz
            WHERE s.nid = ? AND s.state IN ('Reserved', 'Consumed')
            RETURNING s.iccid, s.template, s.state, s.nid, s.operation, NULL""";

    /** Counts no further than it must. */
    private static final String FEW = "(SELECT count(*) FROM (SELECT FROM subscription s WHERE s.template = t.template"
            + " AND s.state = 'Available' LIMIT t.low_stock) enough) < t.low_stock";

    private static final String BECAME_FEW = "UPDATE profile_template t SET low_since = ?::timestamptz"
            + " WHERE t.template = ANY (?) AND t.low_since IS NULL AND " + FEW
            + " RETURNING t.template, t.operator, t.low_stock";

    private static final String ARE_ENOUGH = "UPDATE profile_template t SET low_since = NULL WHERE t.template = ANY (?)"
            + " AND t.low_since IS NOT NULL AND NOT " + FEW;

    private Stock() {}

    /** What was taken from the stock for a download, and what an auditor should know beside. */
    public record Reservation(Iccid iccid, List<AuditFact> facts) {
        public Reservation {
            facts = List.copyOf(facts);
        }
    }

    /**
     * What an order must know of a template.
     *
     * @param operator whose its profiles are
     * @param type that its profiles get where an order names none
     * @param usable whether the SM-DP has it
     */
    public record Template(String operator, Optional<String> type, boolean usable) {
        public boolean isOf(ProfileOwner owner) {
            return operator.equals(owner.name());
        }
    }

    /** Empty where there is no such template. */
    public static Optional<Template> template(Connection connection, TemplateId template) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT operator, type, usable FROM profile_template WHERE template = ?")) {
            select.setString(1, template.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Template(
                                row.getString(1), Optional.ofNullable(row.getString(2)), row.getBoolean(3)))
                        : Optional.empty();
            }
        }
    }

    /**
     * The SM-DP could make no package of what a download has reserved, so nobody gets it before it has been imported again.
     *
     * @param operation the download
     */
    public static void refuse(Connection connection, String operation, Refusal refusal, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(REFUSE)) {
            update.setString(1, Columns.storable(refusal.code()));
            update.setString(2, Columns.storable(refusal.detail()));
            update.setString(3, now.toString());
            update.setString(4, operation);
            update.setString(5, operation);
            update.setString(6, operation);
            List<Move> refused = Moves.write(connection, now, Moves.of(update));
            if (!refused.isEmpty()) {
                claims(connection, "SELECT restock_iccids(?)", refused);
            }
        }
    }

    /** Whether the template has few subscriptions, after a change of what counts as few. */
    static List<AuditFact> level(Connection connection, TemplateId template, Instant now) throws SQLException {
        enough(connection, Set.of(template.value()));
        return becameFew(connection, Set.of(template.value()), now);
    }

    /**
     * Takes a subscription for a card, in the transaction that orders its download.
     *
     * @param wanted that one and no other; {@code null}: any
     * @return empty when there is none
     */
    public static Optional<Reservation> reserve(
            Connection connection, TemplateId template, @Nullable Iccid wanted, Nid nid, String operation, Instant now)
            throws SQLException {
        List<Move> moves;
        try (PreparedStatement update = connection.prepareStatement(RESERVE)) {
            update.setString(1, nid.value());
            update.setString(2, operation);
            update.setString(3, now.toString());
            update.setString(4, template.value());
            update.setString(5, wanted == null ? null : wanted.digits());
            moves = Moves.write(connection, now, Moves.of(update));
        }
        if (moves.isEmpty()) {
            return Optional.empty();
        }
        Iccid iccid = new Iccid(moves.get(0).iccid());
        try (PreparedStatement claim = connection.prepareStatement("SELECT reserve_iccid(?, ?)")) {
            claim.setString(1, iccid.digits());
            claim.setString(2, nid.value());
            try (ResultSet row = claim.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new SQLException("a subscription of the stock has no claim: " + iccid);
                }
            }
        }
        return Optional.of(new Reservation(iccid, becameFew(connection, Set.of(template.value()), now)));
    }

    /** Those cards, and all with whom they have or had a replacement that came to touch a card. */
    public static Set<Nid> parties(Connection connection, Collection<Nid> cards) throws SQLException {
        return cards.isEmpty() ? Set.of() : Handover.parties(connection, cards);
    }

    /** Follows what was told of cards and replacements, which is written by now: profiles that came, went or moved. */
    public static void settle(Connection connection, Collection<Nid> told, Instant now) throws SQLException {
        if (told.isEmpty()) {
            return;
        }
        Handover handover = new Handover(connection, now);
        Set<Nid> cards = Handover.parties(connection, told);
        handover.settle(cards);
        try (PreparedStatement update = connection.prepareStatement(REVOKE)) {
            update.setString(1, now.toString());
            Columns.of(update, cards).text(2, nid -> nid);
            Moves.write(connection, now, Moves.of(update));
        }
        try (PreparedStatement update = connection.prepareStatement(CONSUME)) {
            update.setString(1, now.toString());
            Columns.of(update, cards).text(2, nid -> nid);
            Moves.write(connection, now, Moves.of(update));
        }
        List<Move> free;
        try (PreparedStatement update = connection.prepareStatement(RELEASE)) {
            Columns.of(update, cards).text(1, nid -> nid);
            update.setString(2, now.toString());
            free = Moves.write(connection, now, Moves.of(update));
        }
        if (!free.isEmpty()) {
            claims(connection, "SELECT restock_iccids(?)", free);
            enough(connection, templates(free));
        }
    }

    /** A card leaves the fleet: what it has or may have of the stock is on it for ever, as far as anybody can tell. */
    public static void lose(Connection connection, Nid nid, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(LOSE)) {
            update.setString(1, now.toString());
            update.setString(2, nid.value());
            Moves.write(connection, now, Moves.of(update));
        }
    }

    static void claims(Connection connection, String function, List<Move> moves) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(function)) {
            Columns.of(call, moves).text(1, Move::iccid);
            call.execute();
        }
    }

    static void enough(Connection connection, Set<String> templates) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ARE_ENOUGH)) {
            Columns.of(update, templates).text(1, template -> template);
            update.executeUpdate();
        }
    }

    static Set<String> templates(List<Move> moves) {
        return moves.stream().map(Move::template).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<AuditFact> becameFew(Connection connection, Set<String> templates, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(BECAME_FEW)) {
            update.setString(1, now.toString());
            Columns.of(update, templates).text(2, template -> template);
            List<AuditFact> facts = new ArrayList<>();
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    facts.add(AuditFact.at(now, "registry", "StockLow")
                            .detail("template " + row.getString(1) + " of " + row.getString(2) + ": fewer than "
                                    + row.getLong(3) + " subscriptions are available"));
                }
            }
            return facts;
        }
    }
}
