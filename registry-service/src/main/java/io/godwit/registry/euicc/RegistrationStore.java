package io.godwit.registry.euicc;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The statements of a registration, each for a whole batch. */
final class RegistrationStore {
    private static final String NEW_CARDS = """
            INSERT INTO euicc (tenant_id, nid, eid, verifier, eis, registration, operation, registered_at, updated_at)
            SELECT ?, n, e, v, j::jsonb, 'Pending', o, ?, ?
            FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[]) AS r(n, e, v, j, o)""";
    private static final String AGAIN = """
            UPDATE euicc SET active = true, cut_off = false, cut_off_by = NULL, verifier = v, eis = j::jsonb, registration = 'Pending',
                operation = o, refusal_code = NULL, refusal_detail = NULL, audited_at = NULL, applications = NULL, key_set_version = NULL,
                free_non_volatile_memory = NULL, free_volatile_memory = NULL, registered_at = ?, updated_at = ?
            FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[]) AS r(n, e, v, j, o) WHERE nid = n""";
    private static final String RENEW =
            "UPDATE euicc SET verifier = v, updated_at = ? FROM unnest(?::text[], ?::bytea[]) AS r(n, v) WHERE nid = n";
    private static final String PROFILES = """
            INSERT INTO euicc_profile (tenant_id, nid, iccid, isd_p_aid, state, fallback_attribute, type, owner, mno_id)
            SELECT ?, n, i, a, s, f::boolean, t, w, m
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS r(n, i, a, s, f, t, w, m)""";
    private static final String JOIN = """
            INSERT INTO membership AS m (tenant_id, gid, nid, join_epoch, active)
            SELECT ?, g, n, 1, true FROM unnest(?::text[], ?::text[]) AS r(g, n)
            ON CONFLICT (tenant_id, gid, nid) DO UPDATE
            SET join_epoch = m.join_epoch + 1, active = true, spokesman = false, left_epoch = NULL
            WHERE NOT m.active""";

    private final Connection connection;
    private final TenantId tenant;

    RegistrationStore(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** A card of the tenant that has the EID already. */
    record Known(Nid nid, boolean active, String registration, String operation) {}

    /** A card that is written. */
    record Row(Nid nid, Registration registration, Octets verifier, String operation) {}

    /** Locks and returns the cards with these EIDs, by EID. */
    Map<Eid, Known> known(Collection<Eid> eids) throws SQLException {
        Map<Eid, Known> known = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT eid, nid, active, registration, operation"
                + " FROM euicc WHERE eid = ANY (?) ORDER BY nid FOR UPDATE")) {
            Columns.of(select, eids).text(1, eid -> eid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.put(
                            new Eid(rows.getString(1)),
                            new Known(
                                    new Nid(rows.getString(2)),
                                    rows.getBoolean(3),
                                    rows.getString(4),
                                    rows.getString(5)));
                }
            }
        }
        return known;
    }

    /** Which of these nids have a card. */
    Set<String> takenNids(Collection<Nid> nids) throws SQLException {
        return found("SELECT nid FROM euicc WHERE nid = ANY (?)", nids);
    }

    /** Which of these groups are there. */
    Set<String> groups(Collection<Gid> gids) throws SQLException {
        return found("SELECT gid FROM card_group WHERE gid = ANY (?)", gids);
    }

    private Set<String> found(String sql, Collection<?> ids) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.of(select, ids).text(1, id -> id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    void insert(List<Row> cards, Instant at) throws SQLException {
        if (cards.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(NEW_CARDS)) {
            insert.setString(1, tenant.value());
            set(insert, 2, cards, at);
            insert.executeUpdate();
        }
        insertProfiles(cards);
    }

    void replace(List<Row> cards, Instant at) throws SQLException {
        if (cards.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(AGAIN)) {
            set(update, 1, cards, at);
            update.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM euicc_profile WHERE nid = ANY (?)")) {
            Columns.of(delete, cards).text(1, Row::nid);
            delete.executeUpdate();
        }
        insertProfiles(cards);
    }

    private void set(PreparedStatement statement, int from, List<Row> cards, Instant at) throws SQLException {
        statement.setTimestamp(from, Timestamp.from(at));
        statement.setTimestamp(from + 1, Timestamp.from(at));
        Columns.of(statement, cards)
                .text(from + 2, Row::nid)
                .text(from + 3, card -> card.registration().eid())
                .octets(from + 4, Row::verifier)
                .text(
                        from + 5,
                        card -> JsonWriter.write(card.registration().eis()).toUtf8())
                .text(from + 6, Row::operation);
    }

    void renew(List<Row> cards, Instant at) throws SQLException {
        if (cards.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(RENEW)) {
            update.setTimestamp(1, Timestamp.from(at));
            Columns.of(update, cards).text(2, Row::nid).octets(3, Row::verifier);
            update.executeUpdate();
        }
    }

    private void insertProfiles(List<Row> cards) throws SQLException {
        record Owned(Nid nid, EisProfile profile) {}
        List<Owned> all = cards.stream()
                .flatMap(card -> card.registration().profiles().stream().map(profile -> new Owned(card.nid(), profile)))
                .toList();
        try (PreparedStatement insert = connection.prepareStatement(PROFILES)) {
            insert.setString(1, tenant.value());
            Columns.of(insert, all)
                    .text(2, Owned::nid)
                    .text(3, owned -> owned.profile().iccid())
                    .text(4, owned -> owned.profile().isdPAid().hex())
                    .text(5, owned -> owned.profile().state())
                    .text(6, owned -> owned.profile().fallbackAttribute())
                    .text(7, owned -> owned.profile().type())
                    .text(8, owned -> owned.profile().owner())
                    .text(9, owned -> owned.profile().mnoId());
            insert.executeUpdate();
        }
    }

    void join(List<Row> cards) throws SQLException {
        record Pair(Nid nid, Gid gid) {}
        List<Pair> pairs = cards.stream()
                .flatMap(card -> card.registration().groups().stream().map(gid -> new Pair(card.nid(), gid)))
                .toList();
        if (pairs.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(JOIN)) {
            insert.setString(1, tenant.value());
            Columns.of(insert, pairs).text(2, Pair::gid).text(3, Pair::nid);
            insert.executeUpdate();
        }
    }
}
