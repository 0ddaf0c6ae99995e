package io.godwit.provisioning.postgres;

import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.Fields;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The table {@code replacement_fact}: what replacements have to hear of, in its order. */
public final class ReplacementFactTable {
    /** In the place of a ticket: who asks for one. */
    public static final String NO_TICKET = "";

    /** A fact for the replacement of that ticket. */
    public record Row(String ticket, Json.Obj fact) {}

    private ReplacementFactTable() {}

    public static void append(Connection connection, TenantId tenant, List<Row> facts) throws SQLException {
        Bulk bulk = new Bulk("text", "text");
        facts.forEach(row -> bulk.add(row.ticket(), JsonWriter.write(row.fact()).toUtf8()));
        if (bulk.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO replacement_fact (tenant_id, ticket, fact) SELECT ?, u.* FROM "
                        + bulk.unnest() + " AS u")) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }

    /** Tickets of which facts wait, those that wait longest first. */
    public static List<String> tickets(Connection connection, TenantId tenant, int limit) throws SQLException {
        List<String> tickets = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT ticket FROM replacement_fact"
                + " WHERE tenant_id = ? AND ticket <> '' GROUP BY ticket ORDER BY min(id) LIMIT ?")) {
            select.setString(1, tenant.value());
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tickets.add(Columns.text(rows, "ticket"));
                }
            }
        }
        return tickets;
    }

    /** Takes what waits for that ticket, in its order; nobody else takes the same. */
    public static List<Fields> take(Connection connection, TenantId tenant, String ticket, int limit)
            throws SQLException {
        List<Fields> facts = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement(
                "WITH taken AS (DELETE FROM replacement_fact"
                        + " WHERE tenant_id = ? AND id IN (SELECT id FROM replacement_fact WHERE tenant_id = ? AND ticket = ?"
                        + " ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING id, fact) SELECT fact FROM taken ORDER BY id")) {
            delete.setString(1, tenant.value());
            delete.setString(2, tenant.value());
            delete.setString(3, ticket);
            delete.setInt(4, limit);
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    facts.add(CardTexts.read(Columns.text(rows, "fact")));
                }
            }
        }
        return facts;
    }

    /** The id of what waits longest under that ticket; empty when nothing does. */
    public static OptionalLong first(Connection connection, TenantId tenant, String ticket) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM replacement_fact WHERE tenant_id = ? AND ticket = ? ORDER BY id LIMIT 1")) {
            select.setString(1, tenant.value());
            select.setString(2, ticket);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong("id")) : OptionalLong.empty();
            }
        }
    }

    /** Takes that one away, and tells its text; empty when it is gone. */
    public static Optional<String> remove(Connection connection, TenantId tenant, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM replacement_fact WHERE tenant_id = ? AND id = ? RETURNING fact")) {
            delete.setString(1, tenant.value());
            delete.setLong(2, id);
            try (ResultSet row = delete.executeQuery()) {
                return row.next() ? Optional.of(Columns.text(row, "fact")) : Optional.empty();
            }
        }
    }
}
