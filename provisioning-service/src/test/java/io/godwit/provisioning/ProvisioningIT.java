package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.ControlRecord;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.PresenceRecord;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.simulator.device.Input;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on PostgreSQL and Kafka, with real cards; registry and broker are played by their records. */
@QuarkusTest
class ProvisioningIT {
    private static int tenants;

    private final TenantId a = new TenantId("carrier-a" + tenants);
    private final TenantId b = new TenantId("carrier-b" + tenants++);
    private KafkaWorld world;

    @BeforeEach
    void open() {
        world = new KafkaWorld(TopicSet.SHARED);
        world.tenant(a);
        world.tenant(b);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void oneCardIsEnabledFromTheOrderToItsLateEnd() {
        VirtualDevice meter = world.enrol(a, "meter-1");
        world.switchOn(a, meter);
        String operation = world.order(a, meter.nid(), KafkaWorld.enable());
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
        assertEquals(meter.card().isdPs().get(1), meter.card().enabled());
        List<EventRecord.OfCard> events = world.events(EventRecord.OfCard.class).stream()
                .filter(event -> event.tenant().equals(a))
                .toList();
        for (int i = 0; i < events.size(); i++) {
            assertEquals(i + 1, events.get(i).sequence());
        }
    }

    @Test
    void aGroupOfTwoTenantsWithTheSameNamesIsExpandedInChunksAndNothingCrosses() {
        world.group(a, "meters", null);
        world.group(b, "meters", null);
        List<VirtualDevice> ofA = enrol(a, 7);
        List<VirtualDevice> ofB = enrol(b, 2);
        String operation = world.orderGroup(a, "meters", KafkaWorld.enable(), world.version(a));
        world.until(() -> world.ended(operation).size() == 7);
        assertTrue(ofA.stream()
                .allMatch(device ->
                        device.card().enabled().equals(device.card().isdPs().get(1))));
        assertTrue(ofB.stream()
                .allMatch(device ->
                        device.card().enabled().equals(device.card().isdPs().get(0))));
        EventRecord.OperationStarted started = world.events(EventRecord.OperationStarted.class).stream()
                .filter(event -> event.operation().equals(operation))
                .findFirst()
                .orElseThrow();
        assertEquals(7, started.members());
        Set<Nid> nids = new HashSet<>();
        world.ended(operation).forEach(event -> nids.add(event.nid()));
        assertEquals(7, nids.size());
    }

    private List<VirtualDevice> enrol(TenantId tenant, int count) {
        List<VirtualDevice> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            VirtualDevice device = world.enrol(tenant, "meter-" + i, "meters");
            world.switchOn(tenant, device);
            devices.add(device);
        }
        return devices;
    }

    @Test
    void aMemberMayBeOrderedUponBeforeItIsRegistered() {
        world.group(a, "meters", null);
        VirtualDevice meter = world.announce(a, "meter-1", "meters");
        world.switchOn(a, meter);
        String operation = world.orderGroup(a, "meters", KafkaWorld.enable(), world.version(a));
        world.until(() -> world.events(EventRecord.OperationStarted.class).stream()
                .anyMatch(event -> event.operation().equals(operation)));
        world.during(Duration.ofMillis(500));
        assertEquals(List.of(), world.ended(operation));
        world.register(a, meter);
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
    }

    @Test
    void anOrderAheadOfTheFleetIsParkedUntilTheFleetHasArrived() {
        long ahead = world.version(a) + 2;
        String operation = world.orderGroup(a, "late", KafkaWorld.enable(), ahead);
        world.during(Duration.ofSeconds(1));
        assertEquals(0, started(operation));
        world.group(a, "late", null);
        VirtualDevice meter = world.enrol(a, "meter-late", "late");
        world.switchOn(a, meter);
        world.until(() -> world.ended(operation).size() == 1);
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
    }

    private long started(String operation) {
        return world.events(EventRecord.OfOperation.class).stream()
                .filter(event -> event.operation().equals(operation))
                .count();
    }

    @Test
    void aPoisonRecordIsPutAsideWithItsReasonAndTheRestGoesOn() {
        VirtualDevice meter = world.enrol(a, "meter-1");
        world.switchOn(a, meter);
        String broken = "{\"v\":1,\"kind\":\"on-card\",\"tenant\":\"" + a + "\",\"operation\":\"op-broken-" + a + "\"}";
        world.raw(TopicSet.SHARED.orders(), a, a + "/meter-1", broken.getBytes(StandardCharsets.UTF_8));
        world.raw(TopicSet.SHARED.orders(), null, "x", new byte[] {1, 2});
        world.raw(TopicSet.SHARED.toSmSr(), a, a + "/meter-1", "{}".getBytes(StandardCharsets.UTF_8));
        String operation = world.order(a, meter.nid(), KafkaWorld.enable());
        world.until(
                () -> !world.ended(operation).isEmpty() && world.deadLetters().size() >= 3);
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
        world.deadLetters().forEach(letter -> {
            assertNotNull(letter.headers().lastHeader(RecordHeaders.REASON));
            assertNotNull(letter.headers().lastHeader(RecordHeaders.ORIGIN));
        });
        world.until(() -> world.events(EventRecord.OperationFailed.class).stream()
                .anyMatch(event -> event.operation().equals("op-broken-" + a)));
    }

