package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.EventRecord.ReplacementProgressed;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule.Grant;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.provisioning.world.WorldCarrier;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.device.Input;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.EumFiles;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flow E through the running service, with cards that execute what they are sent: the subscription moves, and never is on two. */
@QuarkusTest
class ReplacementIT {
    private static final Gid METERS = new Gid("meters");
    private static int tenants;

    @Inject
    AgroalDataSource application;

    private final TenantId tenant = new TenantId("replacement-" + ++tenants);
    private KafkaWorld world;
    private WorldCarrier carrier;
    private Eum eum;
    private VirtualDevice old;
    private VirtualDevice successor;
    private Iccid iccid;

    @BeforeEach
    void aDeviceHasADownloadedProfileAndAnotherOneIsToTakeItsPlace() throws IOException {
        world = new KafkaWorld(TopicSet.SHARED);
        world.tenant(tenant);
        world.group(tenant, METERS.value(), null);
        eum = EumFiles.in(Path.of("src/test/resources/pki")).read();
        carrier = new WorldCarrier(world, tenant, tenants);
        carrier.bring(1);
        iccid = carrier.iccid(1);
        old = world.enrolForDownloads(tenant, "meter-1", eum, METERS.value());
        successor = world.enrolForDownloads(tenant, "meter-2", eum, METERS.value());
        world.switchOn(tenant, old);
        world.switchOn(tenant, successor);
        assertEquals(Outcome.SUCCEEDED, downloaded(old));
        assertTrue(profileOn(old).orElseThrow().isEnabled());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theSubscriptionMovesToTheNewCardAndIsNeverEnabledOnTwo() {
        ask("e-1");
        world.until(() -> {
            assertFalse(
                    profileOn(old).filter(IsdP::isEnabled).isPresent()
                            && profileOn(successor).filter(IsdP::isEnabled).isPresent(),
                    "enabled on both cards");
            assertFalse(
                    profileOn(old).isPresent()
                            && profileOn(successor).filter(IsdP::isEnabled).isPresent(),
                    "enabled before the old card has deleted it");
            return last().filter(event -> event.outcome() != null).isPresent();
        });

        assertEquals(Outcome.SUCCEEDED, last().orElseThrow().outcome());
        assertEquals(
                List.of(
                        "Requested",
                        "AwaitingApproval",
                        "Granted",
                        "Offered",
                        "Agreed",
                        "Installing",
                        "Deleting",
                        "Enabling",
                        "Completed"),
                stages());
        assertEquals(Optional.empty(), profileOn(old));
        assertTrue(old.card().isdPs().get(0).isEnabled(), "the old card has fallen back");
        IsdP moved = profileOn(successor).orElseThrow();
        assertTrue(moved.isEnabled());
        assertEquals(Optional.of(carrier.profilePackage(1)), moved.profilePackage(), "the same subscription");
        assertInstanceOf(
                StepBody.ReplacementAnswer.class, world.told().get(world.told().size() - 1));

        ReplacementProgressed enabling = progress().get(7);
        assertEquals(successor.nid(), enabling.holder());
        assertNotNull(enabling.evidence(), "the old card's own word");
        progress().subList(0, 7).forEach(before -> assertEquals(old.nid(), before.holder()));
        assertEquals(Outcome.Status.FAILED, downloaded(old).status(), "it is not to be had a second time");
    }

    @Test
    void whileItMovesNobodyElseEnablesItAndACancelTakesItBack() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(20))));
        // Agreed before it went: what the old device says goes by its own nid.
        ask("e-1");
        world.until(() -> stages().contains("Offered"));
        agree();
        world.until(() -> stages().contains("Deleting"));
        assertFalse(profileOn(successor).orElseThrow().isEnabled());
        String operation = world.order(
                tenant,
                successor.nid(),
                new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByIccid(iccid)));
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(
                "HELD_BY_REPLACEMENT", world.ended(operation).get(0).outcome().code());

        decide(ReplacementVerdict.CANCEL);
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals(Outcome.SUCCEEDED, last().orElseThrow().outcome(), "too late to cancel");
        assertEquals(Optional.empty(), profileOn(old));
    }

    @Test
    void anOldDeviceThatKeepsItsProfileEndsItAndNothingHasHappened() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.KeepsItsProfile("its owner has not agreed")));
        ask("e-1");
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals("KEPT", last().orElseThrow().outcome().code());
        assertEquals(old.nid(), last().orElseThrow().holder());
        assertEquals(Optional.empty(), profileOn(successor));
        assertTrue(profileOn(old).orElseThrow().isEnabled());
        // And the next request is a new one.
        world.input(tenant, old, new Input.Scripted(new Behaviour.Obeys()));
        ask("e-2");
        world.until(() -> last().filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
                .isPresent());
    }

    @Test
    void whereThePolicyIsAutomaticNobodyIsAskedButTheOldDevice() {
        world.answeringGroup(tenant, METERS.value(), moves(Grant.AUTOMATIC));
        world.policy(tenant, moves(Grant.REFUSED));
        policiesAreKnown();
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals(Outcome.SUCCEEDED, last().orElseThrow().outcome(), "the group's policy goes before the tenant's");
        assertEquals(
                List.of("Requested", "Granted", "Offered", "Agreed", "Installing", "Deleting", "Enabling", "Completed"),
                stages());
        assertNotNull(progress().get(6).evidence(), "the old card's own word");
        assertEquals(Optional.empty(), profileOn(old));
        assertTrue(profileOn(successor).orElseThrow().isEnabled());
    }

    @Test
    void anAutomaticPolicyTakesNothingFromADeviceThatKeepsItsProfile() {
        world.answeringGroup(tenant, METERS.value(), moves(Grant.AUTOMATIC));
        policiesAreKnown();
        world.input(tenant, old, new Input.Scripted(new Behaviour.KeepsItsProfile("its owner has not agreed")));
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals("KEPT", last().orElseThrow().outcome().code());
        assertTrue(profileOn(old).orElseThrow().isEnabled());
        assertEquals(Optional.empty(), profileOn(successor));
    }

    @Test
    void whereThePolicyRefusesTheDeviceHearsItAndNothingStaysOpen() {
        world.policy(tenant, moves(Grant.REFUSED));
        policiesAreKnown();
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> !refusals().isEmpty());
        assertTrue(refusals().get(0).startsWith("POLICY_REFUSES"), refusals().toString());
        assertEquals(List.of(), stages(), "what is refused at once leaves no trace");

        // Neither card is held by it: the next one is a new one, under the policy as it is then.
        world.policy(tenant, moves(Grant.APPROVAL));
        policiesAreKnown();
        world.input(tenant, successor, asked("e-2"));
        world.until(() -> stages().contains("AwaitingApproval"));
        assertTrue(profileOn(old).orElseThrow().isEnabled());
    }

    @Test
    void anOperatorWhoRefusesEndsItAndTheDeviceHearsWhy() {
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> stages().contains("AwaitingApproval"));
        decide(ReplacementVerdict.REFUSE);
        world.until(() -> !refusals().isEmpty());
        assertEquals(List.of("DECLINED: as the customer wishes"), refusals());
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals("DECLINED", last().orElseThrow().outcome().code());
        assertEquals(Optional.empty(), profileOn(successor));
    }

    @Test
    void whoHasNoRightToItGetsNothing() {
        VirtualDevice stranger = world.enrolForDownloads(tenant, "meter-3", eum);
        VirtualDevice rival = world.enrolForDownloads(tenant, "meter-4", eum, METERS.value());
        world.switchOn(tenant, stranger);
        world.switchOn(tenant, rival);
        world.input(tenant, stranger, asked("e-1"));
        world.until(() -> refusals().size() == 1);
        assertTrue(refusals().get(0).startsWith("NOT_IN_GROUP"), refusals().toString());
        assertEquals(List.of(), stages(), "what is refused at once leaves no trace");

        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(10))));
        ask("e-2");
        world.until(() -> stages().contains("Offered"));
        String ticket = last().orElseThrow().ticket();
        // A cloned ticket, a forged one, and an answer in the old device's place.
        Address.Member peer = new Address.Member(old.nid(), METERS);
        world.forge(tenant, rival.nid(), peer, new StepBody.ReplacementRequest("e-3", "mine", null, ticket));
        world.forge(
                tenant,
                rival.nid(),
                peer,
                new StepBody.ReplacementRequest(
                        "e-4", "mine", null, UUID.randomUUID().toString()));
        world.forge(
                tenant,
                rival.nid(),
                new Address.Member(successor.nid(), METERS),
                new StepBody.ReplacementAnswer("e-2.t", ticket, null));
        world.input(tenant, rival, asked("e-5"));
        world.until(() -> refusals().size() == 2);
        assertTrue(refusals().get(1).startsWith("IN_REPLACEMENT"), refusals().toString());
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals(Outcome.SUCCEEDED, last().orElseThrow().outcome());
        assertTrue(profileOn(successor).orElseThrow().isEnabled());
        assertEquals(Optional.empty(), profileOn(rival));
        assertEquals(Optional.empty(), profileOn(stranger));
        assertEquals(List.of(), world.deadLetters(tenant));
    }

    @Test
    void aDeviceIsHeardTwentyTimesADay() {
        for (int i = 1; i <= 20; i++) {
            int ended = i;
            world.input(tenant, successor, asked("e-" + i));
            world.until(() -> last().filter(event -> event.stage().equals("AwaitingApproval"))
                    .isPresent());
            decide(ReplacementVerdict.CANCEL);
            // The device may hear of the end before it is told of on Kafka.
            world.until(() -> refusals().size() == ended
                    && last().filter(event -> event.outcome() != null).isPresent());
        }
        world.input(tenant, successor, asked("e-21"));
        world.until(() -> refusals().size() == 21);
        assertTrue(
                refusals().get(20).startsWith("TOO_MANY_REQUESTS"), refusals().get(20));
        // Another device is not.
        VirtualDevice rival = world.enrolForDownloads(tenant, "meter-4", eum, METERS.value());
        world.switchOn(tenant, rival);
        world.input(tenant, rival, asked("e-1"));
        world.until(() ->
                last().filter(event -> event.stage().equals("AwaitingApproval")).isPresent());
    }

    @Test
    void aFactThatNobodyUnderstandsIsADeadLetterAndKeepsNothingWaiting() throws SQLException {
        new TenantTransaction(application, () -> {}).in(tenant, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO replacement_fact"
                            + " (tenant_id, ticket, fact) VALUES (?, '', '{\"kind\":\"1\"}'), (?, 'no-ticket', '{\"kind\":\"2\"}')")) {
                insert.setString(1, tenant.value());
                insert.setString(2, tenant.value());
                return insert.executeUpdate();
            }
        });
        world.until(() -> world.deadLetters(tenant).size() == 2);
        ask("e-1");
        world.until(() -> last().filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
                .isPresent());
    }

    private static RequestPolicy moves(Grant grant) {
        return new RequestPolicy(List.of(), Optional.of(grant));
    }

    /** An order waits until the fleet was read as far as it presupposes. */
    private void policiesAreKnown() {
        String audit = world.order(tenant, old.nid(), new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null));
        world.until(() -> !world.ended(audit).isEmpty());
    }

    private Input asked(String id) {
        return new Input.AskedPeer(id, new Address.Member(old.nid(), METERS), "the old one is broken", null);
    }

    /** Asks, and an operator approves. */
    private void ask(String id) {
        int before = stages().size();
        world.input(tenant, successor, asked(id));
        world.until(() -> stages().subList(before, stages().size()).contains("AwaitingApproval"));
        decide(ReplacementVerdict.APPROVE);
    }

    private void agree() {
        world.forge(
                tenant,
                old.nid(),
                new Address.Member(successor.nid(), METERS),
                new StepBody.ReplacementAnswer("e-1.t", last().orElseThrow().ticket(), null));
    }

    private void decide(ReplacementVerdict verdict) {
        world.order(new OrderRecord.DecideReplacement(
                tenant,
                UUID.randomUUID().toString(),
                world.version(tenant),
                "alice",
                Instant.now(),
                old.nid(),
                last().orElseThrow().ticket(),
                verdict,
                "as the customer wishes"));
    }

    private List<ReplacementProgressed> progress() {
        return world.events(ReplacementProgressed.class).stream()
                .filter(event -> event.tenant().equals(tenant))
                .toList();
    }

    private Optional<ReplacementProgressed> last() {
        List<ReplacementProgressed> progress = progress();
        return progress.isEmpty() ? Optional.empty() : Optional.of(progress.get(progress.size() - 1));
    }

    private List<String> stages() {
        return progress().stream().map(ReplacementProgressed::stage).toList();
    }

    private List<String> refusals() {
        return world.told().stream()
                .filter(StepBody.RequestRefused.class::isInstance)
                .map(body -> ((StepBody.RequestRefused) body).reason())
                .toList();
    }

    private Optional<IsdP> profileOn(VirtualDevice device) {
        return device.card().isdPs().stream()
                .filter(isdP -> isdP.iccid().equals(Optional.of(iccid)))
                .findFirst();
    }

    private Outcome downloaded(VirtualDevice device) {
        String operation = world.downloadFromStock(
                tenant,
                device.nid(),
                new ProfileDownload(
                        iccid,
                        Optional.of("downloaded"),
                        true,
                        Optional.empty(),
                        Optional.of(WorldCarrier.TEMPLATE),
                        Optional.empty()));
        world.until(() -> !world.ended(operation).isEmpty() || failed(operation).isPresent());
        return failed(operation).orElseGet(() -> world.ended(operation).get(0).outcome());
    }

    private Optional<Outcome> failed(String operation) {
        return world.events(EventRecord.OperationFailed.class).stream()
                .filter(event -> event.operation().equals(operation))
                .map(event -> Outcome.failed(event.code(), event.detail()))
                .findFirst();
    }
}
