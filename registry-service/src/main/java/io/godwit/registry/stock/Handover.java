package io.godwit.registry.stock;

import io.godwit.protocol.Nid;
import io.godwit.registry.sql.Columns;
import io.godwit.registry.stock.Moves.Move;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * From an old card to its successor: a profile's claim, and its subscription where it is of the stock. It is promised while the
 * successor gets its copy, and handed over when the old card is told to be without, or the right to have moved; it is nobody's in between.
 * Facts of the two cards come in any order. Whatever comes first, the view {@code promise} says what still holds.
 */
final class Handover {
    /** One that was refused has touched no card, however often a device asks: there is nothing to settle. */
    private static final String PARTIES = """
            SELECT old, successor FROM replacement
            WHERE (old = ANY (?) OR successor = ANY (?)) AND (ended_at IS NULL OR installing_at IS NOT NULL)""";

    private static final String DUE = """
            SELECT p.ticket, p.iccid, p.old, p.successor FROM promise p
            WHERE p.old = ANY (?)
                AND (p.moved_at IS NOT NULL
                    OR EXISTS (SELECT FROM euicc e WHERE e.nid = p.old AND e.active)
                        AND NOT EXISTS (SELECT FROM euicc_profile x WHERE x.nid = p.old AND x.iccid = p.iccid))
            ORDER BY p.iccid, p.installing_at, p.ticket""";

    /** The successor may have left the fleet meanwhile. */
    private static final String HAND_OVER = """
            UPDATE subscription s SET nid = n, operation = NULL, successor = NULL, updated_at = ?::timestamptz,
                state = CASE WHEN EXISTS (SELECT FROM euicc e WHERE e.nid = n AND e.active) THEN 'Consumed' ELSE 'Lost' END
            FROM unnest(?::text[], ?::text[], ?::text[]) AS v(i, o, n)
            WHERE s.iccid = i AND s.nid = o AND s.state IN ('Reserved', 'Consumed', 'Lost')
            RETURNING s.iccid, s.template, s.state, s.nid, NULL::text, 'MOVED'""";

    private static final String PROMISE = """
            UPDATE subscription s SET successor = p.successor FROM promise p
            WHERE s.nid = ANY (?) AND p.iccid = s.iccid AND p.old = s.nid AND s.successor IS DISTINCT FROM p.successor""";

    private static final String VOID = """
            UPDATE subscription s SET successor = NULL
            WHERE s.nid = ANY (?) AND s.successor IS NOT NULL
                AND NOT EXISTS (SELECT FROM promise p WHERE p.iccid = s.iccid AND p.old = s.nid)""";

    /** Of one that ended without a move neither card keeps a claim that it has no profile for. */
    private static final String RELEASE = """
            SELECT release_iccids(array_agg(i), array_agg(n))
            FROM (SELECT iccid AS i, unnest(ARRAY[old, successor]) AS n FROM replacement
                  WHERE (old = ANY (?) OR successor = ANY (?)) AND ended_at IS NOT NULL AND installing_at IS NOT NULL
                      AND moved_at IS NULL AND NOT handed_over) v""";

    private final Connection connection;
    private final Instant now;

    Handover(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    private record Due(String ticket, String iccid, String old, String successor) {}

    /** Those cards, and all with whom they have or had a replacement that came to touch a card. */
    static Set<Nid> parties(Connection connection, Collection<Nid> cards) throws SQLException {
        Set<Nid> parties = new TreeSet<>(cards);
        try (PreparedStatement select = connection.prepareStatement(PARTIES)) {
            Columns.of(select, cards).text(1, nid -> nid).text(2, nid -> nid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    parties.add(new Nid(row.getString(1)));
                    parties.add(new Nid(row.getString(2)));
                }
            }
        }
        return parties;
    }

    /** Hands over what is due, keeps the promises, and gives up what nobody needs. */
    void settle(Collection<Nid> cards) throws SQLException {
        // One that was told early waits for the one before it: the profile goes from card to card in its order.
        boolean handed = handOver(due(cards));
        while (handed) {
            handed = handOver(due(cards));
        }
        run(PROMISE, cards);
        run(VOID, cards);
        try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
            Columns.of(release, cards).text(1, nid -> nid).text(2, nid -> nid);
            release.execute();
        }
    }

    private List<Due> due(Collection<Nid> cards) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(DUE)) {
            Columns.of(select, cards).text(1, nid -> nid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    due.add(new Due(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
                }
            }
        }
        return due;
    }

    /** @return whether anything was handed over */
    private boolean handOver(List<Due> due) throws SQLException {
        Set<String> once = new HashSet<>();
        List<Due> first = due.stream().filter(each -> once.add(each.iccid())).toList();
        Set<String> moved = moved(first);
        List<Due> done =
                first.stream().filter(each -> moved.contains(each.iccid())).toList();
        if (done.isEmpty()) {
            return false;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE replacement SET handed_over = true WHERE ticket = ANY (?)")) {
            Columns.of(update, done).text(1, Due::ticket);
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(HAND_OVER)) {
            update.setString(1, now.toString());
            Columns.of(update, done).text(2, Due::iccid).text(3, Due::old).text(4, Due::successor);
            List<Move> moves = Moves.of(update);
            Moves.write(connection, now, moves);
        }
        return true;
    }

    private Set<String> moved(List<Due> due) throws SQLException {
        Set<String> moved = new HashSet<>();
        if (due.isEmpty()) {
            return moved;
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT moved FROM move_iccids(?, ?, ?)")) {
            Columns.of(select, due).text(1, Due::iccid).text(2, Due::old).text(3, Due::successor);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    moved.add(row.getString(1));
                }
            }
        }
        return moved;
    }

    private void run(String sql, Collection<Nid> cards) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.of(update, cards).text(1, nid -> nid);
            update.executeUpdate();
        }
    }
}
