package io.godwit.provisioning.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.postgres.ClaimTable;
import io.godwit.provisioning.postgres.ClaimTable.Advance;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.postgres.ParkedTable;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on one database: who has lost a partition cannot commit, and the death of one is survived. */
@QuarkusTest
class OwnershipIT {
    @Inject
    AgroalDataSource application;

    @Inject
    @DataSource("dispatcher")
    AgroalDataSource dispatcher;

    @Test
    void aProcessThatHasLostItsPartitionCannotCommit() throws SQLException {
        TopicPartition partition = new TopicPartition("godwit.zombie.fleet", 0);
        TenantId tenant = new TenantId("zombie-tenant");
        claim(partition, "first");
        Poll first = poll("first");
        first.take(List.of(tenantRecord(partition, 0, tenant, 1)), List.of(new Advance(partition, -1, 1)));
        assertEquals(1, version(tenant));
        assertEquals(1, claim(partition, "second"));
        assertThrows(
                PartitionLostException.class,
                () -> first.take(
                        List.of(tenantRecord(partition, 1, tenant, 2)), List.of(new Advance(partition, 1, 2))));
        assertEquals(1, version(tenant));
        poll("second").take(List.of(tenantRecord(partition, 1, tenant, 3)), List.of(new Advance(partition, 1, 2)));
        assertEquals(3, version(tenant));
    }

    @Test
    void aTopicIsReadUpToWhereItsSlowestPartitionIs() throws SQLException {
        TopicPartition fast = new TopicPartition("godwit.slow.fleet", 0);
        TopicPartition slow = new TopicPartition("godwit.slow.fleet", 1);
        TenantId tenant = new TenantId("slow-tenant");
        Instant at = Instant.parse("2026-11-27T12:00:00Z");
        claim(fast, "owner");
        claim(slow, "owner");
        assertEquals(Optional.empty(), readTo(fast.topic()));
        poll("owner")
                .take(
                        List.of(tenantRecord(fast, 0, tenant, 1), tenantRecord(slow, 0, tenant, 2)),
                        List.of(new Advance(fast, -1, 1, at.plusSeconds(9)), new Advance(slow, -1, 1, at)));
        assertEquals(Optional.of(at), readTo(fast.topic()));
        poll("owner").take(List.of(tenantRecord(slow, 1, tenant, 3)), List.of(new Advance(slow, 1, 2)));
        assertEquals(Optional.of(at.plusSeconds(9)), readTo(fast.topic()));
    }

    @Test
    void anOffsetThatIsNotTheNextOneMovesNothing() throws SQLException {
        TopicPartition partition = new TopicPartition("godwit.zombie.fleet", 1);
        TenantId tenant = new TenantId("zombie-offset");
        claim(partition, "owner");
        poll("owner").take(List.of(tenantRecord(partition, 0, tenant, 1)), List.of(new Advance(partition, -1, 1)));
        assertThrows(
                PartitionLostException.class,
                () -> poll("owner")
                        .take(List.of(tenantRecord(partition, 0, tenant, 9)), List.of(new Advance(partition, 0, 1))));
        assertEquals(1, version(tenant));
    }

