package io.godwit.registry.request;

import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.Granted;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.sql.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Follows requests that wait for an operator, a slice at a time. */
public final class RequestTables {
    private static final String WAIT = """
            INSERT INTO client_request (tenant_id, ticket, nid, gid, reason, function_name, target_kind, target, template,
                                        state, asked_at, expires_at)
            SELECT ?, a, b, c, d, e, f, g, h, 'Waiting', k::timestamptz, l::timestamptz
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[]) WITH ORDINALITY AS v(a, b, c, d, e, f, g, h, k, l, i)
            ORDER BY i
            ON CONFLICT DO NOTHING""";

    /** An operator's decision stands, whatever came of it. */
    private static final String CLOSE = """
            UPDATE client_request r SET state = s FROM unnest(?::text[], ?::text[]) AS v(t, s)
            WHERE r.ticket = v.t AND r.state = 'Waiting'""";

    private RequestTables() {}

    /** @param connection in a transaction of {@code tenant} */
    public static void apply(Connection connection, TenantId tenant, List<TicketTold> told) throws SQLException {
        List<TicketTold> waiting = told.stream()
                .filter(one -> one.state().stage() == TicketStage.WAITING)
                .toList();
        List<TicketTold> dropped =
                told.stream().filter(one -> one.state().stage().isDropped()).toList();
        if (!waiting.isEmpty()) {
            insert(connection, tenant, waiting);
        }
        if (!dropped.isEmpty()) {
            try (PreparedStatement update = connection.prepareStatement(CLOSE)) {
                Columns.of(update, dropped)
                        .text(1, TicketTold::ticket)
                        .text(2, one -> one.state().stage() == TicketStage.EXPIRED ? "Expired" : "Refused");
                update.executeUpdate();
            }
        }
    }

    private static void insert(Connection connection, TenantId tenant, List<TicketTold> waiting) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(WAIT)) {
            insert.setString(1, tenant.value());
            Columns.of(insert, waiting)
                    .text(2, TicketTold::ticket)
                    .text(3, TicketTold::nid)
                    .text(4, one -> one.state().gid().map(Gid::value).orElse(null))
                    .text(5, one -> one.state().reason().literal())
                    .text(6, one -> function(one).map(FunctionColumns::name).orElse(null))
                    .text(7, one -> function(one).map(FunctionColumns::kind).orElse(null))
                    .text(8, one -> function(one).map(FunctionColumns::target).orElse(null))
                    .text(
                            9,
                            one -> one.state().granted() instanceof Granted.FromStock stock
                                    ? stock.template().value()
                                    : null)
                    .text(10, TicketTold::at)
                    .text(11, one -> one.state().until().orElse(one.at()));
            insert.executeUpdate();
        }
    }

    private static Optional<FunctionColumns> function(TicketTold told) {
        return told.state().granted() instanceof Granted.Function granted
                ? Optional.of(FunctionColumns.of(granted.function()))
                : Optional.empty();
    }
}
