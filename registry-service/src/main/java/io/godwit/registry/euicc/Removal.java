package io.godwit.registry.euicc;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.registry.announce.Announcements;
import io.godwit.registry.announce.Devices;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.reuse.Ledger;
import io.godwit.registry.stock.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Takes a card out of the tenant: it is announced once more, as not active, and its numbers are free again, but those from the stock. */
@ApplicationScoped
public class Removal {
    private final TenantTransaction transactions;

    public Removal(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** @return false when the tenant has no such card */
    boolean remove(TenantId tenant, Nid nid, String actor) throws SQLException {
        return transactions.in(tenant, connection -> {
            Announcements announcements = Announcements.open(connection, tenant);
            if (execute(
                            connection,
                            "UPDATE euicc SET active = false, online = false, updated_at = now()"
                                    + " WHERE nid = ? AND active",
                            nid)
                    == 0) {
                return false;
            }
            execute(
                    connection,
                    "UPDATE membership m SET active = false, spokesman = false,"
                            + " left_epoch = (SELECT g.epoch FROM card_group g WHERE g.gid = m.gid)"
                            + " WHERE m.nid = ? AND m.active",
                    nid);
            Ledger ledger = new Ledger(connection, tenant);
            ledger.remove(nid, Instant.now());
            ledger.settle();
            Stock.lose(connection, nid, Instant.now());
            Claims.release(connection, nid);
            AuditLog.append(
                    connection, tenant, AuditFact.of(actor, "EuiccRemoved").card(nid));
            Devices.tell(connection, announcements, tenant, List.of(nid));
            announcements.send();
            return true;
        });
    }

    private static int execute(Connection connection, String sql, Nid nid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, nid.value());
            return statement.executeUpdate();
        }
    }
}
