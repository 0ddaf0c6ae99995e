package io.godwit.registry.reuse;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.sql.Columns;
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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ledger in the database: facts first, then the rows that they make. */
public final class Ledger {
    private static final String MOVES = """
            SELECT ticket, iccid, old, successor, coalesce(installing_at, moved_at) AS begun_at, moved_at, ended_at FROM replacement
            WHERE iccid = ANY (?) AND (installing_at IS NOT NULL OR moved_at IS NOT NULL)""";

    /** Of what was ever reserved: the subscription itself forgets, and the order of facts is to make no difference. */
    private static final String RESERVATIONS = """
            SELECT e.iccid, e.nid, e.at, r.ticket FROM subscription_event e
                LEFT JOIN replacement r ON r.ticket = e.operation AND r.successor = e.nid AND r.forced
            WHERE e.iccid = ANY (?) AND e.state = 'Reserved'""";

    private static final String STORED =
            "SELECT iccid, nid, from_at, until_at, cause, end_cause, ticket FROM profile_holder"
                    + " WHERE iccid = ANY (?) ORDER BY iccid, position";

    private static final String INSERT = """
            INSERT INTO profile_holder (tenant_id, iccid, position, nid, from_at, until_at, cause, end_cause, ticket, mode, reason,
                approved_by, evidence)
            SELECT ?, i, p, n, f::timestamptz, u::timestamptz, c, e, t, r.mode, r.reason, r.approved_by, r.evidence
            FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS v(i, p, n, f, u, c, e, t) LEFT JOIN replacement r ON r.ticket = t""";

    private final Connection connection;
    private final TenantId tenant;
    private final Spans spans;
    private final Set<String> iccids = new TreeSet<>();

    /** @param connection in a transaction of {@code tenant} */
    public Ledger(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
        this.spans = new Spans(connection, tenant);
    }

    /**
     * Writes what was told of cards, in its order, and takes the profiles for itself that this concerns. Whoever reads facts of them
     * after it in this transaction reads all that were committed before.
     *
     * @param moved profiles of which a replacement tells something, which is written by now
     */
    public void tell(List<Told> told, Collection<String> moved) throws SQLException {
        iccids.addAll(spans.follow(told));
        iccids.addAll(moved);
        lock();
    }

    /** A card leaves the fleet: what it holds, it is told to hold no longer, though nobody knows what is on it. */
    public void remove(Nid nid, Instant now) throws SQLException {
        List<Span> open = spans.open(List.of(nid));
        open.forEach(span -> iccids.add(span.iccid()));
        lock();
        spans.end(open.stream().map(span -> span.until(now, Span.REMOVED)).toList());
    }

    private void lock() throws SQLException {
        if (iccids.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO profile_ledger (tenant_id, iccid) SELECT ?, i FROM unnest(?::text[]) AS v(i) ORDER BY i"
                        + " ON CONFLICT DO NOTHING")) {
            insert.setString(1, tenant.value());
            Columns.of(insert, iccids).text(2, iccid -> iccid);
            insert.executeUpdate();
        }
        try (PreparedStatement lock = connection.prepareStatement(
                "SELECT FROM profile_ledger WHERE iccid = ANY (?) ORDER BY iccid FOR UPDATE")) {
            Columns.of(lock, iccids).text(1, iccid -> iccid);
            lock.executeQuery().close();
        }
    }

    /** Works the ledger out anew, for the profiles that it has taken. */
    public void settle() throws SQLException {
        if (iccids.isEmpty()) {
            return;
        }
        Map<String, List<Span>> facts = new HashMap<>();
        for (Span span : spans.of(iccids)) {
            facts.computeIfAbsent(span.iccid(), iccid -> new ArrayList<>()).add(span);
        }
        Map<String, List<Move>> moves = byIccid(MOVES, Ledger::move);
        Map<String, List<Reservation>> reservations = byIccid(RESERVATIONS, Ledger::reservation);
        Map<String, List<Holding>> stored = byIccid(STORED, Ledger::holding);
        Map<String, List<Holding>> changed = new HashMap<>();
        for (String iccid : iccids) {
            List<Holding> history = History.of(
                    facts.getOrDefault(iccid, List.of()),
                    moves.getOrDefault(iccid, List.of()),
                    reservations.getOrDefault(iccid, List.of()));
            if (!history.equals(stored.getOrDefault(iccid, List.of()))) {
                changed.put(iccid, history);
            }
        }
        delete(changed.keySet().stream().filter(stored::containsKey).toList());
        insert(changed);
    }

    private static Move move(ResultSet row) throws SQLException {
        return new Move(
                row.getString("ticket"),
                row.getString("iccid"),
                row.getString("old"),
                row.getString("successor"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                instant(row, "moved_at"),
                instant(row, "ended_at"));
    }

    private static Reservation reservation(ResultSet row) throws SQLException {
        return new Reservation(
                row.getString("nid"), row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("ticket"));
    }

    private static Holding holding(ResultSet row) throws SQLException {
        return new Holding(
                row.getString("iccid"),
                row.getString("nid"),
                row.getObject("from_at", OffsetDateTime.class).toInstant(),
                instant(row, "until_at"),
                row.getString("cause"),
                row.getString("end_cause"),
                row.getString("ticket"));
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** The rows of each profile, in the order in which {@code sql} has them. */
    private <T> Map<String, List<T>> byIccid(String sql, Reading<T> reading) throws SQLException {
        Map<String, List<T>> rows = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.of(select, iccids).text(1, iccid -> iccid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.computeIfAbsent(row.getString("iccid"), iccid -> new ArrayList<>())
                            .add(reading.of(row));
                }
            }
        }
        return rows;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private void delete(List<String> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM profile_holder WHERE iccid = ANY (?)")) {
            Columns.of(delete, changed).text(1, iccid -> iccid);
            delete.executeUpdate();
        }
    }

    private void insert(Map<String, List<Holding>> changed) throws SQLException {
        record Row(long position, Holding holding) {}
        List<Row> rows = new ArrayList<>();
        for (List<Holding> history : changed.values()) {
            for (int i = 0; i < history.size(); i++) {
                rows.add(new Row(i, history.get(i)));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, tenant.value());
            Columns.of(insert, rows)
                    .text(2, row -> row.holding().iccid())
                    .number(3, Row::position)
                    .text(4, row -> row.holding().nid())
                    .text(5, row -> row.holding().from())
                    .text(6, row -> row.holding().until())
                    .text(7, row -> row.holding().cause())
                    .text(8, row -> row.holding().endCause())
                    .text(9, row -> row.holding().ticket());
            insert.executeUpdate();
        }
    }
}
