package io.godwit.broker.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of the Kafka clients of this node: what the operator gave, and over it what the bridge's guarantees need.
 *
 * @param given ordinary Kafka properties: where Kafka is, and how to log in
 * @param node names the clients in Kafka's logs and quotas
 */
public record KafkaSettings(Map<String, String> given, String node) {
    /** Ten years; Kafka adds the present time to it, so that the greatest number there is would be the past. */
    private static final String NEVER = "315360000000";

    public KafkaSettings {
        given = Map.copyOf(given);
    }

    /**
     * A producer that loses nothing it has acknowledged, keeps each device's order, and never blocks its caller: it sends at
     * once or fails at once.
     */
    public Map<String, Object> producer(Duration record, Duration linger) {
        Map<String, Object> all = clients("uplink");
        all.putIfAbsent("batch.size", "131072");
        all.putIfAbsent("buffer.memory", "67108864");
        all.put("acks", "all");
        all.put("enable.idempotence", "true");
        all.put("max.block.ms", "0");
        all.put("linger.ms", Long.toString(linger.toMillis()));
        all.put("delivery.timeout.ms", Long.toString(record.toMillis()));
        all.put("request.timeout.ms", Long.toString(Math.max(500, (record.toMillis() - linger.toMillis()) / 2)));
        // A topic that was silent for minutes must still be known: asking for it would mean to wait.
        all.put("metadata.max.idle.ms", NEVER);
        return all;
    }

    /** A consumer that belongs to no group and keeps its place by itself. */
    public Map<String, Object> consumer(String role) {
        Map<String, Object> all = clients(role);
        all.put("enable.auto.commit", "false");
        all.put("auto.offset.reset", "earliest");
        all.put("allow.auto.create.topics", "false");
        return all;
    }

    public Map<String, Object> admin() {
        return clients("topics");
    }

    private Map<String, Object> clients(String role) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("client.id", "godwit-broker-" + node + "-" + role);
        // Reachable again should mean served again within a second or two.
        all.putIfAbsent("reconnect.backoff.max.ms", "1000");
        // By default a client that reaches no broker forgets all that it knows and starts over: a producer would have
        // to ask for its topics again, and the admin client does it without a pause, thousands of times a second.
        all.putIfAbsent("metadata.recovery.strategy", "none");
        return all;
    }
}
