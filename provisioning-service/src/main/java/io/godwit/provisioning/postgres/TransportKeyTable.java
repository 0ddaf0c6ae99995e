package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code transport_key} and {@code former_transport_key}: of each role the current key pair and the one before. */
public final class TransportKeyTable {
    private static final String COLUMNS = "key_id, public_jwk, wrapped, created_at";
    /** Made before a given instant, once that has come: an instant to come would make each key void as soon as it is there. */
    private static final String MADE_BEFORE = "(created_at < ?::timestamptz AND ?::timestamptz <= now())";

    /**
     * A key pair.
     *
     * @param wrapped its private part
     */
    public record Row(String keyId, String publicJwk, Octets wrapped, Instant createdAt) {}

    /**
     * A current key that has to go, locked.
     *
     * @param isVoid what is under it is not to be opened any more
     */
    public record Stale(String keyId, boolean isVoid) {}

    private TransportKeyTable() {}

    /** The role's keys, the current one first. */
    public static List<Row> find(Connection connection, String role) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 0 AS age, " + COLUMNS
                + " FROM transport_key WHERE role = ? UNION ALL SELECT 1, " + COLUMNS
                + " FROM former_transport_key WHERE role = ? ORDER BY age")) {
            select.setString(1, role);
            select.setString(2, role);
            List<Row> keys = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(new Row(
                            Columns.text(rows, "key_id"),
                            Columns.text(rows, "public_jwk"),
                            Columns.octets(rows, "wrapped"),
                            Columns.instant(rows, "created_at")));
                }
            }
            return keys;
        }
    }

    /** Stores the role's first key pair, unless another process was faster. */
    public static void offer(Connection connection, String role, String keyId, String publicJwk, Octets wrapped)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO transport_key (role, key_id, public_jwk, wrapped) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (role) DO NOTHING")) {
            insert.setString(1, role);
            insert.setString(2, keyId);
            insert.setString(3, publicJwk);
            insert.setBytes(4, wrapped.toBytes());
            insert.executeUpdate();
        }
    }

    /**
     * Locks the role's current key when it has to go. Who had to wait for the lock sees the key as it is then, so of several
     * processes one replaces it.
     *
     * @param notBefore keys that were made before are void; {@code null}: none is
     */
    public static Optional<Stale> lockStale(
            Connection connection, String role, Duration maxAge, @Nullable Instant notBefore) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT key_id, " + MADE_BEFORE
                + " AS is_void FROM transport_key WHERE role = ?"
                + " AND (aging_since < now() - make_interval(secs => ?::int8) OR " + MADE_BEFORE + ") FOR UPDATE")) {
            bind(select, 1, notBefore);
            select.setString(3, role);
            select.setLong(4, maxAge.toSeconds());
            bind(select, 5, notBefore);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Stale(Columns.text(row, "key_id"), row.getBoolean("is_void")))
                        : Optional.empty();
            }
        }
    }

    /** The current key, which is locked, becomes the one before; the one that was that is gone. */
    public static void retire(Connection connection, String role) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO former_transport_key (role, " + COLUMNS
                + ") SELECT role, " + COLUMNS + " FROM transport_key WHERE role = ? ON CONFLICT (role) DO UPDATE SET"
                + " key_id = excluded.key_id, public_jwk = excluded.public_jwk, wrapped = excluded.wrapped,"
                + " created_at = excluded.created_at")) {
            insert.setString(1, role);
            insert.executeUpdate();
        }
    }

    /** Puts a new key in the place of the current one, which is locked. */
    public static void put(Connection connection, String role, String keyId, String publicJwk, Octets wrapped)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE transport_key SET key_id = ?, public_jwk = ?, wrapped = ?, created_at = clock_timestamp(),"
                        + " aging_since = clock_timestamp() WHERE role = ?")) {
            update.setString(1, keyId);
            update.setString(2, publicJwk);
            update.setBytes(3, wrapped.toBytes());
            update.setString(4, role);
            update.executeUpdate();
        }
    }

    /** Forgets the key before the current one when it was made before that instant. */
    public static void deleteFormer(Connection connection, String role, Instant madeBefore) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM former_transport_key WHERE role = ? AND " + MADE_BEFORE)) {
            delete.setString(1, role);
            bind(delete, 2, madeBefore);
            delete.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int first, @Nullable Instant instant) throws SQLException {
        statement.setString(first, Columns.text(instant));
        statement.setString(first + 1, Columns.text(instant));
    }
}
