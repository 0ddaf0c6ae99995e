package io.godwit.local.access;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Where Kafka listens and with whom it speaks. */
public record KafkaAccess(String bootstrapServers, Credentials credentials) {
    public KafkaAccess {
        requireNonNull(bootstrapServers, "bootstrapServers is null");
        requireNonNull(credentials, "credentials is null");
    }

    /** What every Kafka client has to be configured with, under Kafka's own names. */
    public Map<String, String> clientProperties() {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                jaasConfig());
    }

    /** The login line of the clients. */
    public String jaasConfig() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + credentials.user()
                + "\" password=\"" + credentials.password() + "\";";
    }
}
