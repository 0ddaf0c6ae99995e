package io.godwit.broker.downlink;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.DeviceConnection;

/**
 * The last door before a client: lets through what {@link Delivery} addressed to this very connection, and nothing that
 * reached HiveMQ's queues in any other way. The mark is the connection's id, which no client knows and none gets to see.
 */
public final class OutboundGuard implements PublishOutboundInterceptor {
    static final String ADDRESSEE = "godwit-addressee";

    private final DeviceConnection connection;
    private final BridgeMetrics metrics;

    public OutboundGuard(DeviceConnection connection, BridgeMetrics metrics) {
        this.connection = connection;
        this.metrics = metrics;
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        boolean ours = input.getPublishPacket()
                .getUserProperties()
                .getFirst(ADDRESSEE)
                .filter(connection.id()::equals)
                .isPresent();
        if (ours) {
            output.getPublishPacket().getUserProperties().removeName(ADDRESSEE);
            metrics.delivered();
        } else {
            metrics.withheld();
            output.preventPublishDelivery();
        }
    }
}
