package io.godwit.provisioning.intake;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.PresenceRecord;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.DueTable;
import io.godwit.provisioning.postgres.EarlyPresenceTable;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.procedure.CardInput;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * A broker node has begun another boot: the cards that were connected to it before are offline, and devices
 * whose cards are not here yet are not there any more. Safe to repeat.
 */
public final class NodeRestarts {
    private static final int CHUNK = 500;

    private final Circumstances circumstances;
    private final DataSource dispatcher;

    /** @param dispatcher logs in as the role that sees which tenants have cards on a node */
    public NodeRestarts(Circumstances circumstances, DataSource dispatcher) {
        this.circumstances = circumstances;
        this.dispatcher = dispatcher;
    }

    void take(PresenceRecord.NodeStarted start) throws SQLException {
        List<TenantId> tenants;
        try (Connection connection = dispatcher.getConnection()) {
            tenants = DueTable.tenantsOn(connection, start.node());
        }
        for (TenantId tenant : tenants) {
            String after = "";
            while (true) {
                List<Nid> voided = chunk(tenant, start, after);
                if (voided.size() < CHUNK) {
                    break;
                }
                after = voided.get(voided.size() - 1).value();
            }
            circumstances
                    .transactions()
                    .in(
                            tenant,
                            connection -> EarlyPresenceTable.nodeRestarted(
                                    connection, tenant, start.node(), start.boot(), start.at()));
        }
    }

    private List<Nid> chunk(TenantId tenant, PresenceRecord.NodeStarted start, String after) throws SQLException {
        return circumstances.transactions().in(tenant, connection -> {
            List<Nid> nids = CardTable.onOtherBoot(connection, tenant, start.node(), start.boot(), after, CHUNK);
            if (nids.isEmpty()) {
                return List.of();
            }
            try (CardBatch batch = CardBatch.lock(
                    connection, tenant, FleetTable.tenant(connection, tenant).topicSet(), circumstances, nids)) {
                CardInput.NodeRestarted restarted = new CardInput.NodeRestarted(start.node(), start.boot(), start.at());
                List.copyOf(batch.nids()).forEach(nid -> batch.fold(nid, restarted));
                batch.store();
                return nids;
            }
        });
    }
}
