package io.godwit.broker.presence;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;

/** Sees connections end, however they end. */
public final class LifecycleListener implements ClientLifecycleEventListener {
    /** Where a connection's id is kept in HiveMQ's attributes of the network connection. */
    public static final String CONNECTION_ID = "godwit-connection";

    private final Connections connections;
    private final Subscribers subscribers;
    private final PresenceJournal journal;

    public LifecycleListener(Connections connections, Subscribers subscribers, PresenceJournal journal) {
        this.connections = connections;
        this.subscribers = subscribers;
        this.journal = journal;
    }

    @Override
    public void onMqttConnectionStart(ConnectionStartInput input) {
        // A connection counts when it is authenticated.
    }

    @Override
    public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
        // The client initializer follows, and has more to work with.
    }

    @Override
    public void onDisconnect(DisconnectEventInput input) {
        input.getConnectionInformation()
                .getConnectionAttributeStore()
                .getAsString(CONNECTION_ID)
                .flatMap(connections::find)
                .ifPresent(connection -> {
                    connections.remove(connection);
                    subscribers.gone(connection);
                    journal.offline(connection);
                    connection.closed();
                });
    }
}
