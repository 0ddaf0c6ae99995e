package io.godwit.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.godwit.kit.kafka.KafkaSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** The configuration names that operators use. */
class KafkaSettingsTest {
    @Test
    void everythingUnderThePrefixReachesTheClient() {
        KafkaSettings settings = settings(Map.of(
                "kafka.bootstrap.servers", "k1:9092", "kafka.sasl.jaas.config", "secret", "other.kafka.thing", "x"));
        assertEquals(Map.of("bootstrap.servers", "k1:9092", "sasl.jaas.config", "secret"), settings.client());
        assertFalse(settings.toString().contains("secret"));
    }

    @Test
    void theEnvironmentsSpellingIsUnderstood() {
        assertEquals(
                Map.of("bootstrap.servers", "k1:9092"),
                settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "k1:9092")).client());
    }

    @Test
    void whatCorrectnessNeedsCannotBeConfiguredAway() {
        Map<String, Object> producer = settings(Map.of("kafka.acks", "0", "kafka.enable.idempotence", "false"))
                .outboxProducer("x");
        assertEquals("all", producer.get(ProducerConfig.ACKS_CONFIG));
        assertEquals(true, producer.get(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG));
        assertEquals(Integer.MAX_VALUE, producer.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
    }

    private static KafkaSettings settings(Map<String, String> values) {
        return KafkaSettings.from(
                new SmallRyeConfigBuilder().withDefaultValues(values).build());
    }
}
