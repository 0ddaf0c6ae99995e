package io.godwit.registry.order;

import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.stock.Stock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Downloads that cards have asked for and the SM-SR has granted: the stock is here, so the order is made here. */
public final class ClientDownloads {
    private static final String ORDERED = """
            UPDATE operation SET function_name = ?, target_kind = ?, target = ?, valid_until = ?::timestamptz
            WHERE id = ?""";

    private final Connection connection;
    private final TenantId tenant;
    private final Instant now;

    /** @param connection in a transaction of {@code tenant}, which has locked the cards and operations in question */
    public ClientDownloads(Connection connection, TenantId tenant, Instant now) {
        this.connection = connection;
        this.tenant = tenant;
        this.now = now;
    }

    /**
     * Reserves a subscription and orders its download, or tells the SM-SR why not. Once for a ticket: what was ordered before is
     * left as it is.
     *
     * @param ticket the operation's id
     */
    public void order(Nid nid, String ticket, TemplateId template) throws SQLException {
        if (!isOpen(nid, ticket)) {
            return;
        }
        Announcements announcements;
        try {
            announcements = Announcements.open(connection, tenant);
        } catch (ProblemException suspended) {
            // Nothing is ordered for a suspended tenant; the SM-SR gives the ticket up in time.
            return;
        }
        Optional<Stock.Template> known = Stock.template(connection, template);
        if (known.isEmpty() || !known.get().usable()) {
            refuse(announcements, nid, ticket, new Refusal("NO_TEMPLATE", "there is no usable template " + template));
            return;
        }
        Optional<Stock.Reservation> reserved = Stock.reserve(connection, template, null, nid, ticket, now);
        if (reserved.isEmpty()) {
            refuse(
                    announcements,
                    nid,
                    ticket,
                    new Refusal(
                            "STOCK_EMPTY", "no subscription of template " + template + " is available: import some"));
            return;
        }
        ProfileDownload download = new ProfileDownload(
                reserved.get().iccid(),
                known.get().type(),
                true,
                Optional.empty(),
                Optional.of(template),
                ProfileOwner.find(known.get().operator()));
        Instant validUntil = now.plus(OperationRequest.validity(null));
        FunctionColumns function = FunctionColumns.of(download.function());
        try (PreparedStatement update = connection.prepareStatement(ORDERED)) {
            update.setString(1, function.name());
            update.setString(2, function.kind());
            update.setString(3, function.target());
            update.setString(4, validUntil.toString());
            update.setString(5, ticket);
            update.executeUpdate();
        }
        announcements.order(version -> new OrderRecord.DownloadProfile(
                tenant, ticket, version, nid.value(), now, nid, download, null, validUntil));
        announcements.send();
        AuditLog.append(
                connection,
                tenant,
                AuditFact.at(now, "registry", "OperationOrdered")
                        .operation(ticket)
                        .card(nid)
                        .detail(function.sentence() + ", as the card has asked"));
        AuditLog.append(connection, tenant, reserved.get().facts());
    }

    /** Whether the card is of the fleet, and its operation waits for what it is to do. */
    private boolean isOpen(Nid nid, String ticket) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM operation o JOIN euicc e ON e.nid = ?"
                        + " AND e.active WHERE o.id = ? AND o.function_name IS NULL AND o.status = 'Pending'")) {
            select.setString(1, nid.value());
            select.setString(2, ticket);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The operation fails when the SM-SR has given the ticket up: whoever asked hears it there. */
    private void refuse(Announcements announcements, Nid nid, String ticket, Refusal why) throws SQLException {
        String id = UUID.randomUUID().toString();
        announcements.order(version ->
                new OrderRecord.AnswerRequest(tenant, id, version, "registry", now, nid, ticket, Optional.of(why)));
        announcements.send();
    }
}
