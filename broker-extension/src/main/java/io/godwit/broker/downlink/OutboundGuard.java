package io.godwit.broker.downlink;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import io.godwit.broker.downlink.GroupTopics.Group;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.protocol.MqttTopic;
import java.util.Optional;

/**
 * The last door before a client: lets through what {@link Delivery} addressed to this very connection, and what it addressed
 * to a group that the connection's device is a member of at this moment; nothing that reached HiveMQ's queues in any other
 * way. The mark of the first is the connection's id, that of the second the group's topic; no client knows either, and none
 * gets to see it.
 */
public final class OutboundGuard implements PublishOutboundInterceptor {
    static final String ADDRESSEE = "godwit-addressee";

    private final DeviceConnection connection;
    private final GroupTopics topics;
    private final FleetView fleet;
    private final Connections connections;
    private final BridgeMetrics metrics;

    public OutboundGuard(
            DeviceConnection connection,
            GroupTopics topics,
            FleetView fleet,
            Connections connections,
            BridgeMetrics metrics) {
        this.connection = connection;
        this.topics = topics;
        this.fleet = fleet;
        this.connections = connections;
        this.metrics = metrics;
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        PublishPacket packet = input.getPublishPacket();
        Optional<Group> group = topics.find(packet.getTopic());
        if (group.isPresent()) {
            toGroup(group.get(), output);
        } else if (isAddressee(packet)) {
            output.getPublishPacket().getUserProperties().removeName(ADDRESSEE);
            metrics.delivered();
        } else {
            metrics.withheld();
            output.preventPublishDelivery();
        }
    }

    private void toGroup(Group group, PublishOutboundOutput output) {
        if (receives(group)) {
            output.getPublishPacket().setTopic(MqttTopic.TO_EUICC.literal());
            metrics.deliveredToMember();
        } else {
            metrics.withheldFromNonMember();
            output.preventPublishDelivery();
        }
    }

    /** Asked at the last moment: the message may have waited in a queue while the device left its group. */
    boolean receives(Group group) {
        return group.tenant().equals(connection.device().tenant())
                && fleet.isMember(group.tenant(), connection.device().nid(), group.gid())
                && connections
                        .subscriber(connection.key())
                        .filter(connection::equals)
                        .isPresent();
    }

    private boolean isAddressee(PublishPacket packet) {
        return packet.getUserProperties()
                .getFirst(ADDRESSEE)
                .filter(connection.id()::equals)
                .isPresent();
    }
}
