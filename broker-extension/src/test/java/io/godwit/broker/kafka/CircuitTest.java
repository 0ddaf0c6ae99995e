package io.godwit.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final Circuit circuit = new Circuit(Duration.ofSeconds(5), nanos::get);

    @Test
    void itIsOpenUntilKafkaIsReachedAndForAPauseAfterALoss() {
        assertFalse(circuit.isClosed());
        circuit.reached(true);
        assertTrue(circuit.isClosed());

        circuit.failed();
        assertFalse(circuit.isClosed());
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertFalse(circuit.isClosed());
        nanos.addAndGet(1);
        assertTrue(circuit.isClosed());

        circuit.reached(false);
        assertFalse(circuit.isClosed());
    }

    @Test
    void whatIsWrongWithOneSetDoesNotConcernAnother() {
        Circuits circuits = new Circuits(Duration.ofSeconds(5));
        TopicSet own = new TopicSet("own");
        assertFalse(circuits.of(own).isClosed());
        circuits.reached(true);

        circuits.of(own).failed();

        assertFalse(circuits.of(own).isClosed());
        assertTrue(circuits.of(TopicSet.SHARED).isClosed());
    }

    @Test
    void onlyCompleteTopicSetsAreFound() {
        assertEquals(
                List.of(new TopicSet("own"), TopicSet.SHARED),
                TopicSets.among(List.of(
                        "godwit.shared.fleet",
                        "godwit.shared.to-euicc",
                        "godwit.shared.to-sm-sr",
                        "godwit.own.to-euicc",
                        "godwit.own.fleet",
                        "godwit.own.to-sm-sr",
                        "godwit.half.fleet",
                        "godwit.half.to-euicc",
                        "godwit.fleet",
                        "godwit..fleet",
                        "godwit.UPPER.fleet",
                        "other.shared.fleet",
                        "__consumer_offsets")));
    }

    @Test
    void theGuaranteesStandWhateverTheOperatorSays() {
        KafkaSettings settings = new KafkaSettings(Map.of("acks", "0", "batch.size", "1"), "node");
        Map<String, Object> producer = settings.producer(Duration.ofSeconds(10), Duration.ofMillis(2));

        assertEquals("all", producer.get("acks"));
        assertEquals("true", producer.get("enable.idempotence"));
        assertEquals("0", producer.get("max.block.ms"));
        assertEquals("10000", producer.get("delivery.timeout.ms"));
        assertEquals("1", producer.get("batch.size"));
        assertTrue(Long.parseLong(String.valueOf(producer.get("request.timeout.ms"))) + 2 <= 10_000);
        // Added to the present time by Kafka, so it must not overflow.
        assertTrue(
                System.currentTimeMillis() + Long.parseLong(String.valueOf(producer.get("metadata.max.idle.ms"))) > 0);
    }
}
