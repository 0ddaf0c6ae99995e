package io.godwit.registry.euicc;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.announce.Devices;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a device that was stolen off the brokers, at once and whatever else is to become of it: its card stays the tenant's, and can
 * be given up later. One that was not stolen after all is let in again.
 */
@ApplicationScoped
public class CutOff {
    private final TenantTransaction transactions;

    public CutOff(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** @param by the replacement that gives its card up; empty: none */
    private record State(boolean cutOff, Optional<String> by) {}

    /**
     * Nothing changes where it is cut off already.
     *
     * @return false when the tenant has no such card
     */
    boolean begin(TenantId tenant, Nid nid, String reason, String actor) throws SQLException {
        return change(
                tenant, nid, true, AuditFact.of(actor, "DeviceCutOff").card(nid).detail("reason: " + reason));
    }

    /**
     * Nothing changes where it is not cut off.
     *
     * @return false when the tenant has no such card
     * @throws ProblemException 409 when its card was given up: what is revoked on it stays so
     */
    boolean end(TenantId tenant, Nid nid, String actor) throws SQLException {
        return change(tenant, nid, false, AuditFact.of(actor, "DeviceLetIn").card(nid));
    }

    private boolean change(TenantId tenant, Nid nid, boolean cutOff, AuditFact fact) throws SQLException {
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            Optional<State> now = lock(connection, nid);
            if (now.isEmpty() || now.get().cutOff() == cutOff) {
                return now.isPresent();
            }
            now.get().by().ifPresent(CutOff::refuse);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE euicc SET cut_off = ?, cut_off_by = NULL, updated_at = now() WHERE nid = ?")) {
                update.setBoolean(1, cutOff);
                update.setString(2, nid.value());
                update.executeUpdate();
            }
            AuditLog.append(connection, tenant, fact);
            Devices.tell(connection, announcements, tenant, List.of(nid));
            announcements.send();
            return true;
        });
    }

    private static void refuse(String replacement) {
        throw new ProblemException(Problem.conflict(
                "nid",
                "its card was given up by the replacement " + replacement
                        + ": take it out of the fleet and enrol it anew to let it in"));
    }

    private static Optional<State> lock(Connection connection, Nid nid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                // One that has failed has given nothing up.
                "SELECT cut_off, (SELECT o.id FROM operation o WHERE o.id = e.cut_off_by AND o.status <> 'Failed') AS given_up"
                        + " FROM euicc e WHERE nid = ? AND active FOR UPDATE")) {
            select.setString(1, nid.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new State(row.getBoolean("cut_off"), Optional.ofNullable(row.getString("given_up"))))
                        : Optional.empty();
            }
        }
    }
}