    @Test
    void aRepeatedOrderIsCarriedOutOnce() {
        world.group(a, "meters", null);
        VirtualDevice meter = world.enrol(a, "meter-1", "meters");
        world.switchOn(a, meter);
        OrderRecord.OnGroup order = new OrderRecord.OnGroup(
                a,
                "repeated-" + a,
                world.version(a),
                "alice",
                Instant.now(),
                new Gid("meters"),
                KafkaWorld.enable(),
                Instant.now().plusSeconds(3600),
                null);
        world.order(order);
        world.order(order);
        world.until(() -> !world.ended("repeated-" + a).isEmpty());
        world.order(order);
        world.during(Duration.ofSeconds(1));
        assertEquals(1, world.ended("repeated-" + a).size());
        assertEquals(1, started("repeated-" + a));
    }

    @Test
    void anOrderForNobodyFails() {
        String card = world.order(a, new Nid("nobody"), KafkaWorld.enable());
        String group = world.orderGroup(a, "nobodies", KafkaWorld.enable(), world.version(a));
        world.until(() -> failed(card).equals("CARD_UNKNOWN") && failed(group).equals("GROUP_UNKNOWN"));
    }

    private String failed(String operation) {
        return world.events(EventRecord.OperationFailed.class).stream()
                .filter(event -> event.operation().equals(operation))
                .map(EventRecord.OperationFailed::code)
                .findFirst()
                .orElse("");
    }

    @Test
    void aCardAsksByItselfAndItsGroupsPolicyAnswers() {
        world.group(a, "meters", KafkaWorld.enable());
        VirtualDevice meter = world.enrol(a, "meter-1", "meters");
        world.switchOn(a, meter);
        world.until(() -> world.events(EventRecord.CardRegistered.class).stream()
                .anyMatch(event -> event.tenant().equals(a)));
        world.input(a, meter, new Input.Asked("d1-asked", new Address.Single(meter.nid()), "signal lost"));
        world.until(() -> world.events(EventRecord.ProcedureEnded.class).stream()
                .anyMatch(event -> event.tenant().equals(a) && event.outcome().equals(Outcome.SUCCEEDED)));
        assertEquals(meter.card().isdPs().get(1), meter.card().enabled());
        assertTrue(world.events(EventRecord.ClientRequest.class).stream()
                .anyMatch(event -> event.tenant().equals(a) && event.accepted()));
    }

    @Test
    void aCardThatComesOnlineLateIsServedAtOnce() {
        VirtualDevice meter = world.enrol(a, "meter-1");
        String operation = world.order(a, meter.nid(), KafkaWorld.enable());
        world.until(() -> world.events(EventRecord.ProcedureProgressed.class).stream()
                .anyMatch(event -> event.operation().equals(operation)));
        world.switchOn(a, meter);
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
    }

    @Test
    void aDeviceThatConnectsBeforeItsFleetRecordIsReadIsOnline() {
        VirtualDevice meter = world.stranger(a, "meter-early");
        world.presence(a, meter, new PresenceRecord.Online(Instant.now(), "node-1", "boot-1", "c-early"));
        world.during(Duration.ofSeconds(1));
        world.announce(a, meter);
        world.until(() -> presence(true) == 1);
    }

    @Test
    void aBrokersNextBootVoidsItsConnections() {
        VirtualDevice meter = world.enrol(a, "meter-1");
        world.presence(a, meter, new PresenceRecord.Online(Instant.now(), "node-9", "boot-1", "c1"));
        world.until(() -> presence(true) == 1);
        world.nodeStarted("node-9", "boot-2");
        world.until(() -> presence(false) == 1);
    }

    @Test
    void aBrokersNextBootVoidsWhatItSaidOfDevicesWithoutACard() {
        VirtualDevice meter = world.stranger(a, "meter-early");
        world.presence(a, meter, new PresenceRecord.Online(Instant.now(), "node-8", "boot-1", "c-early"));
        world.during(Duration.ofMillis(500));
        world.nodeStarted("node-8", "boot-2");
        world.during(Duration.ofSeconds(1));
        world.announce(a, meter);
        VirtualDevice other = world.enrol(a, "meter-2");
        world.presence(a, other, new PresenceRecord.Online(Instant.now(), "node-8", "boot-2", "c2"));
        world.until(() -> presence(true) == 1);
        world.during(Duration.ofSeconds(1));
        assertEquals(1, presence(true), "the device that vanished with its node is there again");
    }

    @Test
    void theOlderOfTwoConnectionsIsClosedOnItsNodeThoughTheCardIsNotHereYet() {
        VirtualDevice meter = world.stranger(a, "meter-twice");
        world.presence(a, meter, new PresenceRecord.Online(Instant.now(), "node-6", "boot-6", "c-older"));
        world.presence(a, meter, new PresenceRecord.Online(Instant.now(), "node-7", "boot-7", "c-newer"));
        world.until(() -> world.controls().contains(new ControlRecord("node-6", "boot-6", "c-older")));
        world.announce(a, meter);
        world.until(() -> presence(true) == 1);
        assertTrue(world.controls().stream()
                .noneMatch(control -> control.connection().equals("c-newer")));
    }

    private long presence(boolean online) {
        return world.events(EventRecord.Presence.class).stream()
                .filter(event -> event.tenant().equals(a) && event.online() == online)
                .count();
    }

    @Test
    void aRemovedCardEndsItsProceduresAndLosesItsKeys() {
        VirtualDevice meter = world.enrol(a, "meter-1");
        String operation = world.order(a, meter.nid(), KafkaWorld.enable());
        world.until(() -> started(operation) == 1);
        world.fleet(new FleetRecord.Device(
                a,
                world.nextVersion(a),
                meter.nid(),
                meter.card().eid(),
                Octets.fromHex("00".repeat(32)),
                List.of(),
                false));
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals("CARD_REMOVED", world.ended(operation).get(0).outcome().code());
    }
}
