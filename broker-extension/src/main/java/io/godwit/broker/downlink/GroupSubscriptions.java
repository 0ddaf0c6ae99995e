package io.godwit.broker.downlink;

import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.kafka.QuietLog;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.broker.presence.Subscribers;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each device's subscribing connection subscribed, inside HiveMQ, to the topics of the groups that the device is in.
 * The client is told nothing of it. What is done here decides only where HiveMQ sends; whether a client gets it is decided
 * by {@link OutboundGuard}.
 */
public final class GroupSubscriptions implements Subscribers {
    private static final Logger LOG = LoggerFactory.getLogger(GroupSubscriptions.class);

    private final InternalSubscriptions broker;
    private final FleetView fleet;
    private final Connections connections;
    private final GroupTopics topics;
    private final Map<String, MemberConnection> members = new ConcurrentHashMap<>();
    private final MemberCount count = new MemberCount();
    private final QuietLog faults = new QuietLog(Duration.ofSeconds(10));

    public GroupSubscriptions(SubscriptionStore store, FleetView fleet, Connections connections, GroupTopics topics) {
        this(new HiveMqSubscriptions(store), fleet, connections, topics);
    }

    GroupSubscriptions(InternalSubscriptions broker, FleetView fleet, Connections connections, GroupTopics topics) {
        this.broker = broker;
        this.fleet = fleet;
        this.connections = connections;
        this.topics = topics;
    }

    @Override
    public CompletionStage<Void> begins(DeviceConnection connection, Grant grant) {
        return members.computeIfAbsent(
                        connection.id(), id -> new MemberConnection(broker, connection.clientId(), count))
                .hold(() -> topicsOf(connection), grant);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // A subscription that stays is withheld by the guard.
    public void ends(DeviceConnection connection) {
        MemberConnection member = members.remove(connection.id());
        if (member != null) {
            member.release();
        }
    }

    @Override
    public void gone(DeviceConnection connection) {
        MemberConnection member = members.remove(connection.id());
        if (member != null) {
            // A newer connection with the same client id is the same device's, and what it holds must stay.
            member.forget(!connections.hasClient(connection.clientId()));
        }
    }

    /** The fleet tells something new of that device; on the thread that reads the fleet. */
    @SuppressWarnings("FutureReturnValueIgnored") // A refusal is asked again by retry.
    public void changed(TenantId tenant, Nid nid) {
        connections.subscriber(RecordKey.of(tenant, nid)).ifPresent(connection -> {
            MemberConnection member = members.get(connection.id());
            if (member != null) {
                member.hold(() -> topicsOf(connection));
            }
        });
    }

    /** Asks again for what HiveMQ has refused. */
    public void retry() {
        members.values().forEach(member -> {
            Throwable fault = member.fault();
            if (fault != null) {
                faults.run(suppressed -> LOG.warn(
                        "HiveMQ has refused the subscription of a group's member; asking again. fault={} suppressed={}",
                        fault.toString(),
                        suppressed));
                member.retry();
            }
        });
    }

    /** How many connections of this node are to get what is published on that topic. */
    int members(String topic) {
        return count.of(topic);
    }

    private Set<String> topicsOf(DeviceConnection connection) {
        TenantId tenant = connection.device().tenant();
        return fleet.groupsOf(tenant, connection.device().nid()).stream()
                .map(gid -> topics.of(tenant, gid))
                .collect(Collectors.toUnmodifiableSet());
    }
}
