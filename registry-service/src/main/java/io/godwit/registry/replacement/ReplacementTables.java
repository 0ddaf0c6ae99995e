package io.godwit.registry.replacement;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ReplacementParties;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.registry.replacement.ReplacementFact.Stuck;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replacements, folded. What an operator has said stands in columns that are not written here, but for who has ordered one without
 * the old card: that order is the approval.
 */
public final class ReplacementTables {
    private static final String PUT = """
            INSERT INTO replacement (tenant_id, ticket, mode, gid, old, successor, iccid, reason, sequence, stage, holder, status,
                code, detail, stuck_at, stuck_code, stuck_detail, forced, requested_at, updated_at, installing_at, moved_at,
                ended_at, evidence, successor_evidence, approved_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?::timestamptz, ?::timestamptz,
                ?::timestamptz, ?::timestamptz, ?::timestamptz, ?, ?,
                CASE WHEN ? THEN (SELECT requester FROM operation WHERE id = ?) WHEN ? THEN ? END)
            ON CONFLICT (tenant_id, ticket) DO UPDATE SET mode = excluded.mode, sequence = excluded.sequence,
                stage = excluded.stage,
                holder = excluded.holder, status = excluded.status, code = excluded.code, detail = excluded.detail,
                stuck_at = excluded.stuck_at, stuck_code = excluded.stuck_code, stuck_detail = excluded.stuck_detail,
                forced = excluded.forced, updated_at = excluded.updated_at, installing_at = excluded.installing_at,
                moved_at = excluded.moved_at, ended_at = excluded.ended_at, evidence = excluded.evidence, successor_evidence = excluded.successor_evidence,
                approved_by = coalesce(excluded.approved_by, replacement.approved_by)""";

    private static final String STEP =
            "INSERT INTO replacement_step (tenant_id, ticket, sequence, at, stage, holder, code, detail)"
                    + " VALUES (?, ?, ?, ?::timestamptz, ?, ?, ?, ?)";

    private static final String LOCK = """
            SELECT * FROM replacement
            WHERE ticket = ANY (?)
                OR old = ANY (?) AND installing_at IS NOT NULL AND NOT handed_over AND NOT forced
                    AND (ended_at IS NULL OR moved_at IS NOT NULL)
            ORDER BY ticket FOR NO KEY UPDATE""";

    /** A forced one has revoked what its old card has, for ever. */
    private static final String PRUNE = """
            WITH past AS (
                SELECT ticket FROM replacement
                WHERE (old = ANY (?) OR successor = ANY (?)) AND ended_at <= ?::timestamptz
                    AND installing_at IS NULL AND moved_at IS NULL AND NOT forced AND NOT ticket = ANY (?)
                FOR UPDATE SKIP LOCKED),
            steps AS (DELETE FROM replacement_step s USING past WHERE s.ticket = past.ticket)
            DELETE FROM replacement r USING past WHERE r.ticket = past.ticket""";

    /** Who has approved what a policy with automatic moves lets through. */
    private static final String BY_POLICY = "policy (moves: automatic)";

    /** As long as the SM-SR knows of a request. */
    private static final Duration KEPT = RequestQuota.LONGEST;

    private final Connection connection;
    private final TenantId tenant;

