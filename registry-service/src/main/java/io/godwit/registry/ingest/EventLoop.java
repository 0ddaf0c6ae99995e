package io.godwit.registry.ingest;

import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.registry.announce.TopicSets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code events} of all topic sets. Offsets live in PostgreSQL with their effects; Kafka is told them afterwards, for
 * lag only. On any trouble the consumer is closed and opened again, and goes on where the database says. The service is ready
 * as long as the loop goes round: one that reads no events answers with a state that is no more.
 */
@Readiness
@ApplicationScoped
public class EventLoop implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final long RETRY_MILLIS = 1000;
    private static final int MOST_RECORDS = 1000;
    private static final long STOP_MILLIS = 10_000;

    private final TenantTransaction transactions;
    private final TopicSets topicSets;
    private final KafkaSettings kafka;
    private final Counter events;
    private final Counter deadLetters;
    private final Thread thread = new Thread(this::run, "events-ingest");
    private final Pulse pulse = new Pulse(System::nanoTime);
    private volatile boolean running = true;

    EventLoop(TenantTransaction transactions, TopicSets topicSets, KafkaSettings kafka, MeterRegistry meters) {
        this.transactions = transactions;
        this.topicSets = topicSets;
        this.kafka = kafka;
        this.events = meters.counter("godwit.ingest.events");
        this.deadLetters = meters.counter("godwit.ingest.dead.letters");
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        thread.join(STOP_MILLIS);
    }

    boolean isRunning() {
        return running;
    }

    /** Tells that Kafka was polled. */
    void polled() {
        pulse.beat();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("events ingest")
                .status(thread.isAlive() && pulse.isFresh())
                .build();
    }

    /** Counts what was taken in. */
    void taken(int records, int buried) {
        events.increment(records);
        deadLetters.increment(buried);
    }

    private void run() {
        while (running) {
            try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(properties())) {
                new EventReading(consumer, transactions, topicSets, this).run();
            } catch (Positions.PartitionLostException | WakeupException e) {
                LOG.info(
                        "The events are read by another process now; this one asks for its share again. cause={}",
                        e.getMessage());
            } catch (Throwable e) {
                // An Error too: nobody would see this thread end, and from then on the registry would know nothing new.
                LOG.warn("Reading the events stumbled and goes on in a second. cause={}", e.toString(), e);
                pause();
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = kafka.consumer("godwit-registry", "godwit-registry-events");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        // A transaction costs much more than an event in it, and nobody sees a tenth of a second.
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return properties;
    }

    static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
