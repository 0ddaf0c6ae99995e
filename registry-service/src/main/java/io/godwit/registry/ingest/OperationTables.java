package io.godwit.registry.ingest;

import io.godwit.protocol.record.EventRecord.CampaignProgressed;
import io.godwit.protocol.record.EventRecord.OperationFailed;
import io.godwit.protocol.record.EventRecord.OperationStarted;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Operations as a whole, written a slice at a time. */
final class OperationTables {
    private static final String STARTED = """
            UPDATE operation o SET members = m, gid = CASE o.origin WHEN 'client' THEN coalesce(o.gid, g) ELSE o.gid END,
                started_at = coalesce(o.started_at, t::timestamptz),
                status = CASE o.status WHEN 'Pending' THEN 'Running' ELSE o.status END
            FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[]) AS v(i, m, t, g) WHERE o.id = i""";
    static final String STOPPED = "Stopped";

    /** A campaign that stopped by itself may be resumed, though resuming was what was asked last. */
    private static final String CAMPAIGN = """
            UPDATE operation o SET campaign_sequence = s, campaign_state = t, campaign_triggers = a, campaign_commands = c,
                steering = CASE WHEN t = 'Stopped' AND o.steering <> 'cancel' THEN NULL ELSE o.steering END
            FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[]) AS v(i, s, t, a, c)
            WHERE o.id = i AND o.mode = 'group' AND o.campaign_sequence < s RETURNING o.id""";

    /** The old device of a forced replacement was cut off by the order, before provisioning had a say. */
    private static final String FAILED = """
            UPDATE operation o SET status = 'Failed', failure_code = c, completed_at = t::timestamptz,
                failure_detail = d || coalesce(
                    (SELECT '; the device ' || e.nid || ' stays cut off: order its successor again, or let it in by DELETE /v1/euiccs/'
                        || e.nid || '/cut-off' FROM euicc e WHERE e.cut_off_by = i AND e.active), '')
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS v(i, c, d, t)
            WHERE o.id = i AND o.status IN ('Pending', 'Running') RETURNING o.id, o.failure_detail""";

    private static final String COMPLETE = """
            UPDATE operation o SET status = 'Completed',
                completed_at = coalesce(
                    (SELECT max(m.updated_at) FROM operation_member m WHERE m.operation = o.id), o.started_at)
            WHERE o.id = ANY (?) AND o.status IN ('Pending', 'Running') AND o.members <=
                (SELECT coalesce(sum(c.cards), 0) FROM operation_count c
                 WHERE c.operation = o.id AND c.state IN ('Succeeded', 'Failed', 'Expired'))""";

    private final Connection connection;

    OperationTables(Connection connection) {
        this.connection = connection;
    }

    /**
     * Locks operations in the order of their ids, so that of two processes that count members of one operation at the same
     * time the second sees what the first counted.
     *
     * @return those that are there
     */
    Set<String> lock(Collection<String> operations) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM operation WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
            Columns.of(select, operations).text(1, id -> id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    void start(Collection<OperationStarted> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(STARTED)) {
            Columns.of(update, events)
                    .text(1, OperationStarted::operation)
                    .number(2, OperationStarted::members)
                    .text(3, OperationStarted::at)
                    .text(4, OperationStarted::gid);
            update.executeUpdate();
        }
    }

    /** @return those of which the registry had not been told as much before */
    Set<String> progress(Collection<CampaignProgressed> events) throws SQLException {
        Set<String> changed = new HashSet<>();
        if (events.isEmpty()) {
            return changed;
        }
        try (PreparedStatement update = connection.prepareStatement(CAMPAIGN)) {
            Columns.of(update, events)
                    .text(1, CampaignProgressed::operation)
                    .number(2, CampaignProgressed::sequence)
                    .text(3, CampaignProgressed::state)
                    .number(4, event -> event.published().triggers())
                    .number(5, event -> event.published().commands());
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    changed.add(rows.getString(1));
                }
            }
        }
        return changed;
    }

    /** @return those that had not ended before, with the sentence that says why they have */
    Map<String, String> fail(Collection<OperationFailed> events) throws SQLException {
        Map<String, String> changed = new HashMap<>();
        if (events.isEmpty()) {
            return changed;
        }
        try (PreparedStatement update = connection.prepareStatement(FAILED)) {
            bindFailures(update, events);
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    changed.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return changed;
    }

    /** Four columns of an update: operation, code, detail, time. */
    static void bindFailures(PreparedStatement update, Collection<OperationFailed> events) throws SQLException {
        Columns.of(update, events)
                .text(1, OperationFailed::operation)
                .text(2, OperationFailed::code)
                .text(3, OperationFailed::detail)
                .text(4, OperationFailed::at);
    }

    /** Completes those of which every member has its outcome. */
    void complete(Collection<String> operations) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(COMPLETE)) {
            Columns.of(update, operations).text(1, id -> id);
            update.executeUpdate();
        }
    }
}
