package io.godwit.registry.ingest;

import io.godwit.protocol.TenantId;
import io.godwit.registry.order.OperationLog;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Operations that devices began by themselves: made, and known better with each event. Orders are left as they are. */
final class ClientOperationTables {
    /**
     * What was taken for a device's own operation is its group's, when the group is named, or another device takes part. It
     * may even have been completed, when the device's own outcome came before all else.
     */
    private static final String BECOME_GROUPS = """
            UPDATE operation o SET mode = 'group', requester = o.nid, nid = NULL, members = NULL,
                status = CASE o.status WHEN 'Completed' THEN 'Running' ELSE o.status END,
                completed_at = CASE o.status WHEN 'Completed' THEN NULL ELSE o.completed_at END
            FROM (SELECT i, array_agg(n) AS nids FROM unnest(?::text[], ?::text[]) AS v(i, n) GROUP BY i) AS told
            WHERE o.id = told.i AND o.origin = 'client' AND o.nid IS NOT NULL AND told.nids <> ARRAY[o.nid]""";

    /** Of a group's operation, who asked for it; not a device that has a part in it since before it asked. */
    private static final String ASKED = """
            UPDATE operation o SET requester = n FROM unnest(?::text[], ?::text[]) AS v(i, n)
            WHERE o.id = i AND o.origin = 'client' AND o.nid IS NULL AND o.requester = ?
                AND NOT EXISTS (SELECT 1 FROM operation_member m WHERE m.operation = i AND m.nid = n)""";

    private final Connection connection;
    private final TenantId tenant;

    ClientOperationTables(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Makes those that are not there yet. */
    void begin(ClientOperations told) throws SQLException {
        OperationLog.append(connection, tenant, told.begun());
    }

    /** Settles whose they are; with the operations' rows locked. */
    void settle(ClientOperations told) throws SQLException {
        if (told.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(BECOME_GROUPS)) {
            Columns.of(update, told.parts())
                    .text(1, ClientOperations.Part::operation)
                    .text(2, ClientOperations.Part::nid);
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(ASKED)) {
            Columns.of(update, told.askers())
                    .text(1, MemberChange.Key::operation)
                    .text(2, MemberChange.Key::nid);
            update.setString(3, ClientOperations.CARD);
            update.executeUpdate();
        }
    }
}
