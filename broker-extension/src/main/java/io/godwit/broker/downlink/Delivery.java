package io.godwit.broker.downlink;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.builder.PublishBuilder;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import com.hivemq.extension.sdk.api.services.publish.PublishToClientResult;
import io.godwit.broker.downlink.DownlinkRecord.Close;
import io.godwit.broker.downlink.DownlinkRecord.Message;
import io.godwit.broker.downlink.DownlinkRecord.ToDevice;
import io.godwit.broker.downlink.DownlinkRecord.ToGroup;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Closer;
import io.godwit.broker.presence.Closing;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.broker.presence.NodeIdentity;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Hands what came from Kafka to the connections that it is for. Waits when HiveMQ does not keep up. */
public final class Delivery {
    /**
     * A message that waits that long behind a connected device is dropped: the device does not read, and provisioning sends
     * again. HiveMQ's own maximum must not be below it.
     */
    private static final long MAX_SECONDS_QUEUED = 3600;

    private final NodeIdentity node;
    private final FleetView fleet;
    private final Connections connections;
    private final Closer closer;
    private final GroupTopics topics;
    private final GroupSubscriptions groups;
    private final PublishService publisher;
    private final BridgeMetrics metrics;
    private final Clock clock;
    private final int maxInFlight;
    private final Semaphore room;

    public Delivery(
            NodeIdentity node,
            FleetView fleet,
            Connections connections,
            Closer closer,
            GroupTopics topics,
            GroupSubscriptions groups,
            PublishService publisher,
            BridgeMetrics metrics,
            Clock clock,
            int maxInFlight) {
        this.node = node;
        this.fleet = fleet;
        this.connections = connections;
        this.closer = closer;
        this.topics = topics;
        this.groups = groups;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.maxInFlight = maxInFlight;
        this.room = new Semaphore(maxInFlight);
    }

    /** Does what {@code record}, found in a topic of {@code set}, asks of this node. */
    void serve(TopicSet set, DownlinkRecord record) throws InterruptedException {
        if (record instanceof ToDevice message) {
            Optional<DeviceConnection> addressee =
                    connections.subscriber(RecordKey.of(message.tenant(), message.nid()));
            if (addressee.isPresent() && mayGo(set, message)) {
                deliver(message, addressee.get());
            }
        } else if (record instanceof ToGroup message) {
            String topic = topics.name(message.tenant(), message.gid());
            int members = groups.members(topic);
            if (members > 0 && mayGo(set, message)) {
                deliver(message, topic, members);
            }
        } else if (record instanceof Close close) {
            close(set, close);
        } else {
            metrics.skipped("MALFORMED");
        }
    }

    private boolean mayGo(TopicSet set, Message message) {
        if (!fleet.topicSet(message.tenant()).filter(set::equals).isPresent()) {
            // Who may write into one set's topics has no say over devices of another.
            metrics.skipped("FOREIGN_TENANT");
            return false;
        }
        if (message.secondsLeft(clock.millis()) <= 0) {
            metrics.expired();
            return false;
        }
        return true;
    }

    private void close(TopicSet set, Close close) {
        boolean ours = close.control().node().equals(node.node())
                && close.control().boot().equals(node.boot())
                && fleet.topicSet(close.tenant()).filter(set::equals).isPresent();
        if (ours) {
            connections
                    .find(close.control().connection())
                    .filter(connection -> connection.key().equals(RecordKey.of(close.tenant(), close.nid())))
                    .ifPresent(connection -> closer.now(connection, Closing.STALE));
        }
    }

    private void deliver(ToDevice message, DeviceConnection addressee) throws InterruptedException {
        PublishBuilder publish =
                publish(message, MqttTopic.TO_EUICC.literal()).userProperty(OutboundGuard.ADDRESSEE, addressee.id());
        inRoomFor(
                1,
                () -> publisher
                        .publishToClient(publish.build(), addressee.clientId())
                        .thenAccept(result -> {
                            if (result != PublishToClientResult.SUCCESSFUL) {
                                metrics.skipped("NOT_SUBSCRIBED");
                            }
                        }));
    }

    /** One publish, which HiveMQ puts into the queue of each member; a full queue takes nothing and holds nobody up. */
    private void deliver(ToGroup message, String topic, int members) throws InterruptedException {
        PublishBuilder publish = publish(message, topic);
        metrics.groupMessage();
        inRoomFor(Math.min(members, maxInFlight), () -> publisher.publish(publish.build()));
    }

    private PublishBuilder publish(Message message, String topic) {
        PublishBuilder publish = Builders.publish()
                .topic(topic)
                .qos(Qos.AT_LEAST_ONCE)
                .payload(ByteBuffer.wrap(message.payload().toBytes()));
        if (message.expires()) {
            publish.messageExpiryInterval(Math.min(message.secondsLeft(clock.millis()), MAX_SECONDS_QUEUED));
        }
        return publish;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What came of it is looked at where it is told.
    private void inRoomFor(int deliveries, Supplier<CompletableFuture<Void>> publication) throws InterruptedException {
        room.acquire(deliveries);
        try {
            publication.get().whenComplete((done, fault) -> {
                room.release(deliveries);
                if (fault != null) {
                    metrics.skipped("FAULT");
                }
            });
        } catch (RuntimeException e) {
            room.release(deliveries);
            throw e;
        }
    }
}
