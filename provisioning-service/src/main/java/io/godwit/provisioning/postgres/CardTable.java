package io.godwit.provisioning.postgres;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Fields;
import io.godwit.provisioning.procedure.Card;
import io.godwit.provisioning.procedure.Connection;
import io.godwit.provisioning.procedure.Eis;
import io.godwit.provisioning.replacement.Hold;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.replacement.TicketId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code card} and {@code card_key}. */
public final class CardTable {
    private static final String LOCK = "SELECT c.*, k.version AS key_version, k.wrapped AS key_wrapped,"
            + " k.own AS key_own FROM card c"
            + " LEFT JOIN card_key k ON k.tenant_id = c.tenant_id AND k.nid = c.nid"
            + " WHERE c.tenant_id = ? AND c.nid = ANY (?) ORDER BY c.nid FOR UPDATE OF c";

    private CardTable() {}

    /** Locks the cards of these nids in the order of nids, so that nobody waits for each other; absent ones are left out. */
    public static List<CardRow> lock(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        return lock(connection, tenant, nids, "");
    }

    /** As {@link #lock}, but a card that somebody else works on is left out as well. */
    public static List<CardRow> lockFree(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        return lock(connection, tenant, nids, " SKIP LOCKED");
    }

    private static List<CardRow> lock(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids, String how)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOCK + how)) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            List<CardRow> cards = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    cards.add(read(rows));
                }
            }
            return cards;
        }
    }

    /** Which of {@code nids} have no card here. */
    public static List<Nid> unknown(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        return nids(
                connection,
                tenant,
                nids,
                "SELECT u.n AS nid FROM unnest(?::text[]) AS u(n) WHERE NOT EXISTS"
                        + " (SELECT FROM card c WHERE c.tenant_id = ? AND c.nid = u.n)");
    }

    /** Which of {@code nids} have a card here that was taken out of the fleet. */
    public static List<Nid> removed(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        return nids(
                connection,
                tenant,
                nids,
                "SELECT c.nid FROM card c WHERE c.nid = ANY (?) AND c.tenant_id = ? AND NOT c.active");
    }

    /** Which of {@code nids} have the extension that executes group packages. */
    public static List<Nid> withGroupPackages(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        return nids(
                connection,
                tenant,
                nids,
                "SELECT c.nid FROM card c WHERE c.nid = ANY (?) AND c.tenant_id = ? AND c.group_packages AND"
                        + " c.registered");
    }

    private static List<Nid> nids(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids, String sql)
            throws SQLException {
        List<Nid> found = new ArrayList<>();
        if (nids.isEmpty()) {
            return found;
        }
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", Columns.texts(nids)));
            select.setString(2, tenant.value());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Nid(Columns.text(rows, "nid")));
                }
            }
        }
        return found;
    }

    /** Cards that the fleet tells of and that are not here yet. */
    public static void announce(java.sql.Connection connection, TenantId tenant, Map<Nid, Eid> devices)
            throws SQLException {
        Bulk bulk = new Bulk("text", "text");
        devices.forEach((nid, eid) -> bulk.add(nid.value(), eid.digits()));
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO card (tenant_id, nid, eid, registered, profiles, counter, confirmed, lapsed, answers,"
                + " event_sequence) SELECT ?, n, e, false, '{}', 0, -1, false, '{}', 0 FROM " + bulk.unnest()
                + " AS u(n, e) ORDER BY n ON CONFLICT (tenant_id, nid) DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }

    /** Writes back cards that are locked. */
    public static void update(java.sql.Connection connection, TenantId tenant, Collection<CardRow> cards)
            throws SQLException {
        if (cards.isEmpty()) {
            return;
        }
        Bulk bulk = new Bulk(
                "text",
                "text",
                "bool",
                "bool",
                "text",
                "int8",
                "int4",
                "bool",
                "text",
                "text",
                "text",
                "text",
                "timestamptz",
                "int8",
                "bool",
                "text",
                "int4",
                "timestamptz");
        for (CardRow row : cards) {
            Card card = row.card();
            Connection at = card.connection();
            bulk.add(
                    card.nid().value(),
                    card.eis().eid().digits(),
                    card.active(),
                    card.registered(),
                    CardTexts.profiles(card.eis().profiles()),
                    card.counter().value(),
                    card.confirmed(),
                    card.lapsed(),
                    CardTexts.answers(card.answers()),
                    at == null ? null : at.node(),
                    at == null ? null : at.boot(),
                    at == null ? null : at.id(),
                    at == null ? null : at.since().toString(),
                    row.eventSequence(),
                    card.eis().groupPackages(),
                    CardTexts.groups(card.groups()),
                    card.eis().freeMemory().orElse(null),
                    Columns.text(card.askingToldAt()));
        }
        String sql =
                "UPDATE card c SET eid = u.e, active = u.v, registered = u.r, profiles = u.p, counter = u.c, confirmed"
                        + " = u.f, lapsed = u.l, answers = u.a, node = u.node, boot = u.boot, connection = u.conn,"
                        + " online_since = u.since, event_sequence = u.s, group_packages = u.gp, groups = u.g, free_memory"
                        + " = u.m, asking_told_at = u.at FROM "
                        + bulk.unnest()
                        + " AS u(n, e, v, r, p, c, f, l, a, node, boot, conn, since, s, gp, g, m, at)"
                        + " WHERE c.tenant_id = ? AND c.nid = u.n";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bulk.bind(connection, update, 1);
            update.setString(19, tenant.value());
            update.executeUpdate();
        }
    }

    /** What replacements keep for themselves on locked cards; empty: nothing any more. */
    public static void putHolds(java.sql.Connection connection, TenantId tenant, Map<Nid, Optional<Hold>> holds)
            throws SQLException {
        Bulk bulk = new Bulk("text", "text");
        holds.forEach((nid, hold) -> bulk.add(
                nid.value(),
                hold.map(held -> CardTexts.write(Json.object()
                                .put("ticket", held.by().toString())
                                .put("iccid", held.iccid().digits())))
                        .orElse(null)));
        if (bulk.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE card c SET hold = u.h FROM " + bulk.unnest()
                + " AS u(n, h) WHERE c.tenant_id = ? AND c.nid = u.n")) {
            bulk.bind(connection, update, 1);
            update.setString(3, tenant.value());
            update.executeUpdate();
        }
    }

    /** What locked cards are in quarantine for; empty: nothing any more. */
    public static void putQuarantines(
            java.sql.Connection connection, TenantId tenant, Map<Nid, Optional<Quarantine>> quarantines)
            throws SQLException {
        Bulk bulk = new Bulk("text", "text", "timestamptz");
        quarantines.forEach((nid, quarantine) -> bulk.add(
                nid.value(),
                quarantine.map(ReplacementTexts::write).orElse(null),
                Columns.text(quarantine.map(Quarantine::due).orElse(null))));
        if (bulk.isEmpty()) {
            return;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE card c SET quarantine = u.q, quarantine_due_at = u.d FROM "
                        + bulk.unnest() + " AS u(n, q, d) WHERE c.tenant_id = ? AND c.nid = u.n")) {
            bulk.bind(connection, update, 1);
            update.setString(4, tenant.value());
            update.executeUpdate();
        }
    }

    /** Cards of the fleet that are to be asked again whether what they are in quarantine for is gone. */
    public static List<Nid> quarantinesDue(java.sql.Connection connection, TenantId tenant, Instant now, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT nid FROM card WHERE tenant_id = ?"
                + " AND active AND quarantine_due_at <= ?::timestamptz ORDER BY quarantine_due_at LIMIT ?")) {
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

    /** That card is not asked again before {@code later}. */
    public static void postponeQuarantine(java.sql.Connection connection, TenantId tenant, Nid nid, Instant later)
            throws SQLException {
        Postponing.postpone(connection, "card", "quarantine_due_at", tenant, "nid", nid.value(), later);
    }

    /** Puts the keys of cards in the place of those they had. */
    public static void putKeys(java.sql.Connection connection, TenantId tenant, Collection<CardRow> cards)
            throws SQLException {
        Bulk bulk = new Bulk("text", "int4", "bytea", "bool");
        for (CardRow row : cards) {
            Octets wrapped = row.wrappedKeys();
            if (wrapped != null) {
                bulk.add(row.card().nid().value(), row.keySetVersion(), wrapped.toBytes(), row.ownKeys());
            }
        }
        if (bulk.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO card_key (tenant_id, nid, version, wrapped, own) SELECT ?, n, v, w, o FROM "
                + bulk.unnest() + " AS u(n, v, w, o) ON CONFLICT (tenant_id, nid)"
                + " DO UPDATE SET version = excluded.version, wrapped = excluded.wrapped, own = excluded.own";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, tenant.value());
            bulk.bind(connection, insert, 2);
            insert.executeUpdate();
        }
    }

    /** Forgets the keys of cards that were removed. */
    public static void deleteKeys(java.sql.Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        if (nids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM card_key WHERE tenant_id = ? AND nid = ANY (?)")) {
            delete.setString(1, tenant.value());
            delete.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            delete.executeUpdate();
        }
    }

    /**
     * The tenant's cards whose connection belongs to {@code node} and another boot of it than {@code boot}, in the order of
     * nids.
     *
     * @param after the last one seen; empty at the beginning
     */
    public static List<Nid> onOtherBoot(
            java.sql.Connection connection, TenantId tenant, String node, String boot, String after, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid FROM card WHERE tenant_id = ? AND node = ? AND boot <> ? AND nid > ?"
                        + " ORDER BY nid LIMIT ?")) {
            select.setString(1, tenant.value());
            select.setString(2, node);
            select.setString(3, boot);
            select.setString(4, after);
            select.setInt(5, limit);
            List<Nid> nids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    nids.add(new Nid(Columns.text(rows, "nid")));
                }
            }
            return nids;
        }
    }

    private static CardRow read(ResultSet row) throws SQLException {
        Card card = new Card(
                new Nid(Columns.text(row, "nid")),
                new Eis(
                        new Eid(Columns.text(row, "eid")),
                        CardTexts.profiles(Columns.text(row, "profiles")),
                        row.getBoolean("group_packages"),
                        Optional.ofNullable(row.getObject("free_memory", Integer.class))),
                row.getBoolean("active"),
                row.getBoolean("registered"),
                new Counter(row.getLong("counter")),
                row.getInt("confirmed"),
                row.getBoolean("lapsed"),
                connection(row),
                CardTexts.answers(Columns.text(row, "answers")),
                CardTexts.groups(Columns.text(row, "groups")),
                Map.of(),
                Columns.findInstant(row, "asking_told_at"));
        byte[] wrapped = row.getBytes("key_wrapped");
        return new CardRow(
                card,
                row.getLong("event_sequence"),
                row.getInt("key_version"),
                row.getBoolean("key_own"),
                wrapped == null ? null : Octets.of(wrapped),
                hold(row.getString("hold")),
                quarantine(row.getString("quarantine")));
    }

    private static @Nullable Hold hold(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Fields fields = CardTexts.read(text);
        return new Hold(fields.value("ticket", TicketId::of), fields.value("iccid", Iccid::new));
    }

    private static @Nullable Quarantine quarantine(@Nullable String text) {
        return text == null ? null : ReplacementTexts.readQuarantine(text);
    }

    private static @Nullable Connection connection(ResultSet row) throws SQLException {
        Instant since = Columns.findInstant(row, "online_since");
        return since == null
                ? null
                : new Connection(
                        Columns.text(row, "node"), Columns.text(row, "boot"), Columns.text(row, "connection"), since);
    }
}
