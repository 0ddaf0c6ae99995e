package io.godwit.registry.group;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The statements of changes of memberships, each for many cards. */
final class MembershipTables {
    private static final String JOIN = """
            INSERT INTO membership AS m (tenant_id, gid, nid, join_epoch, active, spokesman)
            SELECT ?, ?, n, 1, true, coalesce(?, false) FROM unnest(?::text[]) AS v(n)
            ON CONFLICT (tenant_id, gid, nid) DO UPDATE
            SET join_epoch = CASE WHEN m.active THEN m.join_epoch ELSE m.join_epoch + 1 END, active = true,
                spokesman = CASE WHEN m.active THEN coalesce(?, m.spokesman) ELSE excluded.spokesman END, left_epoch = NULL
            WHERE NOT m.active OR m.spokesman <> coalesce(?, m.spokesman)
            RETURNING nid""";

    private static final String LEAVE = """
            UPDATE membership m SET active = false, spokesman = false,
                left_epoch = (SELECT g.epoch FROM card_group g WHERE g.gid = m.gid)
            WHERE m.gid = ? AND m.nid = ANY (?) AND m.active RETURNING m.nid""";

    /** Also those that have left in the present epoch: their cards may still have the group's configuration. */
    private static final String REMOVE = """
            UPDATE membership SET active = false, spokesman = false, left_epoch = ?
            WHERE gid = ? AND nid = ANY (?) AND (active OR left_epoch = ?) RETURNING nid""";

    private final Connection connection;
    private final TenantId tenant;
    private final Gid gid;

    MembershipTables(Connection connection, TenantId tenant, Gid gid) {
        this.connection = connection;
        this.tenant = tenant;
        this.gid = gid;
    }

    /** Locks the cards in the order of nids, and tells whether they still are the tenant's. */
    Map<Nid, Boolean> lock(Collection<Nid> nids) throws SQLException {
        Map<Nid, Boolean> active = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid, active FROM euicc WHERE nid = ANY (?) ORDER BY nid FOR UPDATE")) {
            Columns.of(select, nids).text(1, nid -> nid);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    active.put(new Nid(rows.getString(1)), rows.getBoolean(2));
                }
            }
        }
        return active;
    }

    /** Which of the cards are members. */
    Set<Nid> members(Collection<Nid> nids) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT nid FROM membership WHERE gid = ? AND nid = ANY (?) AND active")) {
            select.setString(1, gid.value());
            Columns.of(select, nids).text(2, nid -> nid);
            return nids(select);
        }
    }

    /** @return those that were changed */
    Set<Nid> join(Collection<Nid> nids, @Nullable Boolean spokesman) throws SQLException {
        try (PreparedStatement join = connection.prepareStatement(JOIN)) {
            join.setString(1, tenant.value());
            join.setString(2, gid.value());
            join.setObject(3, spokesman, Types.BOOLEAN);
            Columns.of(join, nids).text(4, nid -> nid);
            join.setObject(5, spokesman, Types.BOOLEAN);
            join.setObject(6, spokesman, Types.BOOLEAN);
            return nids(join);
        }
    }

    /** @return those that were members */
    Set<Nid> leave(Collection<Nid> nids) throws SQLException {
        try (PreparedStatement leave = connection.prepareStatement(LEAVE)) {
            leave.setString(1, gid.value());
            Columns.of(leave, nids).text(2, nid -> nid);
            return nids(leave);
        }
    }

    /**
     * @param epoch the group's present one
     * @return those whose cards the group's configuration of this epoch may be on
     */
    Set<Nid> remove(Collection<Nid> nids, int epoch) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setInt(1, epoch);
            remove.setString(2, gid.value());
            Columns.of(remove, nids).text(3, nid -> nid);
            remove.setInt(4, epoch);
            return nids(remove);
        }
    }

    private static Set<Nid> nids(PreparedStatement statement) throws SQLException {
        Set<Nid> nids = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                nids.add(new Nid(rows.getString(1)));
            }
        }
        return nids;
    }
}
