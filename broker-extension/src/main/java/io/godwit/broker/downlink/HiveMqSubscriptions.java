package io.godwit.broker.downlink;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.builder.TopicSubscriptionBuilder;
import com.hivemq.extension.sdk.api.services.exception.NoSuchClientIdException;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import io.godwit.broker.presence.Subscribers.Grant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** HiveMQ's store of subscriptions. A client that is gone needs none, so that is no fault. */
record HiveMqSubscriptions(SubscriptionStore store) implements InternalSubscriptions {
    @Override
    public CompletableFuture<Void> add(String clientId, Set<String> topics, Grant grant) {
        Set<TopicSubscription> subscriptions =
                topics.stream().map(topic -> subscription(topic, grant)).collect(Collectors.toUnmodifiableSet());
        return unlessGone(store.addSubscriptions(clientId, subscriptions));
    }

    @Override
    public CompletableFuture<Void> remove(String clientId, Set<String> topics) {
        return unlessGone(store.removeSubscriptions(clientId, topics));
    }

    private static TopicSubscription subscription(String topic, Grant grant) {
        TopicSubscriptionBuilder subscription =
                Builders.topicSubscription().topicFilter(topic).qos(Qos.valueOf(grant.qos()));
        grant.identifier().ifPresent(subscription::subscriptionIdentifier);
        return subscription.build();
    }

    private static CompletableFuture<Void> unlessGone(CompletableFuture<Void> change) {
        return change.handle((done, fault) -> {
                    Throwable cause =
                            fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
                    return cause == null || cause instanceof NoSuchClientIdException ? null : cause;
                })
                .thenCompose(HiveMqSubscriptions::outcome);
    }

    private static CompletableFuture<Void> outcome(@Nullable Throwable fault) {
        return fault == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(fault);
    }
}
