package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Members of operations and the counts of them, written a slice at a time, with the operations' rows locked. */
final class MemberTables {
    private static final String TOUCHED = """
            UPDATE operation o SET started_at = coalesce(o.started_at, t::timestamptz),
                status = CASE o.status WHEN 'Pending' THEN 'Running' ELSE o.status END,
                function_name = coalesce(o.function_name, f),
                target_kind = CASE WHEN o.function_name IS NULL THEN k ELSE o.target_kind END,
                target = CASE WHEN o.function_name IS NULL THEN g ELSE o.target END
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS v(i, t, f, k, g)
            WHERE o.id = i AND (o.status = 'Pending' OR o.started_at IS NULL OR o.function_name IS NULL)""";
    private static final String PUT_MEMBERS = """
            INSERT INTO operation_member (tenant_id, operation, nid, procedure, state, status, code, detail, updated_at,
                                          commanded_by)
            SELECT ?, o, n, p, s, x, c, d, t::timestamptz, b
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[])
                AS v(o, n, p, s, x, c, d, t, b)
            ON CONFLICT (tenant_id, operation, nid) DO UPDATE SET procedure = excluded.procedure, state = excluded.state,
                status = excluded.status, code = excluded.code, detail = excluded.detail, updated_at = excluded.updated_at,
                commanded_by = excluded.commanded_by""";
    private static final String COUNT = """
            INSERT INTO operation_count AS c (tenant_id, operation, state, cards, commanded_singly)
            SELECT ?, o, s, d, b FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])
                WITH ORDINALITY AS v(o, s, d, b, i) ORDER BY i
            ON CONFLICT (tenant_id, operation, state) DO UPDATE SET cards = c.cards + excluded.cards,
                commanded_singly = c.commanded_singly + excluded.commanded_singly""";

    private final Connection connection;
    private final TenantId tenant;

    MemberTables(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Writes members that may still change, and counts the differences. */
    void apply(Collection<MemberChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Map<MemberChange.Key, String> before = states(changes);
        List<MemberChange> effective = changes.stream()
                .filter(change -> !MemberChange.FINAL.contains(before.getOrDefault(change.key(), "")))
                .toList();
        touch(effective);
        put(effective);
        count(effective, before);
    }

    private Map<MemberChange.Key, String> states(Collection<MemberChange> changes) throws SQLException {
        Map<MemberChange.Key, String> states = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT m.operation, m.nid, m.state"
                        + " FROM unnest(?::text[], ?::text[]) AS v(o, n) JOIN operation_member m ON m.operation = o AND m.nid = n")) {
            Columns.of(select, changes).text(1, MemberChange::operation).text(2, MemberChange::nid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    states.put(new MemberChange.Key(rows.getString(1), new Nid(rows.getString(2))), rows.getString(3));
                }
            }
        }
        return states;
    }

    private void touch(List<MemberChange> changes) throws SQLException {
        Map<String, MemberChange> first = new TreeMap<>();
        changes.forEach(change -> first.putIfAbsent(change.operation(), change));
        try (PreparedStatement update = connection.prepareStatement(TOUCHED)) {
            Columns.of(update, first.values())
                    .text(1, MemberChange::operation)
                    .text(2, MemberChange::at)
                    .text(3, change -> change.function().name())
                    .text(4, change -> change.function().kind())
                    .text(5, change -> change.function().target());
            update.executeUpdate();
        }
    }

    private void put(List<MemberChange> changes) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(PUT_MEMBERS)) {
            put.setString(1, tenant.value());
            Columns.of(put, changes)
                    .text(2, MemberChange::operation)
                    .text(3, MemberChange::nid)
                    .text(4, MemberChange::procedure)
                    .text(5, MemberChange::state)
                    .text(
                            6,
                            change -> change.outcome() == null
                                    ? null
                                    : change.outcome().status().literal())
                    .text(
                            7,
                            change -> change.outcome() == null
                                    ? null
                                    : change.outcome().code())
                    .text(
                            8,
                            change -> change.outcome() == null
                                    ? null
                                    : change.outcome().detail())
                    .text(9, MemberChange::at)
                    .text(10, MemberChange::commandedBy);
            put.executeUpdate();
        }
    }

    private record Difference(String operation, String state, long cards, long commandedSingly) {
        Difference plus(Difference other) {
            return new Difference(operation, state, cards + other.cards, commandedSingly + other.commandedSingly);
        }
    }

    private void count(List<MemberChange> changes, Map<MemberChange.Key, String> before) throws SQLException {
        Map<String, Map<String, Difference>> byOperation = new TreeMap<>();
        for (MemberChange change : changes) {
            Map<String, Difference> byState = byOperation.computeIfAbsent(change.operation(), id -> new TreeMap<>());
            long singly = change.isCommandedSingly() ? 1 : 0;
            byState.merge(
                    change.state(), new Difference(change.operation(), change.state(), 1, singly), Difference::plus);
            String old = before.get(change.key());
            if (old != null) {
                byState.merge(old, new Difference(change.operation(), old, -1, 0), Difference::plus);
            }
        }
        List<Difference> differences = byOperation.values().stream()
                .flatMap(byState -> byState.values().stream())
                .filter(difference -> difference.cards() != 0 || difference.commandedSingly() != 0)
                .toList();
        try (PreparedStatement put = connection.prepareStatement(COUNT)) {
            put.setString(1, tenant.value());
            Columns.of(put, differences)
                    .text(2, Difference::operation)
                    .text(3, Difference::state)
                    .number(4, Difference::cards)
                    .number(5, Difference::commandedSingly);
            put.executeUpdate();
        }
    }
}
