package io.godwit.broker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionAttributeStore;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import io.godwit.broker.downlink.GroupSubscriptions;
import io.godwit.broker.downlink.GroupTopics;
import io.godwit.broker.downlink.OutboundGuard;
import io.godwit.broker.identity.ConnectListener;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Closer;
import io.godwit.broker.presence.Closing;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.broker.presence.LifecycleListener;
import io.godwit.broker.presence.PresenceJournal;
import io.godwit.broker.presence.SubscriptionListener;
import io.godwit.broker.uplink.Uplink;
import io.godwit.broker.uplink.UplinkListener;
import io.godwit.protocol.Octets;
import java.util.Optional;
import java.util.UUID;

/** Gives each authenticated connection its own listeners, before HiveMQ tells the client that it is connected. */
record ClientRooms(
        Uplink uplink,
        FleetView fleet,
        Connections connections,
        GroupTopics topics,
        GroupSubscriptions groups,
        PresenceJournal journal,
        Closer closer,
        BridgeMetrics metrics)
        implements ClientInitializer {
    @Override
    public void initialize(InitializerInput input, ClientContext context) {
        String clientId = input.getClientInformation().getClientId();
        ConnectionAttributeStore attributes = input.getConnectionInformation().getConnectionAttributeStore();
        DeviceConnection connection = new DeviceConnection(
                UUID.randomUUID().toString(),
                clientId,
                device(clientId),
                octets(attributes, ConnectListener.VERIFIER),
                octets(attributes, ConnectListener.ANCHOR));
        attributes.putAsString(LifecycleListener.CONNECTION_ID, connection.id(), US_ASCII);

        UplinkListener publishes = new UplinkListener(uplink, connection);
        context.addPublishInboundInterceptor(publishes);
        context.addPubackOutboundInterceptor(publishes);
        context.addPublishOutboundInterceptor(new OutboundGuard(connection, topics, fleet, connections, metrics));
        SubscriptionListener subscriptions =
                new SubscriptionListener(connection, connections, groups, journal, closer, metrics);
        context.addSubscribeInboundInterceptor(subscriptions);
        context.addSubackOutboundInterceptor(subscriptions);
        context.addUnsubscribeInboundInterceptor(subscriptions);

        connections.add(connection).ifPresent(oldest -> closer.now(oldest, Closing.TOO_MANY));
        if (connection.restsOnNoneOf(fleet.trustAnchors(connection.device().tenant())::has)
                || !fleet.find(connection.device().tenant(), connection.device().nid())
                        .filter(known -> known.verifier().equalsInConstantTime(connection.verifier()))
                        .isPresent()) {
            // Revoked between the check of the secret or certificate and this moment, when nobody could have found the
            // connection.
            closer.now(connection, Closing.REVOKED);
        }
    }

    /** The authenticator has checked that the client id starts with the device that it let in. */
    private static Claim device(String clientId) {
        int nidEnds = clientId.indexOf('/', clientId.indexOf('/') + 1);
        return Optional.of(clientId)
                .filter(id -> nidEnds > 0)
                .flatMap(id -> Claim.of(id.substring(0, nidEnds)))
                .orElseThrow(() -> new IllegalStateException("a client was let in that is no device"));
    }

    private static Octets octets(ConnectionAttributeStore attributes, String name) {
        return attributes
                .get(name)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.duplicate().get(bytes);
                    return Octets.of(bytes);
                })
                .orElseThrow(() -> new IllegalStateException("a client was let in without a check"));
    }
}
