package io.godwit.broker.identity;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.protocol.MqttTopic;

/**
 * What HiveMQ may do for a client by itself: let it subscribe to the literal {@code To_eUICC}, and nothing else. A publish
 * that reaches the authorizer has passed by the uplink, and is refused.
 */
public final class AccessRule implements SubscriptionAuthorizer, PublishAuthorizer {
    private final BridgeMetrics metrics;

    public AccessRule(BridgeMetrics metrics) {
        this.metrics = metrics;
    }

    /** Whether a client may have that subscription. */
    static boolean grants(String topicFilter, int qos) {
        return topicFilter.equals(MqttTopic.TO_EUICC.literal()) && qos <= 1;
    }

    @Override
    public void authorizeSubscribe(SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        if (grants(
                input.getSubscription().getTopicFilter(),
                input.getSubscription().getQos().getQosNumber())) {
            output.authorizeSuccessfully();
        } else {
            metrics.subscriptionRefused();
            output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED, "subscribe to To_eUICC with QoS 1");
        }
    }

    @Override
    public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
        metrics.refused("NOT_INTERCEPTED");
        output.failAuthorization(AckReasonCode.NOT_AUTHORIZED, "nothing is published past the bridge");
    }
}
