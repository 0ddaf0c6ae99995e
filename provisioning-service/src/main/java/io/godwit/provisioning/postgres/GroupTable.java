package io.godwit.provisioning.postgres;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Groups as group mode needs them: their epochs and counters, and who is a member since which joining. */
public final class GroupTable {
    /** A group's epoch, and the counter of its latest package. */
    public record State(int epoch, Counter counter) {}

    private GroupTable() {}

    /** Of each card the groups that it is a member of, with the joining that it is one by. */
    public static Map<Nid, Map<Gid, Integer>> memberships(Connection connection, TenantId tenant, Collection<Nid> nids)
            throws SQLException {
        Map<Nid, Map<Gid, Integer>> memberships = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid, gid, join_epoch FROM member WHERE tenant_id = ? AND nid = ANY (?) ORDER BY nid, gid")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(nids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    memberships
                            .computeIfAbsent(new Nid(Columns.text(rows, "nid")), nid -> new HashMap<>())
                            .put(new Gid(Columns.text(rows, "gid")), rows.getInt("join_epoch"));
                }
            }
        }
        return memberships;
    }

    /**
     * What {@code gids} are now. No package of theirs is made until the end of the transaction: a card that is told a floor
     * by it will find the next package new, and whoever makes that package sees what was decided here.
     */
    public static Map<Gid, State> read(Connection connection, TenantId tenant, Collection<Gid> gids)
            throws SQLException {
        Map<Gid, State> states = new HashMap<>();
        if (gids.isEmpty()) {
            return states;
        }
        // "For key share" lets the fleet's changes pass, and only who makes a package wait.
        try (PreparedStatement select = connection.prepareStatement("SELECT gid, epoch, counter FROM fleet_group"
                + " WHERE tenant_id = ? AND gid = ANY (?) ORDER BY gid FOR KEY SHARE")) {
            select.setString(1, tenant.value());
            select.setArray(2, connection.createArrayOf("text", Columns.texts(gids)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    states.put(new Gid(Columns.text(rows, "gid")), state(rows));
                }
            }
        }
        return states;
    }

    /** Locks the group for the one who makes a package; empty when it was removed. */
    public static Optional<State> lock(Connection connection, TenantId tenant, Gid gid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT epoch, counter FROM fleet_group WHERE tenant_id = ? AND gid = ? FOR UPDATE")) {
            select.setString(1, tenant.value());
            select.setString(2, gid.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        }
    }

    public static void putCounter(Connection connection, TenantId tenant, Gid gid, Counter counter)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE fleet_group SET counter = ? WHERE tenant_id = ? AND gid = ?")) {
            update.setLong(1, counter.value());
            update.setString(2, tenant.value());
            update.setString(3, gid.value());
            update.executeUpdate();
        }
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(row.getInt("epoch"), new Counter(row.getLong("counter")));
    }
}
