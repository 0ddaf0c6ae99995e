package io.godwit.broker.presence;

import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Told which connections can be served, one after the other for each connection. */
public interface Subscribers {
    /**
     * How the client has subscribed to {@code To_eUICC}.
     *
     * @param qos as granted, 0 or 1
     * @param identifier the subscription identifier of MQTT 5, which every publish for that subscription has to bear
     */
    record Grant(int qos, OptionalInt identifier) {}

    /** The connection subscribes, maybe once more; completes when whatever is for it reaches it. Never waits, never fails. */
    CompletionStage<Void> begins(DeviceConnection connection, Grant grant);

    /** The connection does not subscribe any more, but lives on. */
    void ends(DeviceConnection connection);

    /** The connection is closed. */
    void gone(DeviceConnection connection);
}
