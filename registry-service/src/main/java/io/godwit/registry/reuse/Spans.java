package io.godwit.registry.reuse;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Spans in the database. */
final class Spans {
    private static final String OPEN = "SELECT * FROM profile_span WHERE nid = ANY (?) AND gone_at IS NULL";

    private static final String END = """
            UPDATE profile_span p SET gone_at = greatest(p.since_at, t::timestamptz), gone_cause = c
            FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[]) AS v(i, n, s, t, c)
            WHERE p.iccid = i AND p.nid = n AND p.sequence = s AND p.gone_at IS NULL""";

    private static final String INSERT = """
            INSERT INTO profile_span (tenant_id, iccid, nid, sequence, since_at, cause, gone_at, gone_cause)
            SELECT ?, i, n, s, f::timestamptz, c, g::timestamptz, w
            FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS v(i, n, s, f, c, g, w)""";

    private final Connection connection;
    private final TenantId tenant;

    Spans(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    List<Span> open(Collection<Nid> cards) throws SQLException {
        return read(OPEN, cards);
    }

    /** All that is known of these profiles. */
    List<Span> of(Collection<String> iccids) throws SQLException {
        return read("SELECT * FROM profile_span WHERE iccid = ANY (?)", iccids);
    }

    private List<Span> read(String sql, Collection<?> ids) throws SQLException {
        List<Span> spans = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.of(select, ids).text(1, id -> id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    OffsetDateTime gone = row.getObject("gone_at", OffsetDateTime.class);
                    spans.add(new Span(
                            row.getString("iccid"),
                            row.getString("nid"),
                            row.getLong("sequence"),
                            row.getObject("since_at", OffsetDateTime.class).toInstant(),
                            row.getString("cause"),
                            gone == null ? null : gone.toInstant(),
                            row.getString("gone_cause")));
                }
            }
        }
        return spans;
    }

    /** Writes what {@code told} makes of the spans of its cards. @return the profiles that came or went */
    Set<String> follow(List<Told> told) throws SQLException {
        Set<Nid> cards = new TreeSet<>();
        told.forEach(each -> cards.add(each.nid()));
        if (cards.isEmpty()) {
            return Set.of();
        }
        SpanChanges changes = new SpanChanges(active(cards), open(cards));
        told.forEach(changes::add);
        end(changes.ended());
        insert(changes.fresh());
        Set<String> iccids = new TreeSet<>();
        changes.ended().forEach(span -> iccids.add(span.iccid()));
        changes.fresh().forEach(span -> iccids.add(span.iccid()));
        return iccids;
    }

    private Set<String> active(Collection<Nid> cards) throws SQLException {
        Set<String> active = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT nid FROM euicc WHERE nid = ANY (?) AND active")) {
            Columns.of(select, cards).text(1, nid -> nid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    active.add(row.getString(1));
                }
            }
        }
        return active;
    }

    void end(List<Span> ended) throws SQLException {
        if (ended.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(END)) {
            Columns.of(update, ended)
                    .text(1, Span::iccid)
                    .text(2, Span::nid)
                    .number(3, Span::sequence)
                    .text(4, Span::gone)
                    .text(5, Span::goneCause);
            update.executeUpdate();
        }
    }

    private void insert(List<Span> fresh) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, tenant.value());
            Columns.of(insert, fresh)
                    .text(2, Span::iccid)
                    .text(3, Span::nid)
                    .number(4, Span::sequence)
                    .text(5, Span::since)
                    .text(6, Span::cause)
                    .text(7, Span::gone)
                    .text(8, Span::goneCause);
            insert.executeUpdate();
        }
    }
}
