package io.godwit.registry.order;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.progress.ProgressLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Takes orders: remembered and sent in one transaction, once per idempotency key. */
@ApplicationScoped
public class Orders {
    private final TenantTransaction transactions;

    public Orders(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** What an order came to. */
    public sealed interface Taken {
        /** It is under way, from now on or since the same request before. */
        record Accepted(String operation) implements Taken {}

        /** The tenant has no such card or group. */
        record Unknown(String what) implements Taken {}

        /** The package is encrypted to a key that is none of the SM-DP's. */
        record UnknownTransportKey() implements Taken {}

        /** The key was used for another request. */
        record KeyUsed() implements Taken {}
    }

    Taken take(TenantId tenant, String requester, OperationRequest.Checked request, @Nullable String key)
            throws SQLException {
        Instant now = Instant.now();
        NewOperation operation = new NewOperation(
                UUID.randomUUID().toString(),
                FunctionColumns.of(request.function()),
                request.nid(),
                request.gid(),
                request.mode(),
                request.plan(),
                NewOperation.ORDER,
                requester,
                request.owner(),
                key,
                request.hash(),
                now,
                now.plus(request.validity()));
        return transactions.in(tenant, connection -> take(connection, tenant, request, operation));
    }

    /** As {@link #take(TenantId, String, OperationRequest.Checked, String)}, of a download: its ICCID is the card's from now on. */
    Taken take(TenantId tenant, String requester, DownloadRequest.Checked request, @Nullable String key)
            throws SQLException {
        return transactions.in(
                tenant, connection -> new DownloadOrder(connection, tenant, requester, request, key).take());
    }

    private static Taken take(
            Connection connection, TenantId tenant, OperationRequest.Checked request, NewOperation operation)
            throws SQLException {
        Announcements announcements = Announcements.open(connection, tenant);
        if (!isThere(connection, request.nid(), request.gid())) {
            return new Taken.Unknown(request.nid() == null ? "group" : "eUICC");
        }
        return append(
                connection, tenant, announcements, operation, version -> order(tenant, request, operation, version));
    }

    /** Remembers and sends a new operation, or finds the one that the same request with the same key has made. */
    public static Taken append(
            Connection connection,
            TenantId tenant,
            Announcements announcements,
            NewOperation operation,
            LongFunction<OrderRecord> order)
            throws SQLException {
        if (OperationLog.append(connection, tenant, List.of(operation)) == 0) {
            return before(connection, operation.idempotencyKey(), operation.owner(), operation.requestHash())
                    .orElseGet(Taken.KeyUsed::new);
        }
        announcements.order(order);
        announcements.send();
        ProgressLog.append(connection, List.of(operation.id()));
        AuditLog.append(connection, tenant, fact(operation));
        return new Taken.Accepted(operation.id());
    }

    private static OrderRecord order(
            TenantId tenant, OperationRequest.Checked request, NewOperation operation, long version) {
        Instant validUntil = operation.createdAt().plus(request.validity());
        if (request.nid() != null) {
            return new OrderRecord.OnCard(
                    tenant,
                    operation.id(),
                    version,
                    operation.requester(),
                    operation.createdAt(),
                    request.nid(),
                    request.function(),
                    validUntil,
                    request.owner());
        }
        return new OrderRecord.OnGroup(
                tenant,
                operation.id(),
                version,
                operation.requester(),
                operation.createdAt(),
                Objects.requireNonNull(request.gid(), "an order names a card or a group"),
                request.function(),
                validUntil,
                request.plan());
    }

    private static AuditFact fact(NewOperation operation) {
        AuditFact fact = AuditFact.at(operation.createdAt(), operation.requester(), "OperationOrdered")
                .operation(operation.id())
                .detail(operation.function().sentence()
                        + (operation.plan() == null ? "" : ", in group mode")
                        + (operation.owner() == null ? "" : ", for " + operation.owner()));
        fact = operation.nid() == null ? fact : fact.card(operation.nid());
        return operation.gid() == null ? fact : fact.group(operation.gid());
    }

    private static boolean isThere(Connection connection, @Nullable Nid nid, @Nullable Gid gid) throws SQLException {
        String sql =
                nid != null ? "SELECT 1 FROM euicc WHERE nid = ? AND active" : "SELECT 1 FROM card_group WHERE gid = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, String.valueOf(nid != null ? nid : gid));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * What the key was used for: the same request's operation, or another request; empty when it was not, or there is none.
     *
     * @param owner in whose name the request is; each has keys of its own
     */
    public static Optional<Taken> before(
            Connection connection, @Nullable String key, @Nullable ProfileOwner owner, @Nullable String hash)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, request_hash FROM operation WHERE idempotency_key = ?"
                        + " AND coalesce(profile_owner, '') = ?")) {
            select.setString(1, key);
            select.setString(2, owner == null ? "" : owner.name());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(
                        Objects.equals(row.getString(2), hash)
                                ? new Taken.Accepted(row.getString(1))
                                : new Taken.KeyUsed());
            }
        }
    }
}
