package io.godwit.registry.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.registry.announce.TopicSets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final CountDownLatch looks = new CountDownLatch(2);

    @Test
    void theLoopOutlivesAnError() throws InterruptedException {
        TenantTransaction transactions = new TenantTransaction(broken(), () -> {});
        KafkaSettings nowhere = new KafkaSettings(Map.of("bootstrap.servers", "127.0.0.1:1"));
        EventLoop loop = new EventLoop(
                transactions, new TopicSets(transactions, nowhere, 1, (short) 1), nowhere, new SimpleMeterRegistry());
        assertEquals(Status.DOWN, loop.call().getStatus(), "it does not run yet");
        loop.start(new StartupEvent());
        try {
            assertTrue(looks.await(20, TimeUnit.SECONDS), "the loop looked once and was never seen again");
            assertEquals(Status.UP, loop.call().getStatus(), "it has some time until it must have polled");
        } finally {
            loop.stop(new ShutdownEvent());
        }
        assertEquals(Status.DOWN, loop.call().getStatus(), "it runs no more");
    }

    /** A database whose driver cannot even be loaded: no exception, an error. */
    private DataSource broken() {
        return (DataSource) Proxy.newProxyInstance(
                EventLoopTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    looks.countDown();
                    throw new NoClassDefFoundError("a class of the driver");
                });
    }
}
