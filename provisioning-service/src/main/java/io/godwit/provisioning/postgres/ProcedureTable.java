package io.godwit.provisioning.postgres;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.procedure.Download;
import io.godwit.provisioning.procedure.Origin;
import io.godwit.provisioning.procedure.Pending;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.procedure.ProcedureState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code procedure}. A procedure is written only by who holds the lock of its card. */
public final class ProcedureTable {
    /** A procedure and the card that it is on. */
    public record Row(Nid nid, Procedure procedure) {}

    private ProcedureTable() {}

    /**
     * The procedures of these cards that have no outcome yet.
     *
     * @param secrets opens what the SM-DP keeps of downloads
     */
    public static Map<Nid, List<Procedure>> open(
            Connection connection, TenantId tenant, Collection<Nid> nids, DownloadTable.Unwrapping secrets)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT p.*, d.profile_package, d.keys AS download_keys FROM procedure p LEFT JOIN sm_dp_download d"
                        + " ON d.tenant_id = p.tenant_id AND d.procedure_id = p.procedure_id"
                        + " WHERE p.tenant_id = ? AND p.nid = ANY (?) AND p.state <> 'Ended'")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            Map<Nid, List<Procedure>> procedures = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    procedures
                            .computeIfAbsent(new Nid(Columns.text(rows, "nid")), nid -> new ArrayList<>())
                            .add(read(rows, secrets));
                }
            }
            return procedures;
        }
    }

    /** Which of these exist already, ended or not. */
    public static Set<UUID> known(Connection connection, TenantId tenant, Collection<UUID> ids) throws SQLException {
        Set<UUID> known = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT procedure_id FROM procedure WHERE tenant_id = ? AND procedure_id = ANY (?)")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return known;
    }

    /** Cards of the tenant with a due time that has come, the longest waiting first. */
    public static List<Nid> due(Connection connection, TenantId tenant, Instant now, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT nid FROM procedure WHERE tenant_id = ? AND due_at <= ?::timestamptz"
                        + " ORDER BY due_at LIMIT ?")) {
            select.setString(1, tenant.value());
            select.setString(2, now.toString());
            select.setInt(3, limit);
            List<Nid> nids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    nids.add(new Nid(Columns.text(rows, "nid")));
                }
            }
            return nids;
        }
    }

    /** What is due on the card by then is due {@code later}. */
    public static void postpone(Connection connection, TenantId tenant, Nid nid, Instant later) throws SQLException {
        Postponing.postpone(connection, "procedure", "due_at", tenant, "nid", nid.value(), later);
    }

    /**
     * Writes procedures, new or not. Those that ended go first: the place of the outstanding one must be free before
     * another takes it.
     */
    public static void put(Connection connection, TenantId tenant, List<Row> procedures, Instant now)
            throws SQLException {
        if (procedures.isEmpty()) {
            return;
        }
        Bulk bulk = new Bulk(
                "uuid",
                "text",
                "text",
                "text",
                "text",
                "int8",
                "timestamptz",
                "text",
                "int4",
                "int4",
                "timestamptz",
                "text",
                "text",
                "int8",
                "bytea",
                "int4",
                "timestamptz",
                "text",
                "timestamptz",
                "timestamptz",
                "text",
                "text");
        for (boolean free : new boolean[] {true, false}) {
            for (Row row : procedures) {
                if (row.procedure().state().isOutstanding() != free) {
                    add(bulk, row, now);
                }
            }
        }
        String sql = "INSERT INTO procedure (tenant_id, procedure_id, nid, operation, purpose, origin, position,"
                + " valid_until, state, messages, tries, due_at, target, message_id, counter, payload, sends, sent_at,"
                + " detail, ended_at, created_at, commanded_by, download) SELECT ?, u.* FROM " + bulk.unnest()
                + " AS u ON CONFLICT (tenant_id, procedure_id) DO UPDATE SET position = excluded.position,"
                + " state = excluded.state, messages = excluded.messages, tries = excluded.tries,"
                + " due_at = excluded.due_at, target = excluded.target, message_id = excluded.message_id,"
                + " counter = excluded.counter, payload = excluded.payload, sends = excluded.sends,"
                + " sent_at = excluded.sent_at, detail = excluded.detail, ended_at = excluded.ended_at,"
                + " commanded_by = excluded.commanded_by, download = excluded.download";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }

    private static void add(Bulk bulk, Row row, Instant now) {
        Procedure procedure = row.procedure();
        ProcedureState state = procedure.state();
        Pending pending = state.pending().orElse(null);
        bulk.add(
                procedure.id().toString(),
                row.nid().value(),
                procedure.operation(),
                ProcedureTexts.purpose(procedure.purpose()),
                procedure.origin().name(),
                procedure.position(),
                procedure.validUntil().toString(),
                state.kind().literal(),
                procedure.messages(),
                procedure.tries(),
                Columns.text(procedure.due()),
                Columns.text(procedure.target()),
                pending == null ? null : pending.id(),
                pending == null ? null : pending.counter().value(),
                pending == null ? null : pending.payload().toBytes(),
                pending == null ? null : pending.sends(),
                pending == null ? null : Columns.text(pending.sentAt()),
                ProcedureTexts.detail(state),
                state instanceof ProcedureState.Ended ? now.toString() : null,
                procedure.askedAt().toString(),
                Columns.text(procedure.commandedBy()),
                ProcedureTexts.download(procedure.download()));
    }

    private static Procedure read(ResultSet row, DownloadTable.Unwrapping secrets) throws SQLException {
        String target = row.getString("target");
        String commandedBy = row.getString("commanded_by");
        return new Procedure(
                row.getObject("procedure_id", UUID.class),
                Columns.text(row, "operation"),
                ProcedureTexts.purpose(Columns.text(row, "purpose")),
                Origin.valueOf(Columns.text(row, "origin")),
                row.getLong("position"),
                Columns.instant(row, "valid_until"),
                Columns.instant(row, "created_at"),
                ProcedureTexts.state(Columns.text(row, "state"), Columns.text(row, "detail"), pending(row)),
                row.getInt("messages"),
                row.getInt("tries"),
                Columns.findInstant(row, "due_at"),
                target == null ? null : new Aid(target),
                commandedBy == null ? null : FlowStep.valueOf(commandedBy),
                download(row, secrets));
    }

    private static @Nullable Download download(ResultSet row, DownloadTable.Unwrapping secrets) throws SQLException {
        String download = row.getString("download");
        if (download == null) {
            return null;
        }
        byte[] keys = row.getBytes("download_keys");
        return ProcedureTexts.download(
                download,
                secrets.open(new DownloadTable.Row(
                        row.getObject("procedure_id", UUID.class),
                        Columns.octets(row, "profile_package"),
                        keys == null ? null : Octets.of(keys))));
    }

    private static @Nullable Pending pending(ResultSet row) throws SQLException {
        String id = row.getString("message_id");
        return id == null
                ? null
                : new Pending(
                        id,
                        new Counter(row.getLong("counter")),
                        Columns.octets(row, "payload"),
                        row.getInt("sends"),
                        Columns.findInstant(row, "sent_at"));
    }
}
