package io.godwit.simulator.device;

import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import java.util.concurrent.CompletableFuture;

/** One MQTT connection of a device, subscribed to {@code To_eUICC}. */
public interface Line {
    /** Publishes with QoS 1; completes when the broker has taken it, exceptionally when it has not. */
    CompletableFuture<Void> publish(MqttTopic topic, Octets payload);

    /** Leaves; the listener hears of it as of every other end. */
    void close();
}
