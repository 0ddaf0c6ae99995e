package io.godwit.broker;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the extension is set to do, checked. The keys and their defaults stand in {@code conf/godwit.properties.example}.
 *
 * @param node the name of this broker node, stable over restarts, different on every node
 * @param pepper what device secrets are verified with, the same as in registry-service
 * @param kafka settings of every Kafka client, without the prefix {@code kafka.}
 * @param limits what a device and this node may use
 * @param timing how long things may take
 * @param trustStore what the trust anchors of all tenants are written to, for HiveMQ's TLS listener
 */
public record BridgeConfig(
        String node,
        Octets pepper,
        Map<String, String> kafka,
        Limits limits,
        Timing timing,
        Optional<TrustStore> trustStore) {
    public BridgeConfig {
        requireNonNull(node, "node is null");
        requireNonNull(pepper, "pepper is null");
        kafka = Map.copyOf(kafka);
    }

    /** A PKCS #12 file that HiveMQ reads and this extension writes. */
    public record TrustStore(Path file, String password) {
        @Override
        public String toString() {
            return "TrustStore[" + file + "]";
        }
    }

    /**
     * Bounds on what is held at a time.
     *
     * @param messageOctets the largest MQTT payload
     * @param messagesPerSecond what a device may publish in the long run
     * @param burst what a device may publish at once
     * @param connectionsPerDevice the oldest connection of a device goes when it has more
     * @param inFlightPerConnection messages of one connection on their way into Kafka
     * @param inFlightPerNode messages of all connections on their way into Kafka
     * @param deliveriesInFlight messages on their way from Kafka into HiveMQ's queues
     */
    public record Limits(
            int messageOctets,
            int messagesPerSecond,
            int burst,
            int connectionsPerDevice,
            int inFlightPerConnection,
            int inFlightPerNode,
            int deliveriesInFlight) {}

    /**
     * Durations.
     *
     * @param record from publish to record; a message that takes longer is lost for us, and its connection is closed
     * @param linger how long a record waits for company
     * @param disconnectJitter connections are closed within this time when Kafka is in trouble, so that they do not come
     *     back all at once
     * @param circuitPause how long CONNECTs are refused after a record was lost
     * @param topicsInterval how often Kafka is asked for new topic sets
     */
    public record Timing(
            Duration record,
            Duration linger,
            Duration disconnectJitter,
            Duration circuitPause,
            Duration topicsInterval) {
        /**
         * When a connection is closed whose records neither arrive nor fail. Later than Kafka's client gives up, so that
         * this is for its defects only.
         */
        public Duration stalled() {
            return record.plusSeconds(5);
        }

        /**
         * HiveMQ's own time-out on a held PUBACK. It would send success, so it has to lie behind everything that closes the
         * connection first.
         */
        public Duration heldAtMost() {
            return stalled().plus(disconnectJitter).plusSeconds(15);
        }
    }
}
