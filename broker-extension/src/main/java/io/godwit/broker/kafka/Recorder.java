package io.godwit.broker.kafka;

import io.godwit.protocol.kafka.TopicSet;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way of this node into Kafka. Never blocks, so that HiveMQ's threads may call it. */
public final class Recorder implements Records, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Circuits circuits;
    private final int maxInFlight;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final QuietLog failures = new QuietLog(Duration.ofSeconds(10));

    public Recorder(
            KafkaSettings settings, Duration recordTimeout, Duration linger, int maxInFlight, Circuits circuits) {
        this.producer = new KafkaProducer<>(
                settings.producer(recordTimeout, linger), new ByteArraySerializer(), new ByteArraySerializer());
        this.maxInFlight = maxInFlight;
        this.circuits = circuits;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The callback says what the future would.
    public void record(TopicSet set, ProducerRecord<byte[], byte[]> record, Receipt receipt) {
        Circuit circuit = circuits.of(set);
        if (!circuit.isClosed()) {
            receipt.lost();
            return;
        }
        if (inFlight.incrementAndGet() > maxInFlight) {
            inFlight.decrementAndGet();
            receipt.lost();
            return;
        }
        try {
            producer.send(record, (metadata, fault) -> settleOnKafkasThread(set, circuit, receipt, fault));
        } catch (KafkaException | IllegalStateException e) {
            // Kafka throws only where it has not called back: a closed producer, or a fatal fault.
            settle(set, circuit, receipt, e);
        }
    }

    /**
     * Learns the topic, so that sending to it does not have to wait.
     *
     * @return how many partitions it has; 0 when it is not known yet: ask again
     */
    public int partitions(String topic) {
        try {
            return producer.partitionsFor(topic).size();
        } catch (KafkaException e) {
            return 0;
        }
    }

    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    /** An Error that got out of here would end the one thread that sends for the whole node. */
    private void settleOnKafkasThread(TopicSet set, Circuit circuit, Receipt receipt, @Nullable Exception fault) {
        try {
            settle(set, circuit, receipt, fault);
        } catch (Throwable e) {
            LOG.error("What became of a record could not be told. topicSet={}", set.name(), e);
        }
    }

    private void settle(TopicSet set, Circuit circuit, Receipt receipt, @Nullable Exception fault) {
        inFlight.decrementAndGet();
        if (fault == null) {
            receipt.recorded();
            return;
        }
        // One message over the topic's limit says nothing about Kafka.
        if (!(fault instanceof RecordTooLargeException)) {
            circuit.failed();
        }
        failures.run(suppressed -> LOG.warn(
                "Records are lost on their way into Kafka; their senders were not told otherwise. topicSet={} fault={} suppressed={}",
                set.name(),
                fault.toString(),
                suppressed));
        receipt.lost();
    }
}