    @Test
    void aPollThatDidNotEndIsSafeToRepeat() throws SQLException {
        TopicPartition partition = new TopicPartition("godwit.zombie.orders", 2);
        TenantId one = new TenantId("repeat-one");
        TenantId two = new TenantId("repeat-two");
        claim(partition, "owner");
        Poll poll = poll("owner");
        poll.take(
                List.of(poisonRecord(partition, 0, new TenantId("repeat-zero"))),
                List.of(new Advance(partition, -1, 1)));
        List<Inbound> records = List.of(poisonRecord(partition, 1, one), poisonRecord(partition, 2, two));
        // The last slice does not commit: the next offset is not what this poll believes.
        assertThrows(PartitionLostException.class, () -> poll.take(records, List.of(new Advance(partition, 5, 7))));
        assertEquals(1, marks(one));
        assertEquals(0, marks(two));
        poll.take(records, List.of(new Advance(partition, 1, 3)));
        assertEquals(1, marks(one));
        assertEquals(1, marks(two));
        assertEquals(3, claim(partition, "owner"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void anOrderThatIsReadWhileAnotherProcessReadsItsFleetDoesNotStayParked(long versionBefore) throws Exception {
        TopicPartition fleet = new TopicPartition("godwit.parking.fleet", (int) versionBefore);
        TopicPartition orders = new TopicPartition("godwit.parking.orders", (int) versionBefore);
        TenantId tenant = new TenantId("parking-" + versionBefore);
        Poll reader = poll("reader of orders");
        claim(fleet, "reader of the fleet");
        claim(orders, "reader of orders");
        if (versionBefore > 0) {
            poll("reader of the fleet")
                    .take(List.of(tenantRecord(fleet, 0, tenant, versionBefore)), List.of(new Advance(fleet, -1, 1)));
        }
        FutureTask<@Nullable Void> meanwhile = new FutureTask<>(() -> {
            reader.take(
                    List.of(orderRecord(orders, 0, tenant, versionBefore + 1)), List.of(new Advance(orders, -1, 1)));
            return null;
        });
        List<Inbound> facts = List.of(tenantRecord(fleet, 1, tenant, versionBefore + 1));
        reading().transactions().in(tenant, connection -> {
            List<Addressed> send =
                    new Slice(connection, tenant, reading().circumstances(), Reading.settings(), facts).fold();
            new Thread(meanwhile, "reader of orders").start();
            try {
                meanwhile.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                // It waits for this transaction, as it may.
            }
            return send;
        });
        meanwhile.get(10, TimeUnit.SECONDS);
        assertEquals(
                List.of(),
                reading()
                        .transactions()
                        .in(tenant, connection -> ParkedTable.take(connection, tenant, Long.MAX_VALUE)));
    }

    @Test
    void twoProcessesShareTheWorkAndOneGoesOnAlone() {
        TenantId tenant =
                new TenantId("replicas-" + UUID.randomUUID().toString().substring(0, 8));
        try (KafkaWorld world = new KafkaWorld(TopicSet.SHARED);
                Producer<String, byte[]> producer = new KafkaProducer<>(
                        KafkaSettings.from(ConfigProvider.getConfig()).producer("second"))) {
            world.tenant(tenant);
            world.group(tenant, "meters", null);
            List<VirtualDevice> devices = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                VirtualDevice device = world.enrol(tenant, "meter-" + i, "meters");
                world.switchOn(tenant, device);
                devices.add(device);
            }
            Circumstances circumstances = reading().circumstances();
            Downlink downlink = new Downlink(producer, circumstances.meters());
            DueWork due = new DueWork(dispatcher, circumstances, Reading.settings(), downlink);
            Intake second = new Intake(
                    OwnershipIT::consumer,
                    circumstances,
                    Reading.settings(),
                    downlink,
                    new NodeRestarts(circumstances, dispatcher),
                    "second-" + UUID.randomUUID());
            due.start();
            second.start();
            world.until(second::isReading);
            String first = world.orderGroup(tenant, "meters", KafkaWorld.enable(), world.version(tenant));
            world.until(() -> world.ended(first).size() > 3);
            due.close();
            second.close();
            world.until(() -> world.ended(first).size() == 20);
            assertTrue(world.ended(first).stream()
                    .allMatch(event -> event.outcome().equals(Outcome.SUCCEEDED)));
            assertTrue(devices.stream()
                    .allMatch(device ->
                            device.card().enabled().equals(device.card().isdPs().get(1))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings =
                new HashMap<>(KafkaSettings.from(ConfigProvider.getConfig()).consumer("godwit-provisioning", "second"));
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        return new KafkaConsumer<>(settings);
    }

    private Reading reading() {
        return new Reading(application, dispatcher);
    }

    private Poll poll(String owner) throws SQLException {
        return reading().poll(owner);
    }

    private long claim(TopicPartition partition, String owner) throws SQLException {
        return reading().claim(partition, owner);
    }

    private Optional<Instant> readTo(String topic) throws SQLException {
        return reading().transactions().asPlatform(connection -> ClaimTable.readTo(connection, topic));
    }

    private long version(TenantId tenant) throws SQLException {
        return reading()
                .transactions()
                .in(tenant, connection -> FleetTable.tenant(connection, tenant).fleetVersion());
    }

    private long marks(TenantId tenant) throws SQLException {
        return reading()
                .transactions()
                .in(tenant, connection -> ClaimTable.seen(connection, tenant).size());
    }

    private static Inbound tenantRecord(TopicPartition partition, long offset, TenantId tenant, long version) {
        FleetRecord fact = new FleetRecord.Tenant(tenant, version, TopicSet.SHARED, "default", true);
        return Reading.inbound(partition, offset, tenant, fact.encode().toBytes());
    }

    private static Inbound orderRecord(TopicPartition partition, long offset, TenantId tenant, long fleetVersion) {
        OrderRecord order = new OrderRecord.OnGroup(
                tenant,
                "parking-" + fleetVersion,
                fleetVersion,
                "alice",
                Instant.now(),
                new Gid("meters"),
                KafkaWorld.enable(),
                Instant.now().plusSeconds(3600),
                null);
        return Reading.inbound(partition, offset, tenant, order.encode().toBytes());
    }

    private static Inbound poisonRecord(TopicPartition partition, long offset, TenantId tenant) {
        return Reading.inbound(partition, offset, tenant, new byte[] {1});
    }
}
