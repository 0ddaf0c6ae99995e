package io.godwit.broker.presence;

import com.hivemq.extension.sdk.api.interceptor.suback.SubackOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.suback.parameter.SubackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.suback.parameter.SubackOutboundOutput;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.UnsubscribeInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.parameter.UnsubscribeInboundInput;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.parameter.UnsubscribeInboundOutput;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.protocol.MqttTopic;
import java.util.Optional;

/** Sees one connection subscribe and unsubscribe. HiveMQ sends the SUBACK when the subscription is in force. */
public final class SubscriptionListener implements SubackOutboundInterceptor, UnsubscribeInboundInterceptor {
    private final DeviceConnection connection;
    private final Connections connections;
    private final PresenceJournal journal;
    private final Closer closer;
    private final BridgeMetrics metrics;

    public SubscriptionListener(
            DeviceConnection connection,
            Connections connections,
            PresenceJournal journal,
            Closer closer,
            BridgeMetrics metrics) {
        this.connection = connection;
        this.connections = connections;
        this.journal = journal;
        this.closer = closer;
        this.metrics = metrics;
    }

    @Override
    public void onOutboundSuback(SubackOutboundInput input, SubackOutboundOutput output) {
        // Only To_eUICC is ever granted, so any grant is that one.
        if (input.getSubackPacket().getReasonCodes().stream().anyMatch(SubscriptionListener::granted)) {
            Optional<DeviceConnection> older = connections.subscribed(connection);
            // Told before the older one is closed, so that the device never seems to be away in between.
            journal.online(connection);
            older.ifPresent(one -> {
                metrics.takenOver();
                closer.now(one, Closing.TAKEN_OVER);
            });
        }
    }

    @Override
    public void onInboundUnsubscribe(UnsubscribeInboundInput input, UnsubscribeInboundOutput output) {
        if (input.getUnsubscribePacket().getTopicFilters().contains(MqttTopic.TO_EUICC.literal())) {
            connections.unsubscribed(connection);
            journal.offline(connection);
        }
    }

    private static boolean granted(SubackReasonCode code) {
        return code == SubackReasonCode.GRANTED_QOS_0
                || code == SubackReasonCode.GRANTED_QOS_1
                || code == SubackReasonCode.GRANTED_QOS_2;
    }
}
