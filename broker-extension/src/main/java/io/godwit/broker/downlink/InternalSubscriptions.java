package io.godwit.broker.downlink;

import io.godwit.broker.presence.Subscribers.Grant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Subscriptions that the broker gives a client without the client's doing, and without its notice. */
interface InternalSubscriptions {
    /** In force when this returns, if nothing else is under way for that client; stored when it completes. */
    CompletableFuture<Void> add(String clientId, Set<String> topics, Grant grant);

    CompletableFuture<Void> remove(String clientId, Set<String> topics);
}
