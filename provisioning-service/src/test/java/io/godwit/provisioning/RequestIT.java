package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Address;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.QuietHours;
import io.godwit.protocol.record.RequestQuota;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.simulator.device.Input;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cards that ask, through the running service: what waits where, and what a hostile device can do. */
@QuarkusTest
class RequestIT {
    private static final Granted ENABLE = new Granted.Function(KafkaWorld.enable());
    private static int tenants;

    @Inject
    AgroalDataSource application;

    private final TenantId tenant = new TenantId("asking-" + tenants++);
    private KafkaWorld world;

    @BeforeEach
    void open() {
        world = new KafkaWorld(TopicSet.SHARED);
        world.tenant(tenant);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRequestWaitsForAnOperatorAndIsCarriedOutOnce() throws SQLException {
        world.policy(tenant, rule(RequestRule.Grant.APPROVAL, RequestQuota.DEFAULT, Optional.empty()));
        VirtualDevice meter = device("meter-1");
        ask(meter, "d1", "replacement");
        world.until(() -> tickets(TicketStage.WAITING) == 1);
        EventRecord.ClientRequest waiting = requests().get(0);
        assertEquals(
                RequestReason.REPLACEMENT,
                Optional.ofNullable(waiting.ticket()).orElseThrow().reason());
        String ticket = String.valueOf(waiting.operation());
        answer(meter.nid(), ticket, Optional.empty());
        answer(meter.nid(), ticket, Optional.of(new Refusal("REFUSED_BY_OPERATOR", "too late")));
        world.until(() -> !world.ended(ticket).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(ticket).get(0).outcome());
        // The same D1 once more, long after it has ended.
        ask(meter, "d1", "replacement");
        world.during(Duration.ofSeconds(2));
        assertEquals(1, world.ended(ticket).size());
        assertEquals(1, requests().size());
        assertEquals(1, rows("client_request"));
    }

    @Test
    void aRepetitionThatStoodInTheQueueWhenTheAnswerWasGivenGetsNone() {
        world.policy(tenant, rule(RequestRule.Grant.APPROVAL, RequestQuota.DEFAULT, Optional.empty()));
        VirtualDevice meter = device("meter-1");
        Instant before = Instant.now();
        say(meter, "d1-in-the-queue", "replacement");
        world.until(() -> world.delivered("d1-in-the-queue") == 1);
        world.say(tenant, meter, new StepBody.ClientRequest("d1-in-the-queue", "replacement"), before);
        // A confirmation's answer that nobody waits for: received, and kept with the card.
        StepBody owed = new StepBody.ConfirmationResult("d2-in-the-queue", Octets.utf8("late"));
        world.say(tenant, meter, owed);
        world.until(() -> world.delivered("d2-in-the-queue") == 1);
        world.say(tenant, meter, owed, before);
        // One that was said since then asks for what is lost.
        say(meter, "d1-in-the-queue", "replacement");
        world.say(tenant, meter, owed);
        world.until(() -> world.delivered("d2-in-the-queue") > 1);
        world.during(Duration.ofSeconds(1));
        assertEquals(2, world.delivered("d1-in-the-queue"));
        assertEquals(2, world.delivered("d2-in-the-queue"));
    }

    @Test
    void aRefusedOneIsDropped() throws SQLException {
        world.policy(tenant, rule(RequestRule.Grant.APPROVAL, RequestQuota.DEFAULT, Optional.empty()));
        VirtualDevice meter = device("meter-1");
        ask(meter, "d1", "replacement");
        world.until(() -> tickets(TicketStage.WAITING) == 1);
        String ticket = String.valueOf(requests().get(0).operation());
        answer(meter.nid(), ticket, Optional.of(new Refusal("REFUSED_BY_OPERATOR", "it is to be scrapped")));
        answer(meter.nid(), ticket, Optional.empty());
        world.until(() -> tickets(TicketStage.REFUSED) == 1);
        world.during(Duration.ofSeconds(1));
        assertEquals(0, world.ended(ticket).size());
        assertEquals(0, rows("procedure"));
    }

    @Test
    void inQuietHoursNothingBeginsUntilTheyEnd() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        LocalTime end = now.plusSeconds(8);
        world.policy(
                tenant,
                rule(
                        RequestRule.Grant.AUTOMATIC,
                        RequestQuota.DEFAULT,
                        Optional.of(new QuietHours(now.minusHours(1), end, ZoneOffset.UTC))));
        VirtualDevice meter = device("meter-1");
        ask(meter, "d1", "local-button");
        world.until(() -> tickets(TicketStage.QUIET) == 1);
        Instant until = Optional.ofNullable(requests().get(0).ticket())
                .orElseThrow()
                .until()
                .orElseThrow();
        world.until(
                () -> world.events(EventRecord.ProcedureEnded.class).stream().anyMatch(this::isMine));
        assertTrue(
                world.events(EventRecord.ProcedureProgressed.class).stream()
                        .filter(this::isMine)
                        .noneMatch(event -> event.at().isBefore(until)),
                "something began in quiet hours");
    }

