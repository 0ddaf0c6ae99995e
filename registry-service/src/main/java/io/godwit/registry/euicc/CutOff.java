package io.godwit.registry.euicc;

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

/**
 * Keeps a device that was stolen off the brokers, at once and whatever else is to become of it: its card stays the tenant's, and can
 * be given up later. One that was found is let in again; what was revoked on its card is deleted then.
 */
@ApplicationScoped
public class CutOff {
    private static final String CHANGE =
            "UPDATE euicc SET cut_off = ?, cut_off_by = NULL, updated_at = now() WHERE nid = ? AND active AND cut_off <> ?";

    private final TenantTransaction transactions;

    public CutOff(TenantTransaction transactions) {
        this.transactions = transactions;
    }

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
     */
    boolean end(TenantId tenant, Nid nid, String actor) throws SQLException {
        return change(tenant, nid, false, AuditFact.of(actor, "DeviceLetIn").card(nid));
    }

    private boolean change(TenantId tenant, Nid nid, boolean cutOff, AuditFact fact) throws SQLException {
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            try (PreparedStatement update = connection.prepareStatement(CHANGE)) {
                update.setBoolean(1, cutOff);
                update.setString(2, nid.value());
                update.setBoolean(3, cutOff);
                if (update.executeUpdate() == 0) {
                    return exists(connection, nid);
                }
            }
            AuditLog.append(connection, tenant, fact);
            Devices.tell(connection, announcements, tenant, List.of(nid));
            announcements.send();
            return true;
        });
    }

    private static boolean exists(Connection connection, Nid nid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT FROM euicc WHERE nid = ? AND active")) {
            select.setString(1, nid.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
