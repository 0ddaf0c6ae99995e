package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.registry.order.OperationRequest;
import io.godwit.registry.order.Orders;
import io.godwit.registry.replacement.ForcedRequest.Checked;
import io.godwit.registry.replacement.ForcedRequest.Forcing;
import io.godwit.registry.replacement.Succession.Wanted;
import io.godwit.registry.sql.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes orders for successors of devices that are given up. What is known to be in the way is refused; provisioning decides in any case. */
@ApplicationScoped
public class ForcedOrders {
    private final TenantTransaction transactions;

    public ForcedOrders(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /**
     * @param key of the request; {@code null}: it is one of its own
     * @return the operation that is named like the replacement, or that the key was another request's
     * @throws ProblemException 409 or 422 that names the member at fault
     */
    Orders.Taken begin(TenantId tenant, String requester, Checked request, @Nullable String key) throws SQLException {
        return transactions.in(tenant, connection -> {
            // Asked first: the same request again must not take another subscription.
            Optional<Orders.Taken> before = Orders.before(connection, key, null, request.hash());
            if (before.isPresent()) {
                return before.get();
            }
            Set<String> there = lock(connection, request.old(), request.successor());
            require(there, "old", request.old());
            require(there, "successor", request.successor());
            free(connection, "old", request.old());
            free(connection, "successor", request.successor());
            requireMember(connection, request.group(), request.successor());
            Wanted wanted = new Wanted(
                    UUID.randomUUID().toString(),
                    request.old(),
                    request.successor(),
                    request.group(),
                    request.template(),
                    request.iccid(),
                    request.reason(),
                    request.stolen(),
                    key,
                    request.hash());
            new Succession(connection, tenant, requester).order(wanted);
            return new Orders.Taken.Accepted(wanted.ticket());
        });
    }

    /**
     * For a replacement in which a card has a part already.
     *
     * @throws ProblemException 404 when the tenant has no such replacement, 409 or 422 that names the member at fault
     */
    String force(TenantId tenant, String requester, String ticket, Forcing request) throws SQLException {
        String hash = OperationRequest.hash(
                "Force[ticket=%s, template=%s, stolen=%s]".formatted(ticket, request.template(), request.stolen()));
        return transactions.in(tenant, connection -> {
            Wanted wanted = running(connection, ticket, request.template(), request.stolen(), hash);
            Optional<String> before = forcedBefore(connection, ticket);
            if (before.isPresent()) {
                if (before.get().equals(hash)) {
                    return ticket;
                }
                throw new ProblemException(
                        Problem.conflict("ticket", "it was forced before: see GET /v1/operations/" + ticket));
            }
            Set<String> there = lock(connection, wanted.old(), wanted.successor());
            require(there, "old", wanted.old());
            require(there, "successor", wanted.successor());
            requireForceable(connection, ticket);
            new Succession(connection, tenant, requester).order(wanted);
            return ticket;
        });
    }

    private static Wanted running(
            Connection connection, String ticket, TemplateId template, boolean stolen, String hash)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT old, successor, gid, iccid, reason FROM replacement WHERE ticket = ?")) {
            select.setString(1, ticket);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(Problem.notFound("replacement"));
                }
                return new Wanted(
                        ticket,
                        new Nid(row.getString("old")),
                        new Nid(row.getString("successor")),
                        new Gid(row.getString("gid")),
                        template,
                        new Iccid(row.getString("iccid")),
                        row.getString("reason"),
                        stolen,
                        null,
                        hash);
            }
        }
    }

    /** The request by which it was; its operation is named like the replacement. */
    private static Optional<String> forcedBefore(Connection connection, String ticket) throws SQLException {
        return text(connection, "SELECT coalesce(request_hash, '') FROM operation WHERE id = ?", ticket);
    }

    private static void requireForceable(Connection connection, String ticket) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT stage, mode FROM replacement WHERE ticket = ?")) {
            select.setString(1, ticket);
            try (ResultSet row = select.executeQuery()) {
                Optional<String> remedy = row.next()
                        ? new Standing(row.getString("stage"), false, false, null).againstForcing(row.getString("mode"))
                        : Optional.empty();
                if (remedy.isPresent()) {
                    throw new ProblemException(Problem.conflict("stage", remedy.get()));
                }
            }
        }
    }

    /** The cards of these that are the tenant's; nobody takes one out of the fleet before this is committed. */
    private static Set<String> lock(Connection connection, Nid... nids) throws SQLException {
        Set<String> there = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT nid FROM euicc WHERE nid = ANY (?) AND active ORDER BY nid FOR UPDATE")) {
            Columns.of(select, List.of(nids)).text(1, nid -> nid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    there.add(row.getString(1));
                }
            }
        }
        return there;
    }

    private static void require(Set<String> there, String member, Nid nid) {
        if (!there.contains(nid.value())) {
            throw new ProblemException(
                    Problem.invalid(member, "the tenant has no eUICC " + nid + ": see GET /v1/euiccs"));
        }
    }

    /**
     * One that has touched no card keeps nobody from it, or a stolen device could keep itself from being cut off by asking:
     * provisioning ends it when the order comes.
     */
    private static void free(Connection connection, String member, Nid nid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT ticket, old, stage, mode FROM replacement WHERE ended_at IS NULL AND (old = ? OR successor = ?)")) {
            select.setString(1, nid.value());
            select.setString(2, nid.value());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String stage = row.getString("stage");
                    String mode = row.getString("mode");
                    if (!Stages.givesWay(stage, mode)) {
                        boolean canBeForced =
                                row.getString("old").equals(nid.value()) && Stages.isForceable(stage, mode);
                        throw new ProblemException(
                                Problem.conflict(member, inTheWay(nid, row.getString("ticket"), stage, canBeForced)));
                    }
                }
            }
        }
    }

    private static String inTheWay(Nid nid, String ticket, String stage, boolean canBeForced) {
        return nid + " is in the replacement " + ticket + ", which is at " + stage + ": "
                + (canBeForced
                        ? "force that one with POST /v1/replacements/" + ticket + "/force"
                        : "wait for its end, or cancel it when it is stuck, and order again");
    }

    private static void requireMember(Connection connection, Gid group, Nid nid) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT FROM membership WHERE gid = ? AND nid = ? AND active")) {
            select.setString(1, group.value());
            select.setString(2, nid.value());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(Problem.conflict(
                            "group", "the successor is no member: add it with PUT /v1/groups/{gid}/members/{nid}"));
                }
            }
        }
    }

    private static Optional<String> text(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
