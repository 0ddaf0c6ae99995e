package io.godwit.fanout;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.interceptor.suback.parameter.SubackOutboundOutput;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One publish to a topic that members hold without their doing; each gets it under the topic that it has subscribed to.
 *
 * @param sizes how many members there are in each group, in the order of their numbers
 */
record GroupTopic(List<Integer> sizes) implements ClientInitializer {
    private static final String PREFIX = "godwit-bench:";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What does not arrive shows at its client.
    public void initialize(InitializerInput input, ClientContext context) {
        String clientId = input.getClientInformation().getClientId();
        if (clientId.equals(Order.TRIGGER)) {
            context.addPublishInboundInterceptor((publish, decision) -> {
                Order order = Order.of(publish.getPublishPacket());
                decision.preventPublishDelivery();
                Services.publishService()
                        .publish(order.publish(PREFIX + order.members()).build());
            });
            return;
        }
        context.addPublishOutboundInterceptor((publish, decision) -> {
            if (publish.getPublishPacket().getTopic().startsWith(PREFIX)) {
                decision.getPublishPacket().setTopic(Order.TO_EUICC);
            } else {
                decision.preventPublishDelivery();
            }
        });
        context.addSubackOutboundInterceptor((suback, decision) -> {
            Async<SubackOutboundOutput> held = decision.async(PATIENCE);
            Services.subscriptionStore()
                    .addSubscriptions(clientId, groupsOf(Order.numberOf(clientId)))
                    .whenComplete((done, fault) -> held.resume());
        });
    }

    private Set<TopicSubscription> groupsOf(int member) {
        Set<TopicSubscription> groups = new HashSet<>();
        for (int size : sizes) {
            if (member < size) {
                groups.add(Builders.topicSubscription()
                        .topicFilter(PREFIX + size)
                        .qos(Qos.AT_LEAST_ONCE)
                        .build());
            }
        }
        return groups;
    }
}