    /** @param connection in a transaction of {@code tenant} */
    public ReplacementTables(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /**
     * Locks those that are known of these, and those by which one of {@code parties} may have something to hand over, in the order
     * of their tickets.
     */
    public Map<String, Replacement> lock(Collection<String> tickets, Collection<Nid> parties) throws SQLException {
        Map<String, Replacement> known = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LOCK)) {
            Columns.of(select, tickets).text(1, ticket -> ticket);
            Columns.of(select, parties).text(2, nid -> nid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known.put(row.getString("ticket"), read(row));
                }
            }
        }
        return known;
    }

    /**
     * Forgets what of these cards was asked for and came to nothing, {@link #KEPT} after its end; the audit keeps that it was. One
     * that somebody else looks at is left for the next time.
     *
     * @param told tickets of which something was just told, however late
     */
    public void prune(Collection<Nid> cards, Collection<String> told, Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(PRUNE)) {
            Columns.of(delete, cards).text(1, nid -> nid).text(2, nid -> nid);
            delete.setString(3, now.minus(KEPT).toString());
            Columns.of(delete, told).text(4, ticket -> ticket);
            delete.executeUpdate();
        }
    }

    private static Replacement read(ResultSet row) throws SQLException {
        String status = row.getString("status");
        Instant stuckAt = instant(row, "stuck_at");
        byte[] evidence = row.getBytes("evidence");
        byte[] successorEvidence = row.getBytes("successor_evidence");
        return new Replacement(
                new ReplacementParties(
                        row.getString("mode"),
                        new Gid(row.getString("gid")),
                        new Nid(row.getString("old")),
                        new Nid(row.getString("successor")),
                        new Iccid(row.getString("iccid")),
                        row.getString("reason")),
                row.getLong("sequence"),
                row.getString("stage"),
                new Nid(row.getString("holder")),
                status == null
                        ? null
                        : new Outcome(Outcome.Status.of(status), row.getString("code"), row.getString("detail")),
                stuckAt == null
                        ? null
                        : new Stuck(
                                row.getLong("sequence"),
                                stuckAt,
                                row.getString("stuck_code"),
                                row.getString("stuck_detail")),
                row.getBoolean("forced"),
                false,
                new Replacement.Times(
                        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                        instant(row, "installing_at"),
                        instant(row, "moved_at"),
                        instant(row, "ended_at")),
                evidence == null ? null : Octets.of(evidence),
                successorEvidence == null ? null : Octets.of(successorEvidence));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public void put(String ticket, Replacement replacement) throws SQLException {
        ReplacementParties parties = replacement.parties();
        Outcome outcome = replacement.outcome();
        Stuck stuck = replacement.stuck();
        Replacement.Times times = replacement.times();
        Octets evidence = replacement.evidence();
        Octets successorEvidence = replacement.successorEvidence();
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            text(put, 1, tenant, ticket, parties.mode(), parties.gid(), parties.old(), parties.successor());
            text(put, 7, parties.iccid(), parties.reason());
            put.setLong(9, replacement.sequence());
            text(put, 10, replacement.stage(), replacement.holder());
            text(put, 12, outcome == null ? null : outcome.status().literal());
            text(put, 13, outcome == null ? null : outcome.code(), outcome == null ? null : outcome.detail());
            text(put, 15, stuck == null ? null : stuck.at());
            text(put, 16, stuck == null ? null : stuck.code(), stuck == null ? null : stuck.detail());
            put.setBoolean(18, replacement.forced());
            text(put, 19, times.requested(), times.updated(), times.installing(), times.moved(), times.ended());
            put.setBytes(24, evidence == null ? null : evidence.toBytes());
            put.setBytes(25, successorEvidence == null ? null : successorEvidence.toBytes());
            put.setBoolean(26, replacement.forced());
            put.setString(27, ticket);
            put.setBoolean(28, replacement.byPolicy());
            put.setString(29, BY_POLICY);
            put.executeUpdate();
        }
    }

    /** Writes the step that {@code fact} was, by which the replacement became {@code now}. */
    public void append(String ticket, Replacement now, ReplacementFact fact) throws SQLException {
        Outcome outcome = now.outcome();
        boolean stuck = fact instanceof Stuck;
        @Nullable String code = stuck ? ((Stuck) fact).code() : outcome == null ? null : outcome.code();
        @Nullable String detail = stuck ? ((Stuck) fact).detail() : outcome == null ? null : outcome.detail();
        try (PreparedStatement insert = connection.prepareStatement(STEP)) {
            text(insert, 1, tenant, ticket);
            insert.setLong(3, fact.sequence());
            text(insert, 4, fact.at(), now.stage(), now.holder(), code, detail);
            insert.executeUpdate();
        }
    }

    private static void text(PreparedStatement statement, int from, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setString(from + i, value == null ? null : Columns.storable(value.toString()));
        }
    }
}
