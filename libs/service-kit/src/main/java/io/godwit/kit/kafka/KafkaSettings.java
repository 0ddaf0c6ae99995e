package io.godwit.kit.kafka;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.Config;

/**
 * Kafka client properties: everything configured under {@code kafka.} ({@code kafka.bootstrap.servers},
 * {@code kafka.sasl.jaas.config}, ... or {@code KAFKA_BOOTSTRAP_SERVERS} in the environment) without that prefix.
 *
 * @param client handed to every client as it is; may hold a password, so it is not printed
 */
public record KafkaSettings(Map<String, String> client) {
    private static final String PREFIX = "kafka.";

    /** So long the partitions of a process that was killed are read by nobody; Kafka's own default is 45 s. */
    private static final int SESSION_MILLIS = 10_000;

    private static final int HEARTBEAT_MILLIS = 2_000;

    public KafkaSettings {
        client = Map.copyOf(client);
    }

    public static KafkaSettings from(Config config) {
        Map<String, String> client = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            String plain = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (plain.startsWith(PREFIX) && plain.length() > PREFIX.length()) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> client.put(plain.substring(PREFIX.length()), value));
            }
        }
        // Development support of Quarkus puts its own switches under the same prefix.
        client.keySet().removeIf(name -> name.startsWith("devservices.") || name.startsWith("snappy."));
        return new KafkaSettings(client);
    }

    /** For an AdminClient. */
    public Map<String, Object> admin(String clientId) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return properties;
    }

    /** For a producer of {@code <String, byte[]>} whose acknowledgement means that the record is kept. */
    public Map<String, Object> producer(String clientId) {
        Map<String, Object> properties = admin(clientId);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    /**
     * As {@link #producer}, for the outbox: a record that was handed over never times out in the producer. If one did, a later
     * one of the same key might already be there, and order would be lost. A producer that stays silent is given up as a whole.
     */
    public Map<String, Object> outboxProducer(String clientId) {
        Map<String, Object> properties = producer(clientId);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2000);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return properties;
    }

    /**
     * For a consumer of {@code <String, byte[]>} that keeps its offsets itself and begins at the beginning. What a process read
     * that was killed goes to another one, or to itself after its start, after ten seconds.
     *
     * @param group the consumer group
     */
    public Map<String, Object> consumer(String group, String clientId) {
        Map<String, Object> properties = admin(clientId);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }

    @Override
    public String toString() {
        return "KafkaSettings" + client.keySet();
    }
}
