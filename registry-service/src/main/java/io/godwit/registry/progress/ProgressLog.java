package io.godwit.registry.progress;

import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** Appends how operations stand, many at once; one that stands as its last row says gets none. */
public final class ProgressLog {
    private static final String APPEND = """
            INSERT INTO operation_progress (tenant_id, operation, sequence, at, status, members, counts, campaign_state,
                                            campaign_triggers, campaign_commands)
            SELECT o.tenant_id, o.id, coalesce(last.sequence, 0) + 1, clock_timestamp(), o.status, o.members, now.counts,
                   o.campaign_state, o.campaign_triggers, o.campaign_commands
            FROM operation o
                     CROSS JOIN LATERAL (
                SELECT coalesce(jsonb_object_agg(c.state, c.cards), '{}') AS counts
                FROM operation_count c WHERE c.operation = o.id AND c.cards > 0) now
                     LEFT JOIN LATERAL (
                SELECT * FROM operation_progress p WHERE p.operation = o.id ORDER BY p.sequence DESC LIMIT 1) last ON true
            WHERE o.id = ANY (?) AND (last.sequence IS NULL
                OR (last.status, last.members, last.counts, last.campaign_state, last.campaign_triggers,
                    last.campaign_commands)
                    IS DISTINCT FROM (o.status, o.members, now.counts, o.campaign_state, o.campaign_triggers,
                                      o.campaign_commands))""";

    private ProgressLog() {}

    /** @param connection in a transaction of the operations' tenant that has locked or made their rows */
    public static void append(Connection connection, Collection<String> operations) throws SQLException {
        if (operations.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(APPEND)) {
            Columns.of(insert, operations).text(1, id -> id);
            insert.executeUpdate();
        }
    }
}
