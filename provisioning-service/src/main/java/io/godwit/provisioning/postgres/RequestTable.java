package io.godwit.provisioning.postgres;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.QuietHours;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.request.Asking.Shared;
import io.godwit.provisioning.request.Asking.Used;
import io.godwit.provisioning.request.Ticket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tickets of cards' requests: the table {@code client_request}. */
public final class RequestTable {
    /** A place in the queue beyond this says no more than that it is long. */
    private static final int MOST_WAITING = 10_000;

    /** A card's ticket. */
    public record Row(Nid nid, Ticket ticket) {}

    private RequestTable() {}

    /**
     * From now to the end of the transaction nobody else grants what rules with a limit for all may grant. To be called before
     * any card is locked: who holds cards never waits for it.
     */
    public static void lockShared(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended('requests/' || ?, 0))")) {
            select.setString(1, tenant.value());
            select.execute();
        }
    }

    /** All tickets of cards that are locked. */
    public static Map<Nid, List<Ticket>> find(Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT * FROM client_request WHERE tenant_id = ? AND nid = ANY (?) ORDER BY asked_at")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            Map<Nid, List<Ticket>> tickets = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tickets.computeIfAbsent(new Nid(Columns.text(rows, "nid")), nid -> new ArrayList<>())
                            .add(read(rows));
                }
            }
            return tickets;
        }
    }

    /** Cards with a ticket whose time has come. */
    public static List<Nid> due(Connection connection, TenantId tenant, Instant now, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT nid FROM client_request"
                + " WHERE tenant_id = ? AND due_at <= ?::timestamptz ORDER BY due_at LIMIT ?")) {
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

    /** Nothing comes of that card's tickets before {@code later}. */
    public static void postpone(Connection connection, TenantId tenant, Nid nid, Instant later) throws SQLException {
        Postponing.postpone(connection, "client_request", "due_at", tenant, "nid", nid.value(), later);
    }

    /** What that rule has granted in its period before {@code now}; under {@link #lockShared}. */
    public static Used used(
            Connection connection, TenantId tenant, Shared shared, Set<RequestReason> reasons, Instant now)
            throws SQLException {
        RequestQuota quota = shared.rule().quota();
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) AS n, min(asked_at) AS oldest FROM"
                + " (SELECT asked_at FROM client_request WHERE tenant_id = ? AND scope = ? AND reason = ANY (?)"
                + " AND asked_at > ?::timestamptz AND stage NOT IN ('REFUSED', 'EXPIRED')"
                + " ORDER BY asked_at DESC LIMIT ?) u")) {
            select.setString(1, tenant.value());
            select.setString(2, shared.scope().map(Gid::value).orElse(""));
            select.setArray(
                    3,
                    connection.createArrayOf(
                            "text", reasons.stream().map(RequestReason::literal).toArray()));
            select.setString(4, now.minus(quota.period()).toString());
            select.setInt(5, quota.inAll().orElseThrow());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Used(row.getInt("n"), Optional.ofNullable(Columns.findInstant(row, "oldest")));
            }
        }
    }

    /** How many requests of the tenant wait for an operator. */
    public static int waiting(Connection connection, TenantId tenant) throws SQLException {
        return count(connection, tenant, "stage = 'WAITING'");
    }

    /** How many requests of the tenant are granted and have not begun. */
    public static int queued(Connection connection, TenantId tenant) throws SQLException {
        return count(connection, tenant, "stage = 'GRANTED' AND due_at IS NOT NULL");
    }

    private static int count(Connection connection, TenantId tenant, String which) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM (SELECT FROM client_request"
                + " WHERE tenant_id = ? AND " + which + " LIMIT " + MOST_WAITING + ") w")) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    public static void put(Connection connection, TenantId tenant, Collection<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Bulk bulk = new Bulk("text", "text", "text", "text", "text", "text", "timestamptz", "timestamptz", "text");
        for (Row row : rows) {
            Ticket ticket = row.ticket();
            bulk.add(
                    row.nid().value(),
                    ticket.d1(),
                    ticket.operation(),
                    ticket.scope().map(Gid::value).orElse(""),
                    ticket.reason().literal(),
                    ticket.stage().name(),
                    ticket.askedAt().toString(),
                    ticket.due().map(Instant::toString).orElse(null),
                    detail(ticket));
        }
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO client_request (tenant_id, nid, d1,"
                + " operation, scope, reason, stage, asked_at, due_at, detail) SELECT ?, u.* FROM " + bulk.unnest()
                + " AS u ON CONFLICT (tenant_id, nid, d1) DO UPDATE SET stage = excluded.stage,"
                + " due_at = excluded.due_at, detail = excluded.detail")) {
            upsert.setString(1, tenant.value());
            bulk.bind(connection, upsert, 2);
            upsert.executeUpdate();
        }
    }

    /** Forgets what of these cards no quota counts any more. */
    public static void prune(Connection connection, TenantId tenant, Collection<Nid> nids, Instant now)
            throws SQLException {
        if (nids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM client_request WHERE tenant_id = ?"
                + " AND nid = ANY (?) AND asked_at <= ?::timestamptz AND due_at IS NULL")) {
            delete.setString(1, tenant.value());
            delete.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            delete.setString(3, now.minus(RequestQuota.LONGEST).toString());
            delete.executeUpdate();
        }
    }

    private static String detail(Ticket ticket) {
        Json.ObjectBuilder json = ticket.granted().into(Json.object());
        ticket.gid().ifPresent(gid -> json.put("gid", gid.value()));
        ticket.quietHours().ifPresent(hours -> json.put("quietHours", hours.toJson()));
        json.put("trigger", ticket.trigger().literal()).put("place", ticket.place());
        ticket.refusal().ifPresent(why -> json.put("code", why.code()).put("detail", why.detail()));
        return CardTexts.write(json);
    }

    private static Ticket read(ResultSet row) throws SQLException {
        Fields detail = CardTexts.read(Columns.text(row, "detail"));
        String scope = Columns.text(row, "scope");
        return new Ticket(
                Columns.text(row, "d1"),
                Columns.text(row, "operation"),
                scope.isEmpty() ? Optional.empty() : Optional.of(new Gid(scope)),
                detail.findValue("gid", Gid::new),
                RequestReason.of(Columns.text(row, "reason")),
                Granted.fromJson(detail),
                detail.findObject("quietHours").map(QuietHours::fromJson),
                detail.value("trigger", RequestRule.Trigger::of),
                TicketStage.valueOf(Columns.text(row, "stage")),
                Columns.instant(row, "asked_at"),
                Optional.ofNullable(Columns.findInstant(row, "due_at")),
                detail.smallNumber("place"),
                detail.findText("code").map(code -> new Refusal(code, detail.text("detail"))));
    }
}