    /** The broker lets 20 a second through; here nothing is in front. */
    @Test
    void aFloodOfOneDeviceLeavesAFewRowsAndOneOperation() throws SQLException {
        world.policy(tenant, rule(RequestRule.Grant.AUTOMATIC, RequestQuota.DEFAULT, Optional.empty()));
        VirtualDevice meter = device("meter-1");
        for (int i = 0; i < 10_000; i++) {
            say(meter, "flood-" + i, i % 3 == 0 ? "first-attach" : "flood");
        }
        VirtualDevice other = device("meter-2");
        ask(other, "d1", "first-attach");
        world.until(() -> requests().stream().anyMatch(event -> event.nid().equals(other.nid())));
        world.until(() -> world.events(EventRecord.ProcedureEnded.class).stream()
                .anyMatch(event -> isMine(event) && event.nid().equals(other.nid())));
        world.during(Duration.ofSeconds(3));
        assertTrue(rows("client_request") <= 1 + RequestQuota.DEFAULT.perCard(), "tickets: " + rows("client_request"));
        assertTrue(
                world.events().stream()
                                .filter(event -> event instanceof EventRecord.OfCard card && isMine(card))
                                .count()
                        < 150,
                "events of a flood are bounded");
    }

    @Test
    void ofTwoDevicesThatAskForTheLastOneGetsIt() {
        RequestQuota last = new RequestQuota(1, Optional.of(1), Duration.ofDays(1));
        world.policy(tenant, rule(RequestRule.Grant.AUTOMATIC, last, Optional.empty()));
        List<VirtualDevice> meters = List.of(device("m-1"), device("m-2"), device("m-3"), device("m-4"), device("m-5"));
        meters.forEach(meter -> ask(meter, "d1", "first-attach"));
        world.until(() -> requests().size() == meters.size());
        assertEquals(
                1,
                requests().stream().filter(EventRecord.ClientRequest::accepted).count());
        assertEquals(
                meters.size() - 1,
                requests().stream()
                        .filter(event -> String.valueOf(event.reason()).startsWith("QUOTA_EXHAUSTED"))
                        .count());
    }

    @Test
    void aRemovedCardGetsNothing() throws SQLException {
        world.policy(tenant, rule(RequestRule.Grant.APPROVAL, RequestQuota.DEFAULT, Optional.empty()));
        VirtualDevice meter = device("meter-1");
        ask(meter, "d1", "replacement");
        world.until(() -> tickets(TicketStage.WAITING) == 1);
        String ticket = String.valueOf(requests().get(0).operation());
        world.fleet(new FleetRecord.Device(
                tenant,
                world.nextVersion(tenant),
                meter.nid(),
                meter.card().eid(),
                Octets.fromHex("00".repeat(32)),
                List.of(),
                false));
        say(meter, "d2", "replacement");
        answer(meter.nid(), ticket, Optional.empty());
        world.until(() -> tickets(TicketStage.REFUSED) == 1);
        assertEquals(2, requests().size());
        assertEquals(0, rows("procedure"));
        assertEquals(1, rows("client_request"));
    }

    private static RequestRule rule(RequestRule.Grant grant, RequestQuota quota, Optional<QuietHours> quiet) {
        return new RequestRule(
                List.of(),
                grant,
                Optional.of(ENABLE),
                quota,
                quiet,
                RequestRule.Trigger.D2,
                RequestRule.APPROVAL_WITHIN);
    }

    private VirtualDevice device(String nid) {
        VirtualDevice device = world.enrol(tenant, nid);
        world.switchOn(tenant, device);
        world.until(() -> world.events(EventRecord.CardRegistered.class).stream()
                .anyMatch(event -> isMine(event) && event.nid().equals(device.nid())));
        return device;
    }

    private void ask(VirtualDevice device, String id, String reason) {
        world.input(tenant, device, new Input.Asked(id, new Address.Single(device.nid()), reason));
    }

    /** As a device does that minds no agent. */
    private void say(VirtualDevice device, String id, String reason) {
        world.say(tenant, device, new StepBody.ClientRequest(id, reason));
    }

    private void answer(Nid nid, String ticket, Optional<Refusal> refusal) {
        world.order(new OrderRecord.AnswerRequest(
                tenant,
                UUID.randomUUID().toString(),
                world.version(tenant),
                "alice",
                Instant.now(),
                nid,
                ticket,
                refusal));
    }

    private List<EventRecord.ClientRequest> requests() {
        return world.events(EventRecord.ClientRequest.class).stream()
                .filter(this::isMine)
                .toList();
    }

    private long tickets(TicketStage stage) {
        return requests().stream()
                .filter(event -> event.ticket() != null && event.ticket().stage() == stage)
                .count();
    }

    private boolean isMine(EventRecord.OfCard event) {
        return event.tenant().equals(tenant);
    }

    private long rows(String table) throws SQLException {
        return new TenantTransaction(application, () -> {}).in(tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM " + table);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
