package io.godwit.provisioning;

import static io.godwit.provisioning.world.ReplacementNews.profileOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.es5.Pol1;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.EventRecord.ReplacementProgressed;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule.Grant;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.ReplacementNews;
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
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
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
    private ReplacementNews news;
    private WorldCarrier carrier;
    private Eum eum;
    private VirtualDevice old;
    private VirtualDevice successor;
    private Iccid iccid;

    @BeforeEach
    void aDeviceHasADownloadedProfileAndAnotherOneIsToTakeItsPlace() throws IOException {
        world = new KafkaWorld(TopicSet.SHARED);
        news = new ReplacementNews(world, tenant);
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
        assertEquals(Outcome.SUCCEEDED, news.downloaded(old, iccid));
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
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
                    profileOn(old, iccid).filter(IsdP::isEnabled).isPresent()
                            && profileOn(successor, iccid)
                                    .filter(IsdP::isEnabled)
                                    .isPresent(),
                    "enabled on both cards");
            assertFalse(
                    profileOn(old, iccid).isPresent()
                            && profileOn(successor, iccid)
                                    .filter(IsdP::isEnabled)
                                    .isPresent(),
                    "enabled before the old card has deleted it");
            return news.isOver();
        });

        assertEquals(Outcome.SUCCEEDED, news.last().orElseThrow().outcome());
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
                news.stages());
        assertEquals(Optional.empty(), profileOn(old, iccid));
        assertTrue(old.card().isdPs().get(0).isEnabled(), "the old card has fallen back");
        IsdP moved = profileOn(successor, iccid).orElseThrow();
        assertTrue(moved.isEnabled());
        assertEquals(Optional.of(carrier.profilePackage(1)), moved.profilePackage(), "the same subscription");
        assertInstanceOf(
                StepBody.ReplacementAnswer.class, world.told().get(world.told().size() - 1));

        ReplacementProgressed enabling = news.progress().get(7);
        assertEquals(successor.nid(), enabling.holder());
        assertNotNull(enabling.evidence(), "the old card's own word");
        assertNotNull(news.progress().get(8).successorEvidence(), "and the new card's");
        news.progress().subList(0, 7).forEach(before -> assertEquals(old.nid(), before.holder()));
        assertEquals(Outcome.Status.FAILED, news.downloaded(old, iccid).status(), "it is not to be had a second time");
    }

    @Test
    void whileItMovesNobodyElseEnablesItAndACancelTakesItBack() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(20))));
        // Agreed before it went: what the old device says goes by its own nid.
        ask("e-1");
        world.until(() -> news.stages().contains("Offered"));
        agree();
        world.until(() -> news.stages().contains("Deleting"));
        assertFalse(profileOn(successor, iccid).orElseThrow().isEnabled());
        String operation = world.order(
                tenant,
                successor.nid(),
                new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByIccid(iccid)));
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(
                "HELD_BY_REPLACEMENT", world.ended(operation).get(0).outcome().code());

        decide(ReplacementVerdict.CANCEL);
        world.until(() -> news.isOver());
        assertEquals(Outcome.SUCCEEDED, news.last().orElseThrow().outcome(), "too late to cancel");
        assertEquals(Optional.empty(), profileOn(old, iccid));
    }

    @Test
    void anOldDeviceThatKeepsItsProfileEndsItAndNothingHasHappened() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.KeepsItsProfile("its owner has not agreed")));
        ask("e-1");
        world.until(() -> news.isOver());
        assertEquals("KEPT", news.last().orElseThrow().outcome().code());
        assertEquals(old.nid(), news.last().orElseThrow().holder());
        assertEquals(Optional.empty(), profileOn(successor, iccid));
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
        // And the next request is a new one.
        world.input(tenant, old, new Input.Scripted(new Behaviour.Obeys()));
        ask("e-2");
        world.until(() -> news.last()
                .filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
                .isPresent());
    }

    @Test
    void whereThePolicyIsAutomaticNobodyIsAskedButTheOldDevice() {
        world.answeringGroup(tenant, METERS.value(), moves(Grant.AUTOMATIC));
        world.policy(tenant, moves(Grant.REFUSED));
        policiesAreKnown();
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> news.isOver());
        assertEquals(
                Outcome.SUCCEEDED, news.last().orElseThrow().outcome(), "the group's policy goes before the tenant's");
        assertEquals(
                List.of("Requested", "Granted", "Offered", "Agreed", "Installing", "Deleting", "Enabling", "Completed"),
                news.stages());
        assertNotNull(news.progress().get(6).evidence(), "the old card's own word");
        assertEquals(Optional.empty(), profileOn(old, iccid));
        assertTrue(profileOn(successor, iccid).orElseThrow().isEnabled());
    }

    @Test
    void anAutomaticPolicyTakesNothingFromADeviceThatKeepsItsProfile() {
        world.answeringGroup(tenant, METERS.value(), moves(Grant.AUTOMATIC));
        policiesAreKnown();
        world.input(tenant, old, new Input.Scripted(new Behaviour.KeepsItsProfile("its owner has not agreed")));
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> news.isOver());
        assertEquals("KEPT", news.last().orElseThrow().outcome().code());
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
        assertEquals(Optional.empty(), profileOn(successor, iccid));
    }

    @Test
    void whereThePolicyRefusesTheDeviceHearsItAndNothingStaysOpen() {
        world.policy(tenant, moves(Grant.REFUSED));
        policiesAreKnown();
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> !news.refusals().isEmpty());
        assertTrue(
                news.refusals().get(0).startsWith("POLICY_REFUSES"),
                news.refusals().toString());
        assertEquals(List.of(), news.stages(), "what is refused at once leaves no trace");

        // Neither card is held by it: the next one is a new one, under the policy as it is then.
        world.policy(tenant, moves(Grant.APPROVAL));
        policiesAreKnown();
        world.input(tenant, successor, asked("e-2"));
        world.until(() -> news.stages().contains("AwaitingApproval"));
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
    }

    @Test
    void onlyProfilesOfTheOwnersThatThePolicyNamesMove() {
        world.answeringGroup(tenant, METERS.value(), owners("another operator"));
        world.policy(tenant, owners(KafkaWorld.OWNER.name()));
        policiesAreKnown();
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> !news.refusals().isEmpty());
        assertTrue(
                news.refusals().get(0).startsWith("OWNERS_DIFFER"),
                news.refusals().toString());
        assertEquals(List.of(), news.stages());

        world.answeringGroup(tenant, METERS.value(), RequestPolicy.NONE);
        policiesAreKnown();
        world.input(tenant, successor, asked("e-2"));
        world.until(() -> news.stages().contains("AwaitingApproval"));
    }

    private static RequestPolicy owners(String owner) {
        return new RequestPolicy(List.of(), Optional.empty(), Optional.of(Set.of(new ProfileOwner(owner))));
    }

    /** What the profile's template says in stock is held against what the new card's EIS says. */
    @Test
    void aCardThatTheProfileDoesNotFitIsRefusedBeforeAnythingIsSentToIt() {
        successor = tells("meter-3", "profileServices", Json.of("isim"));
        assertEquals("ENVIRONMENTS_DIFFER", refused("e-1"));
        // It goes on with flow D, where the tenant has no policy for it.
        world.until(() -> news.refusals().size() == 2);
        successor = tells("meter-4", "availableMemoryForProfiles", Json.of(1000));
        assertEquals("NOT_ENOUGH_MEMORY", refused("e-2"));
        assertEquals(List.of(), news.stages());
        successor = tells("meter-5", "availableMemoryForProfiles", Json.of(100_000));
        ask("e-3");
        world.until(() -> news.isOver());
        assertEquals(Outcome.SUCCEEDED, news.last().orElseThrow().outcome());
    }

    @Test
    void aProfileThatItsOwnPolicyKeepsOnItsCardStaysThere() {
        WorldCarrier strict = new WorldCarrier(world, tenant, 9000 + tenants, Pol1.DELETE_NOT_ALLOWED);
        strict.bring(1);
        VirtualDevice bound = world.enrolForDownloads(tenant, "meter-3", eum, METERS.value());
        world.switchOn(tenant, bound);
        assertEquals(Outcome.SUCCEEDED, news.downloaded(bound, strict.iccid(1)));
        world.input(
                tenant,
                successor,
                new Input.AskedPeer("e-1", new Address.Member(bound.nid(), METERS), "the old one is broken", null));
        world.until(() -> !news.refusals().isEmpty());
        assertTrue(
                news.refusals().get(0).startsWith("POL1_FORBIDS"),
                news.refusals().toString());
        assertEquals(List.of(), news.stages());
    }

    /** The code by which that E1 is refused. */
    private String refused(String id) {
        int before = news.refusals().size();
        world.input(tenant, successor, asked(id));
        world.until(() -> news.refusals().size() > before);
        String reason = news.refusals().get(before);
        return reason.substring(0, reason.indexOf(':'));
    }

    /** A device whose card says that of itself. */
    private VirtualDevice tells(String nid, String member, Json value) {
        VirtualDevice device =
                world.enrolForDownloads(tenant, nid, eum, eis -> with(eis, member, value), METERS.value());
        world.switchOn(tenant, device);
        policiesAreKnown();
        return device;
    }

    private static Json.Obj with(Json.Obj eis, String member, Json value) {
        Json.ObjectBuilder other = Json.object();
        eis.members().forEach(other::put);
        return member.equals("profileServices")
                ? other.put(
                                "extensions",
                                Json.object().put(member, List.of(value)).build())
                        .build()
                : other.put(member, value).build();
    }

    @Test
    void anOperatorWhoRefusesEndsItAndTheDeviceHearsWhy() {
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> news.stages().contains("AwaitingApproval"));
        decide(ReplacementVerdict.REFUSE);
        world.until(() -> !news.refusals().isEmpty());
        assertEquals(List.of("DECLINED: as the customer wishes"), news.refusals());
        world.until(() -> news.isOver());
        assertEquals("DECLINED", news.last().orElseThrow().outcome().code());
        assertEquals(Optional.empty(), profileOn(successor, iccid));
    }

    @Test
    void whoHasNoRightToItGetsNothing() {
        VirtualDevice stranger = world.enrolForDownloads(tenant, "meter-3", eum);
        VirtualDevice rival = world.enrolForDownloads(tenant, "meter-4", eum, METERS.value());
        world.switchOn(tenant, stranger);
        world.switchOn(tenant, rival);
        world.input(tenant, stranger, asked("e-1"));
        world.until(() -> news.refusals().size() == 1);
        assertTrue(
                news.refusals().get(0).startsWith("NOT_IN_GROUP"),
                news.refusals().toString());
        assertEquals(List.of(), news.stages(), "what is refused at once leaves no trace");

        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(10))));
        ask("e-2");
        world.until(() -> news.stages().contains("Offered"));
        String ticket = news.last().orElseThrow().ticket();
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
        world.until(() -> news.refusals().size() == 2);
        assertTrue(
                news.refusals().get(1).startsWith("IN_REPLACEMENT"),
                news.refusals().toString());
        world.until(() -> news.isOver());
        assertEquals(Outcome.SUCCEEDED, news.last().orElseThrow().outcome());
        assertTrue(profileOn(successor, iccid).orElseThrow().isEnabled());
        assertEquals(Optional.empty(), profileOn(rival, iccid));
        assertEquals(Optional.empty(), profileOn(stranger, iccid));
        assertEquals(List.of(), world.deadLetters(tenant));
    }

    @Test
    void whileAnOperatorIsAskedTheDeviceHearsThatItWaits() {
        // No other test says it: what devices of other tenants are told comes by too.
        world.input(tenant, successor, asked("e-that-waits"));
        world.until(() -> news.stages().contains("AwaitingApproval") && world.delivered("e-that-waits") > 0);
        StepBody.RequestAccepted told = assertInstanceOf(
                StepBody.RequestAccepted.class, world.body("e-that-waits").orElseThrow());
        assertEquals(news.last().orElseThrow().ticket(), told.operation());
        assertEquals(TicketStage.WAITING, told.stage());
        assertFalse(told.trigger(), "nothing was granted that could follow as a B1");
        assertTrue(Optional.ofNullable(told.until()).orElseThrow().isAfter(Instant.now()));
    }

    /** Paper IV.D: then provisioning goes on as the client starts it, by what the group's policy says to it. */
    @Test
    void whereTheEnvironmentsDifferTheNewDeviceGetsAProfileOfItsOwn() {
        world.group(tenant, METERS.value(), KafkaWorld.enable());
        successor = tells("meter-3", "platformType", Json.of("another"));
        world.input(tenant, successor, asked("e-1"));
        world.until(() -> world.events(EventRecord.ProcedureEnded.class).stream()
                .anyMatch(event -> event.tenant().equals(tenant) && event.nid().equals(successor.nid())));
        assertEquals(1, news.refusals().size());
        assertTrue(
                news.refusals().get(0).startsWith("ENVIRONMENTS_DIFFER"),
                news.refusals().toString());
        assertTrue(successor.card().isdPs().get(1).isEnabled(), "its own operational profile");
        assertEquals(Optional.empty(), profileOn(successor, iccid));
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled(), "the old device has lost nothing");
    }

    @Test
    void aDeviceIsHeardTwentyTimesADay() {
        for (int i = 1; i <= 20; i++) {
            int ended = i;
            world.input(tenant, successor, asked("e-" + i));
            world.until(() -> news.last()
                    .filter(event -> event.stage().equals("AwaitingApproval"))
                    .isPresent());
            decide(ReplacementVerdict.CANCEL);
            // The device may hear of the end before it is told of on Kafka.
            world.until(() -> news.refusals().size() == ended && news.isOver());
        }
        world.input(tenant, successor, asked("e-21"));
        world.until(() -> news.refusals().size() == 21);
        assertTrue(
                news.refusals().get(20).startsWith("TOO_MANY_REQUESTS"),
                news.refusals().get(20));
        // Another device is not.
        VirtualDevice rival = world.enrolForDownloads(tenant, "meter-4", eum, METERS.value());
        world.switchOn(tenant, rival);
        world.input(tenant, rival, asked("e-1"));
        world.until(() -> news.last()
                .filter(event -> event.stage().equals("AwaitingApproval"))
                .isPresent());
    }

    /** Whoever holds a stolen device does not learn the names of the fleet by it, and an operator sees that he tries. */
    @Test
    void aFloodOfRequestsIsAnsweredAndCostsTheOthersNothing() {
        VirtualDevice thief = world.enrolForDownloads(tenant, "meter-4", eum, METERS.value());
        for (int i = 1; i <= 300; i++) {
            world.forge(
                    tenant,
                    thief.nid(),
                    new Address.Member(new Nid("meter-" + (1000 + i)), METERS),
                    new StepBody.ReplacementRequest("guess-" + i, "give it to me", null, null));
        }
        // Also what exists is none of its business today.
        world.forge(
                tenant,
                thief.nid(),
                new Address.Member(old.nid(), METERS),
                new StepBody.ReplacementRequest("guess-301", "give it to me", null, null));
        List<String> guesses =
                IntStream.rangeClosed(1, 301).mapToObj(i -> "guess-" + i).toList();
        world.until(() -> guesses.stream().allMatch(id -> world.delivered(id) > 0));
        List<String> codes = guesses.stream()
                .map(id -> assertInstanceOf(
                                StepBody.RequestRefused.class, world.body(id).orElseThrow())
                        .code())
                .toList();
        assertEquals(Set.of("NOT_REGISTERED"), Set.copyOf(codes.subList(0, 20)));
        assertEquals(Set.of("TOO_MANY_REQUESTS"), Set.copyOf(codes.subList(20, 301)), "nothing is looked at any more");
        assertEquals(List.of(), news.stages());
        List<String> told = world.events(EventRecord.ClientRequest.class).stream()
                .filter(event -> event.tenant().equals(tenant))
                .map(event -> event.nid() + " " + event.accepted() + " " + event.reason())
                .toList();
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.get(0).startsWith("meter-4 false E1, NOT_REGISTERED: "), told.toString());
        assertTrue(told.get(1).startsWith("meter-4 false E1, TOO_MANY_REQUESTS: "), told.toString());
        ask("e-1");
        world.until(() -> news.isOver());
        assertEquals(Outcome.SUCCEEDED, news.last().orElseThrow().outcome());
        assertEquals(List.of(), world.deadLetters(tenant));
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
        world.until(() -> news.last()
                .filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
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
        int before = news.stages().size();
        world.input(tenant, successor, asked(id));
        world.until(() -> news.stages().subList(before, news.stages().size()).contains("AwaitingApproval"));
        decide(ReplacementVerdict.APPROVE);
    }

    private void agree() {
        world.forge(
                tenant,
                old.nid(),
                new Address.Member(successor.nid(), METERS),
                new StepBody.ReplacementAnswer(
                        "e-1.t", news.last().orElseThrow().ticket(), null));
    }

    private void decide(ReplacementVerdict verdict) {
        world.order(new OrderRecord.DecideReplacement(
                tenant,
                UUID.randomUUID().toString(),
                world.version(tenant),
                "alice",
                Instant.now(),
                old.nid(),
                news.last().orElseThrow().ticket(),
                verdict,
                "as the customer wishes"));
    }
}
