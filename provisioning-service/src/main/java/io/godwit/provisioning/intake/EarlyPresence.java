package io.godwit.provisioning.intake;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.PresenceRecord;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.EarlyPresenceTable;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.procedure.Connection;
import io.godwit.provisioning.procedure.Outgoing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
     * To be called before cards are locked: while a device is here whose card is not, nobody else announces cards. The order
     * of locks is the fleet's first, then those of cards.
     */
    void expect(List<Inbound> devices) throws SQLException {
        List<Nid> present = presences(devices).map(Inbound.Presence::nid).toList();
        if (!CardTable.unknown(connection, tenant, present).isEmpty()) {
            FleetTable.lock(connection, tenant);
        }
    }

    /**
     * Keeps the presence of devices that {@code batch} has no card of.
     *
     * @return orders to close those connections of theirs that a newer one on another node has made stale
     */
    List<Addressed> keep(TopicSet topics, CardBatch batch, List<Inbound> devices) throws SQLException {
        List<Addressed> close = new ArrayList<>();
        for (Inbound.Presence presence :
                presences(devices).filter(each -> !batch.has(each.nid())).toList()) {
            keep(presence)
                    .ifPresent(stale -> close.add(
                            new Addressed(topics, tenant, presence.nid(), new Outgoing.CloseConnection(stale))));
        }
        return close;
    }

    private static Stream<Inbound.Presence> presences(List<Inbound> devices) {
        return devices.stream()
                .map(Inbound::content)
                .filter(Inbound.Presence.class::isInstance)
                .map(Inbound.Presence.class::cast);
    }

    private Optional<Connection> keep(Inbound.Presence early) throws SQLException {
        PresenceRecord presence = early.presence();
        if (presence instanceof PresenceRecord.Online online) {
            Connection now = new Connection(online.node(), online.boot(), online.connection(), online.at());
            return EarlyPresenceTable.online(connection, tenant, early.nid(), now)
                    .filter(before -> !before.node().equals(now.node()));
        }
        if (presence instanceof PresenceRecord.Offline offline) {
            EarlyPresenceTable.offline(
                    connection, tenant, early.nid(), offline.node(), offline.boot(), offline.connection());
        }
        return Optional.empty();
    }
}
