package io.godwit.broker.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.codahale.metrics.MetricRegistry;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.identity.Gatekeeper.Claim;
import io.godwit.broker.kafka.Receipt;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.PresenceRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceJournalTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final int MANY = 200;

    /** What Kafka was told, or would have been. */
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private final List<Receipt> open = new ArrayList<>();
    private Kafka kafka = Kafka.LOSES_AT_ONCE;
    private Runnable beforeItIsTold = () -> {};

    private final FleetView fleet = new FleetView();
    private final Connections connections = new Connections(5);
    private final Closer closer =
            new Closer(new FakeClients(), connections, Duration.ofSeconds(1), new BridgeMetrics(new MetricRegistry()));
    private final PresenceJournal journal = new PresenceJournal(
            new NodeIdentity("node", "boot"),
            fleet,
            (set, record, receipt) -> record(record, receipt),
            closer,
            Clock.systemUTC());

    private enum Kafka {
        RECORDS,
        LOSES_AT_ONCE,
        ANSWERS_LATER
    }

    @BeforeEach
    void aTenantInService() {
        fleet.apply(new FleetRecord.Tenant(ACME, 1, TopicSet.SHARED, "default", true));
    }

    @AfterEach
    void stop() {
        closer.close();
    }

    @Test
    void tellingAgainEndsThoughEverythingIsLostAtOnce() {
        for (int i = 0; i < MANY; i++) {
            DeviceConnection connection = connection("c" + i);
            journal.online(connection);
            journal.offline(connection);
        }
        told.clear();

        assertTimeoutPreemptively(Duration.ofSeconds(10), journal::retry);

        assertEquals(MANY, told.size(), "each once");
        kafka = Kafka.RECORDS;
        journal.retry();
        assertEquals(2 * MANY, told.size(), "none is forgotten");
        journal.retry();
        assertEquals(2 * MANY, told.size(), "what is told is told");
    }

    @Test
    void anOfflineThatWasLostIsNotToldOfAConnectionThatIsOnlineAgain() {
        DeviceConnection connection = connection("c");
        journal.online(connection);
        kafka = Kafka.LOSES_AT_ONCE;
        journal.offline(connection);
        kafka = Kafka.RECORDS;
        journal.online(connection);
        told.clear();

        journal.retry();

        assertEquals(List.of(), told);
        journal.offline(connection);
        assertEquals(List.of("offline c"), told);
    }

    @Test
    void anOfflineThatIsLostWhenTheConnectionIsOnlineAgainIsNotToldAnyMore() {
        DeviceConnection connection = connection("c");
        journal.online(connection);
        kafka = Kafka.ANSWERS_LATER;
        journal.offline(connection);
        kafka = Kafka.RECORDS;
        journal.online(connection);
        told.clear();
        open.forEach(Receipt::lost);

        journal.retry();

        assertEquals(List.of(), told);
    }

    @Test
    void anOnlineDoesNotPassAnOfflineThatIsJustBeingTold() throws Exception {
        DeviceConnection connection = connection("c");
        journal.online(connection);
        journal.offline(connection);
        told.clear();
        kafka = Kafka.RECORDS;
        Thread subscribes = new Thread(() -> journal.online(connection));
        beforeItIsTold = () -> {
            beforeItIsTold = () -> {};
            subscribes.start();
            joinFor(subscribes, 300);
        };

        journal.retry();
        subscribes.join();

        assertEquals(List.of("offline c", "online c"), told);
    }

    private void record(ProducerRecord<byte[], byte[]> record, Receipt receipt) {
        beforeItIsTold.run();
        PresenceRecord presence = PresenceRecord.decode(Octets.of(record.value()));
        if (presence instanceof PresenceRecord.Online online) {
            told.add("online " + online.connection());
        } else if (presence instanceof PresenceRecord.Offline offline) {
            told.add("offline " + offline.connection());
        }
        switch (kafka) {
            case RECORDS -> receipt.recorded();
            case LOSES_AT_ONCE -> receipt.lost();
            case ANSWERS_LATER -> open.add(receipt);
        }
    }

    private static void joinFor(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DeviceConnection connection(String id) {
        return new DeviceConnection(id, "acme/dev/" + id, new Claim(ACME, new Nid("dev")), Octets.EMPTY);
    }
}
