package io.godwit.broker.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloserTest {
    private final FakeClients clients = new FakeClients();
    private final Connections connections = new Connections(5);
    private final Closer closer =
            new Closer(clients, connections, Duration.ofMillis(10), new BridgeMetrics(new MetricRegistry()));
    private final DeviceConnection connection =
            new DeviceConnection("1", "acme/dev/a", new Claim(new TenantId("acme"), new Nid("dev")), Octets.EMPTY);
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void stop() {
        closer.close();
    }

    @Test
    void aClosingThatFailsInAnyWayIsTriedUntilItSucceeds() throws Exception {
        connections.add(connection);
        connection.whenClosed(closed::countDown);
        clients.faults.add(new NoClassDefFoundError("from HiveMQ"));
        clients.faults.add(new IllegalStateException("from HiveMQ"));

        closer.soon(connection, Closing.KAFKA_TROUBLE);

        assertTrue(closed.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("acme/dev/a"), clients.disconnected);
    }

    @Test
    void whoeverAsksForAClosingIsNotHitByItsFault() throws Exception {
        connections.add(connection);
        connection.whenClosed(closed::countDown);
        clients.faults.add(new NoClassDefFoundError("from HiveMQ"));

        closer.now(connection, Closing.REVOKED);

        assertTrue(closed.await(10, TimeUnit.SECONDS));
    }

    @Test
    void aClientIdThatBelongsToANewerConnectionIsNotTouched() throws Exception {
        connections.add(connection);
        connections.remove(connection);
        connection.whenClosed(closed::countDown);

        closer.soon(connection, Closing.KAFKA_TROUBLE);

        assertTrue(closed.await(10, TimeUnit.SECONDS));
        assertEquals(List.of(), clients.disconnected);
    }
}
