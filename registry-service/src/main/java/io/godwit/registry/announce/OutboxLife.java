package io.godwit.registry.announce;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.kit.outbox.OutboxDispatcher;
import io.godwit.kit.outbox.OutboxSignal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.eclipse.microprofile.config.Config;

/** Runs the outbox's dispatcher as long as the service runs. */
@ApplicationScoped
public class OutboxLife {
    private final OutboxDispatcher dispatcher;

    OutboxLife(
            @DataSource("dispatcher") AgroalDataSource dataSource,
            KafkaSettings kafka,
            OutboxSignal signal,
            MeterRegistry meters) {
        dispatcher = new OutboxDispatcher(
                dataSource, () -> new KafkaProducer<>(kafka.outboxProducer("godwit-registry-outbox")), signal);
        FunctionCounter.builder("godwit.outbox.sent", dispatcher, OutboxDispatcher::sent)
                .register(meters);
        Gauge.builder("godwit.outbox.leading", dispatcher, leader -> leader.isLeading() ? 1 : 0)
                .register(meters);
    }

    /** The settings of all Kafka clients of this service. */
    @ApplicationScoped
    static class Settings {
        @Produces
        @Singleton
        KafkaSettings kafka(Config config) {
            return KafkaSettings.from(config);
        }
    }

    void start(@Observes StartupEvent event) {
        dispatcher.start();
    }

    void stop(@Observes ShutdownEvent event) {
        dispatcher.close();
    }
}
