package io.godwit.provisioning.intake;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.PresenceRecord;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.EarlyPresenceTable;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.procedure.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Devices that came before their cards were known here, which is ordinary: topics have no order among each other. */
final class EarlyPresence {
    private final java.sql.Connection connection;
    private final TenantId tenant;

    EarlyPresence(java.sql.Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Where those of {@code nids} are that came before their cards, which are here now. */
    Map<Nid, Connection> take(List<Nid> nids) throws SQLException {
        return nids.isEmpty() ? Map.of() : EarlyPresenceTable.take(connection, tenant, nids);
    }

    /**
     * Keeps the presence of devices that {@code batch} has no card of.
     *
     * @return what is to be folded after all, since the card came in between; in another batch
     */
    List<Inbound> keep(CardBatch batch, List<Inbound> devices) throws SQLException {
        List<Inbound> unknown = devices.stream()
                .filter(inbound -> inbound.content() instanceof Inbound.Presence presence && !batch.has(presence.nid()))
                .toList();
        if (unknown.isEmpty()) {
            return List.of();
        }
        FleetTable.lock(connection, tenant);
        List<Nid> come = CardTable.lock(
                        connection,
                        tenant,
                        unknown.stream()
                                .map(inbound -> ((Inbound.Presence) inbound.content()).nid())
                                .toList())
                .stream()
                .map(row -> row.card().nid())
                .toList();
        List<Inbound> foldable = new ArrayList<>();
        for (Inbound inbound : unknown) {
            Inbound.Presence presence = (Inbound.Presence) inbound.content();
            if (come.contains(presence.nid())) {
                foldable.add(inbound);
            } else {
                keep(presence);
            }
        }
        return foldable;
    }

    private void keep(Inbound.Presence early) throws SQLException {
        PresenceRecord presence = early.presence();
        if (presence instanceof PresenceRecord.Online online) {
            EarlyPresenceTable.online(
                    connection,
                    tenant,
                    early.nid(),
                    new Connection(online.node(), online.boot(), online.connection(), online.at()));
        } else if (presence instanceof PresenceRecord.Offline offline) {
            EarlyPresenceTable.offline(
                    connection, tenant, early.nid(), offline.node(), offline.boot(), offline.connection());
        }
    }
}
