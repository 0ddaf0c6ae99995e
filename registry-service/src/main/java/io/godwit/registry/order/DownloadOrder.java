package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.order.DownloadRequest.Source;
import io.godwit.registry.order.Orders.Taken;
import io.godwit.registry.stock.Stock;
import io.godwit.registry.transport.TransportKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of one download, in its transaction: a package that comes with it, or a subscription that is taken from the stock. An
 * exception leaves nothing of it.
 */
final class DownloadOrder {
    private final Connection connection;
    private final TenantId tenant;
    private final String requester;
    private final DownloadRequest.Checked request;
    private final @Nullable String key;
    private final String id = UUID.randomUUID().toString();
    private final Instant now = Instant.now();

    DownloadOrder(
            Connection connection,
            TenantId tenant,
            String requester,
            DownloadRequest.Checked request,
            @Nullable String key) {
        this.connection = connection;
        this.tenant = tenant;
        this.requester = requester;
        this.request = request;
        this.key = key;
    }

    Taken take() throws SQLException {
        Announcements announcements = Announcements.open(connection, tenant);
        if (!holdCard()) {
            return new Taken.Unknown("eUICC");
        }
        return request.source() instanceof Source.Packaged packaged
                ? packaged(announcements, packaged)
                : ofStock(announcements, (Source.OfStock) request.source());
    }

    /** Whether the tenant has the card; if so, nobody takes it out of the fleet before this is committed. */
    private boolean holdCard() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM euicc WHERE nid = ? AND active FOR SHARE")) {
            select.setString(1, request.nid().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private Taken packaged(Announcements announcements, Source.Packaged source) throws SQLException {
        if (!TransportKeys.ids(connection, TransportKeys.SM_DP)
                .contains(source.profilePackage().keyId())) {
            return new Taken.UnknownTransportKey();
        }
        Taken taken = append(
                announcements, request.download(source), source.profilePackage().jwe());
        if (isNew(taken) && !DownloadClaims.claim(connection, source.iccid(), request.nid())) {
            throw new ProblemException(
                    Problem.conflict("iccid", "another card holds this ICCID or is to get it; delete it there first"));
        }
        return taken;
    }

    private Taken ofStock(Announcements announcements, Source.OfStock source) throws SQLException {
        // Asked first: the same request again must not take another one.
        Optional<Taken> before = Orders.before(connection, key, request.owner(), request.hash());
        if (before.isPresent()) {
            return before.get();
        }
        Stock.Template template = Stock.template(connection, source.template())
                .filter(known -> request.owner() == null || known.isOf(request.owner()))
                .orElse(null);
        if (template == null) {
            return new Taken.Unknown("profile template");
        }
        Stock.Reservation reserved =
                FromStock.reserve(connection, source.template(), template, source.iccid(), request.nid(), id, now);
        Taken taken = append(announcements, request.download(reserved.iccid(), source, template), null);
        if (!isNew(taken)) {
            throw new ProblemException(Problem.conflict(
                    "Idempotency-Key", "it is used by another request at this moment, or was; try again"));
        }
        AuditLog.append(connection, tenant, reserved.facts());
        return taken;
    }

    private boolean isNew(Taken taken) {
        return taken instanceof Taken.Accepted accepted && accepted.operation().equals(id);
    }

    private Taken append(Announcements announcements, ProfileDownload download, @Nullable String jwe)
            throws SQLException {
        NewOperation operation = new NewOperation(
                id,
                FunctionColumns.of(download.function()),
                request.nid(),
                null,
                OperationMode.SINGLE,
                null,
                NewOperation.ORDER,
                requester,
                request.owner(),
                key,
                request.hash(),
                now,
                now.plus(request.validity()));
        return Orders.append(
                connection,
                tenant,
                announcements,
                operation,
                version -> new OrderRecord.DownloadProfile(
                        tenant,
                        id,
                        version,
                        requester,
                        now,
                        request.nid(),
                        download,
                        jwe,
                        now.plus(request.validity())));
    }
}
