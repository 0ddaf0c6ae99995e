package io.godwit.registry.order;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.OrderRecord.SteerCampaign;
import io.godwit.protocol.record.OrderRecord.Steering;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pauses, resumes and cancels operations in group mode: remembered and ordered in one transaction. */
@ApplicationScoped
public class CampaignSteering {
    private final TenantTransaction transactions;

    public CampaignSteering(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** What steering came to. */
    sealed interface Steered {
        /** It is under way, from now on or since it was asked before. */
        record Accepted() implements Steered {}

        /** The tenant has no such operation. */
        record Unknown() implements Steered {}

        /** The operation, by that member of it, is not one to be steered so. */
        record Refused(String member, String remedy) implements Steered {}
    }

    /** @param last what was asked last, while that still holds */
    private record Campaign(
            @Nullable String gid,
            String mode,
            String status,
            @Nullable String last) {

        @Nullable
        Steered refuse(Steering asked) {
            if (!mode.equals(OperationMode.GROUP.literal())) {
                return new Steered.Refused("mode", "only an operation in group mode can be steered");
            }
            if (status.equals("Completed") || status.equals("Failed")) {
                return new Steered.Refused("status", "the operation has ended; order anew what is still wanted");
            }
            if (Steering.CANCEL.literal().equals(last) && asked != Steering.CANCEL) {
                return new Steered.Refused("campaign.state", "the operation was cancelled; order anew what is wanted");
            }
            return gid == null ? new Steered.Refused("gid", "the SM-SR has not told the group yet; try again") : null;
        }
    }

    Steered steer(TenantId tenant, String operation, Steering asked, String requester) throws SQLException {
        Instant now = Instant.now();
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            Optional<Campaign> found = lock(connection, operation);
            if (found.isEmpty()) {
                return new Steered.Unknown();
            }
            Campaign campaign = found.get();
            Steered refused = campaign.refuse(asked);
            if (refused != null) {
                return refused;
            }
            if (!asked.literal().equals(campaign.last())) {
                remember(connection, operation, asked);
                Gid gid = new Gid(String.valueOf(campaign.gid()));
                String id = UUID.randomUUID().toString();
                announcements.order(
                        version -> new SteerCampaign(tenant, id, version, requester, now, gid, operation, asked));
                announcements.send();
                AuditFact fact = AuditFact.at(now, requester, "CampaignSteered").operation(operation);
                AuditLog.append(connection, tenant, fact.group(gid).detail(asked.literal() + ", order " + id));
            }
            return new Steered.Accepted();
        });
    }

    private static Optional<Campaign> lock(Connection connection, String operation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT gid, mode, status, steering FROM operation WHERE id = ? FOR NO KEY UPDATE")) {
            select.setString(1, operation);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Campaign(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        }
    }

    private static void remember(Connection connection, String operation, Steering asked) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE operation SET steering = ? WHERE id = ?")) {
            update.setString(1, asked.literal());
            update.setString(2, operation);
            update.executeUpdate();
        }
    }
}
