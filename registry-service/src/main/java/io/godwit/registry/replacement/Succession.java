package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord.ForceReplacement;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.announce.Devices;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.order.FromStock;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.order.NewOperation;
import io.godwit.registry.order.OperationMode;
import io.godwit.registry.order.Orders;
import io.godwit.registry.stock.Stock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order of a successor's own profile, in its transaction: the subscription is reserved, a stolen device cut off, and the order
 * sent. It is an operation like a download, named like the replacement.
 */
final class Succession {
    private final Connection connection;
    private final TenantId tenant;
    private final String requester;
    private final Instant now = Instant.now();

    Succession(Connection connection, TenantId tenant, String requester) {
        this.connection = connection;
        this.tenant = tenant;
        this.requester = requester;
    }

    /**
     * What is ordered; both cards are locked.
     *
     * @param iccid the old card's profile; {@code null}: the one that is enabled there
     * @param key and {@code hash}: of the request
     */
    record Wanted(
            String ticket,
            Nid old,
            Nid successor,
            Gid group,
            TemplateId template,
            @Nullable Iccid iccid,
            String reason,
            boolean stolen,
            @Nullable String key,
            String hash) {}

    void order(Wanted wanted) throws SQLException {
        Announcements announcements = Announcements.open(connection, tenant);
        Stock.Template template = Stock.template(connection, wanted.template())
                .orElseThrow(() -> new ProblemException(Problem.invalid(
                        "template",
                        "there is no profile template " + wanted.template() + ": see GET /v1/profile-templates")));
        Stock.Reservation reserved = FromStock.reserve(
                connection, wanted.template(), template, null, wanted.successor(), wanted.ticket(), now);
        if (wanted.stolen()) {
            cutOff(wanted);
            Devices.tell(connection, announcements, tenant, List.of(wanted.old()));
        }
        ProfileDownload download = new ProfileDownload(
                reserved.iccid(),
                template.type(),
                true,
                Optional.empty(),
                Optional.of(wanted.template()),
                ProfileOwner.find(template.operator()));
        AuditLog.append(connection, tenant, fact(wanted));
        Orders.Taken taken = Orders.append(
                connection,
                tenant,
                announcements,
                operation(wanted, download),
                version -> new ForceReplacement(
                        tenant,
                        wanted.ticket(),
                        version,
                        requester,
                        now,
                        wanted.old(),
                        wanted.successor(),
                        wanted.group(),
                        wanted.iccid(),
                        wanted.reason(),
                        wanted.stolen(),
                        download));
        if (!taken.equals(new Orders.Taken.Accepted(wanted.ticket()))) {
            throw new ProblemException(Problem.conflict(
                    "Idempotency-Key", "it is used by another request at this moment, or was; try again"));
        }
        AuditLog.append(connection, tenant, reserved.facts());
    }

    private void cutOff(Wanted wanted) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE euicc SET cut_off = true, cut_off_by = ?, updated_at = ?::timestamptz WHERE nid = ?")) {
            update.setString(1, wanted.ticket());
            update.setString(2, now.toString());
            update.setString(3, wanted.old().value());
            update.executeUpdate();
        }
    }

    private NewOperation operation(Wanted wanted, ProfileDownload download) {
        return new NewOperation(
                wanted.ticket(),
                FunctionColumns.of(download.function()),
                wanted.successor(),
                null,
                OperationMode.SINGLE,
                null,
                NewOperation.ORDER,
                requester,
                null,
                wanted.key(),
                wanted.hash(),
                now,
                null);
    }

    private AuditFact fact(Wanted wanted) {
        return AuditFact.at(now, requester, "ReplacementForced")
                .card(wanted.old())
                .group(wanted.group())
                .operation(wanted.ticket())
                .detail("successor " + wanted.successor() + (wanted.stolen() ? ", stolen: cut off" : "") + ", reason: "
                        + wanted.reason());
    }
}
