package io.godwit.provisioning.postgres;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.provisioning.replacement.Replacement;
import io.godwit.provisioning.replacement.TicketId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code replacement}. One is written only by who holds the lock of its row, or of both of its cards when it is new. */
public final class ReplacementTable {
    /**
     * A replacement as its row has it.
     *
     * @param request the id of the new device's latest E1
     * @param reason what it has said, for people
     * @param holder whose card has the right to the subscription
     * @param events how many events were told of it
     * @param supply the download that the successor of a card that is given up gets; {@code null}: it gets none
     */
    public record Row(
            Replacement replacement,
            String request,
            String reason,
            Nid holder,
            long events,
            @Nullable ProfileDownload supply) {}

    /** An open replacement that a device is part of. */
    public record Part(TicketId ticket, Nid oldNid, Nid newNid) {}

    private ReplacementTable() {}

    /** Rises with each ticket. */
    public static Counter nextCounter(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT nextval('replacement_ticket')");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Counter(row.getLong(1));
        }
    }

    public static void insert(Connection connection, TenantId tenant, Row row, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO replacement (state, request, reason,"
                + " holder, events, open, due_at, supply, tenant_id, ticket, old_nid, new_nid, opened_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?, ?::timestamptz)")) {
            bind(insert, tenant, row);
            insert.setString(11, row.replacement().ticket().oldNid().value());
            insert.setString(12, row.replacement().ticket().newNid().value());
            insert.setString(13, now.toString());
            insert.executeUpdate();
        }
    }

    public static void update(Connection connection, TenantId tenant, Row row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE replacement SET state = ?, request = ?, reason = ?, holder = ?,"
                        + " events = ?, open = ?, due_at = ?::timestamptz, supply = ? WHERE tenant_id = ? AND ticket = ?")) {
            bind(update, tenant, row);
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, TenantId tenant, Row row) throws SQLException {
        statement.setString(1, ReplacementTexts.write(row.replacement()));
        statement.setString(2, row.request());
        statement.setString(3, row.reason());
        statement.setString(4, row.holder().value());
        statement.setLong(5, row.events());
        statement.setBoolean(6, row.replacement().isOpen());
        statement.setString(7, Columns.text(row.replacement().due()));
        ProfileDownload supply = row.supply();
        statement.setString(
                8, supply == null ? null : JsonWriter.write(supply.toJson()).toUtf8());
        statement.setString(9, tenant.value());
        statement.setString(10, row.replacement().ticket().id().toString());
    }

    /** Whether there is one of that ticket. */
    public static boolean exists(Connection connection, TenantId tenant, String ticket) throws SQLException {
        return exists(connection, "replacement", tenant, ticket);
    }

    private static boolean exists(Connection connection, String table, TenantId tenant, String ticket)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT FROM " + table + " WHERE tenant_id = ? AND ticket = ?")) {
            select.setString(1, tenant.value());
            select.setString(2, ticket);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Locks that one; empty when somebody else works on it, or there is none. */
    public static Optional<Row> lockFree(Connection connection, TenantId tenant, String ticket) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT * FROM replacement WHERE tenant_id = ? AND ticket = ? FOR UPDATE SKIP LOCKED")) {
            select.setString(1, tenant.value());
            select.setString(2, ticket);
            return one(select);
        }
    }

    /** Tickets of those whose time has come, those that wait longest first. */
    public static List<String> due(Connection connection, TenantId tenant, Instant now, int limit) throws SQLException {
        List<String> tickets = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT ticket FROM replacement WHERE tenant_id = ?"
                + " AND due_at <= ?::timestamptz ORDER BY due_at LIMIT ?")) {
            select.setString(1, tenant.value());
            select.setString(2, now.toString());
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tickets.add(Columns.text(rows, "ticket"));
                }
            }
        }
        return tickets;
    }

    /** Locks that one if its time has come; empty when it has not, or somebody else works on it. */
    public static Optional<Row> lockDue(Connection connection, TenantId tenant, String ticket, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM replacement WHERE tenant_id = ?"
                + " AND ticket = ? AND due_at <= ?::timestamptz FOR UPDATE SKIP LOCKED")) {
            select.setString(1, tenant.value());
            select.setString(2, ticket);
            select.setString(3, now.toString());
            return one(select);
        }
    }

    /** Time brings nothing to that one before {@code later}. */
    public static void postpone(Connection connection, TenantId tenant, String ticket, Instant later)
            throws SQLException {
        Postponing.postpone(connection, "replacement", "due_at", tenant, "ticket", ticket, later);
    }

    /** The last one that this device has asked for in the old one's place, open or not; whoever asks holds both cards' locks. */
    public static Optional<String> latest(
            Connection connection, TenantId tenant, Nid oldNid, Nid newNid, String request) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT ticket FROM replacement WHERE tenant_id = ?"
                + " AND old_nid = ? AND new_nid = ? AND (open OR request = ?) ORDER BY open DESC LIMIT 1")) {
            select.setString(1, tenant.value());
            select.setString(2, oldNid.value());
            select.setString(3, newNid.value());
            select.setString(4, request);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Columns.text(row, "ticket")) : Optional.empty();
            }
        }
    }

    /** How many that device has asked for since then. */
    public static int askedSince(Connection connection, TenantId tenant, Nid newNid, Instant since)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM replacement"
                + " WHERE tenant_id = ? AND new_nid = ? AND opened_at > ?::timestamptz")) {
            select.setString(1, tenant.value());
            select.setString(2, newNid.value());
            select.setString(3, since.toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Forgets those of that device that are over and were opened before {@code before}. */
    public static void prune(Connection connection, TenantId tenant, Nid newNid, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM replacement WHERE tenant_id = ?"
                + " AND new_nid = ? AND opened_at < ?::timestamptz AND NOT open")) {
            delete.setString(1, tenant.value());
            delete.setString(2, newNid.value());
            delete.setString(3, before.toString());
            delete.executeUpdate();
        }
    }

    /** Notes that an operator's order under that ticket was refused, and forgets what was before {@code before}. */
    public static void refuse(Connection connection, TenantId tenant, String ticket, Instant now, Instant before)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM refused_replacement WHERE tenant_id = ? AND refused_at < ?::timestamptz")) {
            delete.setString(1, tenant.value());
            delete.setString(2, before.toString());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO refused_replacement"
                + " (tenant_id, ticket, refused_at) VALUES (?, ?, ?::timestamptz) ON CONFLICT DO NOTHING")) {
            insert.setString(1, tenant.value());
            insert.setString(2, ticket);
            insert.setString(3, now.toString());
            insert.executeUpdate();
        }
    }

    /** Whether an operator's order under that ticket was refused. */
    public static boolean isRefused(Connection connection, TenantId tenant, String ticket) throws SQLException {
        return exists(connection, "refused_replacement", tenant, ticket);
    }

    /** The open ones that these devices are part of. */
    public static List<Part> open(Connection connection, TenantId tenant, Collection<Nid> nids) throws SQLException {
        List<Part> parts = new ArrayList<>();
        if (nids.isEmpty()) {
            return parts;
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT ticket, old_nid, new_nid FROM replacement"
                + " WHERE tenant_id = ? AND open AND (old_nid = ANY (?) OR new_nid = ANY (?))")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            select.setArray(3, connection.createArrayOf("text", Columns.texts(nids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    parts.add(new Part(
                            TicketId.of(Columns.text(rows, "ticket")),
                            new Nid(Columns.text(rows, "old_nid")),
                            new Nid(Columns.text(rows, "new_nid"))));
                }
            }
        }
        return parts;
    }

    private static Optional<Row> one(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Row(
                            ReplacementTexts.read(Columns.text(row, "state")),
                            Columns.text(row, "request"),
                            Columns.text(row, "reason"),
                            new Nid(Columns.text(row, "holder")),
                            row.getLong("events"),
                            supply(row.getString("supply"))))
                    : Optional.empty();
        }
    }

    private static @Nullable ProfileDownload supply(@Nullable String text) {
        return text == null ? null : ProfileDownload.fromJson(CardTexts.read(text));
    }
}
