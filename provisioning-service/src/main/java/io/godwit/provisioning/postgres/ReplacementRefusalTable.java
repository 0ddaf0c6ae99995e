package io.godwit.provisioning.postgres;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** The table {@code replacement_refusals}: how many E1 of a device were refused at once. One is written by who holds its card's lock. */
public final class ReplacementRefusalTable {
    private static final String ENDED = "r.since <= ?::timestamptz";

    private ReplacementRefusalTable() {}

    /** How many in the {@code window} that the first of them has opened; 0 when that is over. */
    public static int count(Connection connection, TenantId tenant, Nid nid, Instant now, Duration window)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT refused FROM replacement_refusals"
                + " WHERE tenant_id = ? AND nid = ? AND since > ?::timestamptz")) {
            select.setString(1, tenant.value());
            select.setString(2, nid.value());
            select.setString(3, now.minus(window).toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt("refused") : 0;
            }
        }
    }

    /** One more; the first behind the end of a {@code window} opens another one. */
    public static void add(Connection connection, TenantId tenant, Nid nid, Instant now, Duration window)
            throws SQLException {
        put(
                connection,
                "INSERT INTO replacement_refusals AS r (tenant_id, nid, since, refused) VALUES (?, ?, ?::timestamptz, 1)"
                        + " ON CONFLICT (tenant_id, nid) DO UPDATE SET"
                        + " refused = CASE WHEN " + ENDED + " THEN 1 ELSE r.refused + 1 END,"
                        + " limited = r.limited AND NOT " + ENDED + ","
                        + " since = CASE WHEN " + ENDED + " THEN excluded.since ELSE r.since END",
                tenant,
                nid,
                now,
                window);
    }

    /** The device is heard no more; false when that was noted in this {@code window} before. */
    public static boolean limit(Connection connection, TenantId tenant, Nid nid, Instant now, Duration window)
            throws SQLException {
        return put(
                        connection,
                        "INSERT INTO replacement_refusals AS r (tenant_id, nid, since, refused, limited)"
                                + " VALUES (?, ?, ?::timestamptz, 0, true) ON CONFLICT (tenant_id, nid) DO UPDATE SET limited = true,"
                                + " refused = CASE WHEN " + ENDED + " THEN 0 ELSE r.refused END,"
                                + " since = CASE WHEN " + ENDED + " THEN excluded.since ELSE r.since END"
                                + " WHERE NOT r.limited OR " + ENDED,
                        tenant,
                        nid,
                        now,
                        window)
                > 0;
    }

    /** @param sql asks three times whether the window has {@link #ENDED} */
    private static int put(Connection connection, String sql, TenantId tenant, Nid nid, Instant now, Duration window)
            throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(sql)) {
            put.setString(1, tenant.value());
            put.setString(2, nid.value());
            put.setString(3, now.toString());
            for (int parameter = 4; parameter <= 6; parameter++) {
                put.setString(parameter, now.minus(window).toString());
            }
            return put.executeUpdate();
        }
    }
}
