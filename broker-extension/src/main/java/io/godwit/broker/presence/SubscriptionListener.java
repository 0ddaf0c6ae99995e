package io.godwit.broker.presence;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.interceptor.suback.SubackOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.suback.parameter.SubackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.suback.parameter.SubackOutboundOutput;
import com.hivemq.extension.sdk.api.interceptor.subscribe.SubscribeInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundInput;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.UnsubscribeInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.parameter.UnsubscribeInboundInput;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.parameter.UnsubscribeInboundOutput;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubscribePacket;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Subscribers.Grant;
import io.godwit.protocol.MqttTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Sees one connection subscribe and unsubscribe. HiveMQ sends the SUBACK when the subscription is in force. */
public final class SubscriptionListener
        implements SubscribeInboundInterceptor, SubackOutboundInterceptor, UnsubscribeInboundInterceptor {
    /** After that the SUBACK goes out all the same; a member that misses a message to its group is served singly. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DeviceConnection connection;
    private final Connections connections;
    private final Subscribers subscribers;
    private final PresenceJournal journal;
    private final Closer closer;
    private final BridgeMetrics metrics;

    /** By packet identifier. Only HiveMQ's one thread for this client id touches it. */
    private final Map<Integer, OptionalInt> identifiers = new HashMap<>();

    public SubscriptionListener(
            DeviceConnection connection,
            Connections connections,
            Subscribers subscribers,
            PresenceJournal journal,
            Closer closer,
            BridgeMetrics metrics) {
        this.connection = connection;
        this.connections = connections;
        this.subscribers = subscribers;
        this.journal = journal;
        this.closer = closer;
        this.metrics = metrics;
    }

    @Override
    public void onInboundSubscribe(SubscribeInboundInput input, SubscribeInboundOutput output) {
        SubscribePacket packet = input.getSubscribePacket();
        identifiers.put(
                packet.getPacketId(),
                packet.getSubscriptionIdentifier().map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }

    @Override
    public void onOutboundSuback(SubackOutboundInput input, SubackOutboundOutput output) {
        OptionalInt identifier =
                identifiers.getOrDefault(input.getSubackPacket().getPacketIdentifier(), OptionalInt.empty());
        identifiers.remove(input.getSubackPacket().getPacketIdentifier());
        // Only To_eUICC is ever granted, so any grant is that one, and the last one is in force.
        input.getSubackPacket().getReasonCodes().stream()
                .filter(SubscriptionListener::granted)
                .reduce((earlier, later) -> later)
                .ifPresent(code ->
                        subscribed(new Grant(code == SubackReasonCode.GRANTED_QOS_0 ? 0 : 1, identifier), output));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It never fails, and has nothing more to tell.
    private void subscribed(Grant grant, SubackOutboundOutput output) {
        Optional<DeviceConnection> older = connections.subscribed(connection);
        CompletionStage<Void> reachable = subscribers.begins(connection, grant);
        // Told before the older one is closed, so that the device never seems to be away in between.
        journal.online(connection);
        older.ifPresent(one -> {
            metrics.takenOver();
            closer.now(one, Closing.TAKEN_OVER);
        });
        if (!reachable.toCompletableFuture().isDone()) {
            Async<SubackOutboundOutput> held = output.async(PATIENCE);
            reachable.toCompletableFuture().thenRun(held::resume);
        }
    }

    @Override
    public void onInboundUnsubscribe(UnsubscribeInboundInput input, UnsubscribeInboundOutput output) {
        if (input.getUnsubscribePacket().getTopicFilters().contains(MqttTopic.TO_EUICC.literal())) {
            connections.unsubscribed(connection);
            subscribers.ends(connection);
            journal.offline(connection);
        }
    }

    private static boolean granted(SubackReasonCode code) {
        return code == SubackReasonCode.GRANTED_QOS_0
                || code == SubackReasonCode.GRANTED_QOS_1
                || code == SubackReasonCode.GRANTED_QOS_2;
    }
}
