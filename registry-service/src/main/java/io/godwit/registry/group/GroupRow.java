package io.godwit.registry.group;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.order.FunctionBody;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.request.PolicyText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A group as it stands in a transaction that changes it or its members. */
record GroupRow(Gid gid, RequestPolicy requests, int epoch) {
    private static final String COLUMNS =
            "on_request_name, on_request_target_kind, on_request_target, epoch, request_policy FROM card_group WHERE"
                    + " gid = ?";

    /** @throws ProblemException 404 when the tenant has no such group */
    static GroupRow read(Connection connection, Gid gid) throws SQLException {
        return select(connection, gid, "SELECT " + COLUMNS);
    }

    /** The same, and nobody else changes it until the transaction ends. */
    static GroupRow lock(Connection connection, Gid gid) throws SQLException {
        return select(connection, gid, "SELECT " + COLUMNS + " FOR NO KEY UPDATE");
    }

    private static GroupRow select(Connection connection, Gid gid, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, gid.value());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(Problem.notFound("group"));
                }
                FunctionBody onRequest =
                        new FunctionColumns(row.getString(1), row.getString(2), row.getString(3)).body();
                RequestPolicy requests = onRequest == null
                        ? PolicyText.read(row.getString(5))
                        : RequestPolicy.automatic(FunctionBody.parse(onRequest, "onRequest"));
                return new GroupRow(gid, requests, row.getInt(4));
            }
        }
    }

    /** Raises the epoch of a locked group. */
    GroupRow raise(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE card_group SET epoch = ? WHERE gid = ?")) {
            update.setInt(1, epoch + 1);
            update.setString(2, gid.value());
            update.executeUpdate();
        }
        return new GroupRow(gid, requests, epoch + 1);
    }

    void tell(Announcements announcements, TenantId tenant) {
        announcements.tell(version -> new FleetRecord.Group(tenant, version, gid, requests, epoch, true));
    }
}
