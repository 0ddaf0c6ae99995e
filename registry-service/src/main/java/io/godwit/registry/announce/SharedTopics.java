package io.godwit.registry.announce;

import io.godwit.protocol.kafka.TopicSet;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the shared topic set at start. Kafka may come later than this service: it tries until it is there. */
@Readiness
@ApplicationScoped
public class SharedTopics implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SharedTopics.class);
    private static final long PAUSE_MILLIS = 1000;

    private final TopicSets sets;
    private final Thread thread = new Thread(this::run, "shared-topics");
    private volatile boolean ready;

    SharedTopics(TopicSets sets) {
        this.sets = sets;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() {
        while (!ready && !Thread.currentThread().isInterrupted()) {
            try {
                sets.ensure(TopicSet.SHARED);
                ready = true;
            } catch (SQLException | KafkaException e) {
                LOG.warn("The shared topics are not there yet. cause={}", e.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("shared topics").status(ready).build();
    }
}
