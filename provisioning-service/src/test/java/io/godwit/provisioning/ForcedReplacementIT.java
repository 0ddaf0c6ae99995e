package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.ReplacementNews;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.provisioning.world.WorldCarrier;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.Input;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.EumFiles;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The old card is gone: its successor gets another subscription, and it is made to delete its profile should it ever appear. */
@QuarkusTest
class ForcedReplacementIT {
    private static final Gid METERS = new Gid("meters");
    /** The series of carriers of this class. */
    private static final int SERIES = 500;

    private static int tenants;

    private final TenantId tenant = new TenantId("forced-" + ++tenants);
    private KafkaWorld world;
    private ReplacementNews news;
    private WorldCarrier carrier;
    private Eum eum;
    private VirtualDevice old;
    private VirtualDevice successor;

    @BeforeEach
    void aDeviceWithADownloadedProfileGoesAndTwoSubscriptionsAreLeft() throws IOException {
        world = new KafkaWorld(TopicSet.SHARED);
        news = new ReplacementNews(world, tenant);
        world.tenant(tenant);
        world.group(tenant, METERS.value(), null);
        eum = EumFiles.in(Path.of("src/test/resources/pki")).read();
        carrier = new WorldCarrier(world, tenant, SERIES + tenants);
        carrier.bring(3);
        old = world.enrolForDownloads(tenant, "meter-1", eum, METERS.value());
        successor = world.enrolForDownloads(tenant, "meter-2", eum, METERS.value());
        world.switchOn(tenant, old);
        world.switchOn(tenant, successor);
        assertEquals(Outcome.SUCCEEDED, downloaded(old, 1));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theSuccessorGetsAnotherSubscriptionAndTheOldCardDeletesItsOwnWhenItAppears() {
        world.input(tenant, old, new Input.Stopped());
        String waiting = world.order(tenant, old.nid(), new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null));
        String ticket = force(2);
        world.until(() -> ended(ticket).isPresent());

        assertEquals(Outcome.SUCCEEDED, ended(ticket).orElseThrow());
        assertEquals(List.of("Forced", "Installing", "Completed"), stages(ticket));
        assertEquals(List.of(Outcome.SUCCEEDED), outcomes(ticket), "an operation like a download");
        assertTrue(profileOn(successor, 2).orElseThrow().isEnabled());
        assertEquals(
                Optional.of(carrier.profilePackage(2)),
                profileOn(successor, 2).orElseThrow().profilePackage());
        assertEquals("QUARANTINED", code(waiting), "what waited for it is not served either");

        // Whatever anybody orders for the old card has its refusal at once.
        String audit = world.order(tenant, old.nid(), new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null));
        String delete = world.order(
                tenant,
                old.nid(),
                new EsFunction(EsFunction.Name.DELETE_PROFILE, new ProfileTarget.ByIccid(carrier.iccid(1))));
        world.until(() -> !world.ended(audit).isEmpty() && !world.ended(delete).isEmpty());
        assertEquals("QUARANTINED", code(audit));
        assertEquals("QUARANTINED", code(delete), "also the same in somebody else's name");
        assertEquals("QUARANTINED", downloaded(old, 3).code());
        assertTrue(profileOn(old, 1).orElseThrow().isEnabled(), "it has heard of nothing");

        world.switchOn(tenant, old);
        world.until(() -> profileOn(old, 1).isEmpty());
        assertTrue(old.card().isdPs().get(0).isEnabled(), "it has fallen back");
        // The card's own word ends it: it is served again, and nobody gets what was revoked.
        world.until(() -> Outcome.SUCCEEDED.equals(downloaded(old, 3)));
        assertEquals("SUBSCRIPTION_REVOKED", downloaded(successor, 1).code());
        carrier.bring(1);
        assertEquals("SUBSCRIPTION_REVOKED", downloaded(successor, 1).code(), "an import brings it back no more");
        assertEquals(List.of(), world.deadLetters(tenant));
    }

    @Test
    void aCardThatHasFallenBackIsGivenUpForItsSubscriptionAndNotForWhatItFellBackTo() {
        String disable = world.order(
                tenant,
                old.nid(),
                new EsFunction(EsFunction.Name.DISABLE_PROFILE, new ProfileTarget.ByIccid(carrier.iccid(1))));
        world.until(() -> !world.ended(disable).isEmpty());
        assertTrue(old.card().isdPs().get(0).isEnabled(), "with what it was made with");
        world.input(tenant, old, new Input.Stopped());
        String ticket = force(2);
        world.until(() -> ended(ticket).isPresent() || news.failed(ticket).isPresent());
        assertEquals(Optional.of(Outcome.SUCCEEDED), ended(ticket));
        assertEquals(carrier.iccid(1), news.progress().get(0).parties().iccid(), "the operator named none");
        world.switchOn(tenant, old);
        world.until(() -> profileOn(old, 1).isEmpty());
    }

    /** Such a card can never delete it; its successor waits for nothing. */
    @Test
    void aCardThatFallsBackToItsOnlySubscriptionIsGivenUpToo() {
        String moved = world.order(
                tenant,
                old.nid(),
                new EsFunction(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, new ProfileTarget.ByIccid(carrier.iccid(1))));
        world.until(() -> !world.ended(moved).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(moved).get(0).outcome());
        world.input(tenant, old, new Input.Stopped());
        String ticket = force(2);
        world.until(() -> ended(ticket).isPresent() || news.failed(ticket).isPresent());
        assertEquals(Optional.of(Outcome.SUCCEEDED), ended(ticket));
        assertTrue(profileOn(successor, 2).orElseThrow().isEnabled());
        assertEquals("SUBSCRIPTION_REVOKED", downloaded(successor, 1).code());
        world.switchOn(tenant, old);
        world.during(Duration.ofSeconds(3));
        assertTrue(profileOn(old, 1).isPresent(), "its card refuses to delete it");
        assertEquals("QUARANTINED", downloaded(old, 3).code());
    }

    /** Which of two is lost an operator has to say: revoked for ever is no guess. */
    @Test
    void aCardWithTwoSubscriptionsThatHasFallenBackIsGivenUpForTheOneThatIsNamed() {
        assertEquals(Outcome.SUCCEEDED, downloaded(old, 3));
        for (EsFunction.Name name : List.of(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, EsFunction.Name.ENABLE_PROFILE)) {
            String order =
                    world.order(tenant, old.nid(), new EsFunction(name, new ProfileTarget.ByIccid(carrier.iccid(1))));
            world.until(() -> !world.ended(order).isEmpty());
            assertEquals(Outcome.SUCCEEDED, world.ended(order).get(0).outcome());
        }
        world.input(tenant, old, new Input.Stopped());
        String guess = force(2);
        world.until(() -> news.failed(guess).isPresent());
        assertEquals("IS_FALLBACK", news.failed(guess).orElseThrow().code());
        String named = force(successor, 2, carrier.iccid(3));
        world.until(() -> ended(named).isPresent() || news.failed(named).isPresent());
        assertEquals(Optional.of(Outcome.SUCCEEDED), ended(named));
        assertEquals(carrier.iccid(3), news.last().orElseThrow().parties().iccid());
    }

    @Test
    void aCardInQuarantineIsNoPartOfAnotherReplacement() {
        world.input(tenant, old, new Input.Stopped());
        String ticket = force(2);
        world.until(() -> ended(ticket).isPresent());
        String again = force(3);
        world.until(() -> news.failed(again).isPresent());
        assertEquals("QUARANTINED", news.failed(again).orElseThrow().code());
        VirtualDevice third = world.enrolForDownloads(tenant, "meter-3", eum, METERS.value());
        world.switchOn(tenant, third);
        world.input(
                tenant,
                third,
                new Input.AskedPeer("e-1", new Address.Member(old.nid(), METERS), "mine", carrier.iccid(1)));
        world.until(() -> world.told().stream()
                .anyMatch(said -> said instanceof StepBody.RequestRefused refused
                        && refused.reason().startsWith("QUARANTINED")));
        assertEquals(Optional.empty(), profileOn(third, 1));
    }

    @Test
    void whatCannotBeIsRefusedAndTheOldCardKeepsItsRights() {
        VirtualDevice stranger = world.enrolForDownloads(tenant, "meter-9", eum);
        String foreign = force(stranger, 2, null);
        String unknown = force(successor, 2, carrier.iccid(3));
        String fallback = force(successor, 2, old.card().isdPs().get(0).iccid().orElseThrow());
        world.until(() -> news.failed(foreign).isPresent()
                && news.failed(unknown).isPresent()
                && news.failed(fallback).isPresent());
        assertEquals("NOT_IN_GROUP", news.failed(foreign).orElseThrow().code());
        assertEquals("PROFILE_NOT_FOUND", news.failed(unknown).orElseThrow().code());
        assertEquals("IS_FALLBACK", news.failed(fallback).orElseThrow().code());
        assertEquals(List.of(), stages(foreign));

        // Nothing was reserved for it that the SM-DP has: the old card is given up all the same.
        String empty = force(successor, 7, null);
        world.until(() -> ended(empty).isPresent());
        assertEquals("SUBSCRIPTION_UNKNOWN", news.failed(empty).orElseThrow().code());
        assertEquals("NOT_INSTALLED", ended(empty).orElseThrow().code());
        world.until(() -> profileOn(old, 1).isEmpty());
    }

    @Test
    void aReplacementThatWaitsForADeadCardIsForcedAndTheCopyOnTheNewCardGoesFirst() {
        world.input(
                tenant,
                successor,
                new Input.AskedPeer("e-1", new Address.Member(old.nid(), METERS), "the old one is broken", null));
        world.until(() -> news.last()
                .filter(event -> event.stage().equals("AwaitingApproval"))
                .isPresent());
        String ticket = news.last().orElseThrow().ticket();
        world.input(tenant, old, new Input.Stopped());
        world.order(new OrderRecord.DecideReplacement(
                tenant,
                UUID.randomUUID().toString(),
                world.version(tenant),
                "alice",
                Instant.now(),
                old.nid(),
                ticket,
                ReplacementVerdict.APPROVE,
                null));
        world.until(() -> stages(ticket).contains("Offered"));
        // Agreed before it went: what the old device says goes by its own nid.
        world.forge(
                tenant,
                old.nid(),
                new Address.Member(successor.nid(), METERS),
                new StepBody.ReplacementAnswer("e-1.t", ticket, null));
        world.until(() -> stages(ticket).contains("Deleting"));

        world.order(order(ticket, successor, 2, null));
        world.order(order(ticket, successor, 2, null));
        world.until(() -> ended(ticket).isPresent());
        assertEquals(Outcome.SUCCEEDED, ended(ticket).orElseThrow());
        assertEquals(
                List.of("Deleting", "Withdrawing", "Forced", "Installing", "Completed"),
                stages(ticket)
                        .subList(
                                stages(ticket).indexOf("Deleting"),
                                stages(ticket).size()));
        assertEquals(
                List.of("Withdrawing", "Forced", "Installing", "Completed"),
                news.progress().stream()
                        .filter(ReplacementProgressed::forced)
                        .map(ReplacementProgressed::stage)
                        .toList(),
                "the registry hears of it at once");
        assertEquals(Optional.empty(), profileOn(successor, 1));
        assertTrue(profileOn(successor, 2).orElseThrow().isEnabled());
        assertEquals(Optional.empty(), news.failed(ticket), "an order that comes twice is one");

        world.switchOn(tenant, old);
        world.until(() -> profileOn(old, 1).isEmpty());
    }

    @Test
    void noDeviceKeepsACardFromBeingGivenUpByAskingForIt() {
        VirtualDevice third = world.enrolForDownloads(tenant, "meter-3", eum, METERS.value());
        world.switchOn(tenant, third);
        world.input(
                tenant, third, new Input.AskedPeer("e-1", new Address.Member(old.nid(), METERS), "it is mine", null));
        world.until(() -> news.last()
                .filter(event -> event.stage().equals("AwaitingApproval"))
                .isPresent());
        String open = news.last().orElseThrow().ticket();
        world.input(tenant, old, new Input.Stopped());
        String ticket = force(2);
        world.until(() -> ended(ticket).isPresent());
        assertEquals(Outcome.SUCCEEDED, ended(ticket).orElseThrow());
        assertEquals("SUPERSEDED", ended(open).orElseThrow().code());
        world.until(() -> world.told().stream()
                .anyMatch(said -> said instanceof StepBody.RequestRefused refused
                        && refused.reason().startsWith("SUPERSEDED")));
    }

    @Test
    void anOrderThatWasRefusedIsRefusedForGood() {
        String ticket = force(successor, 2, carrier.iccid(3));
        world.until(() -> news.failed(ticket).isPresent());
        assertEquals("PROFILE_NOT_FOUND", news.failed(ticket).orElseThrow().code());
        assertEquals(Outcome.SUCCEEDED, downloaded(old, 3));
        // Now it could be carried out: but what it had reserved is the stock's again.
        world.order(order(ticket, successor, 2, carrier.iccid(3)));
        String behind = force(successor, 2, old.card().isdPs().get(0).iccid().orElseThrow());
        world.until(() -> news.failed(behind).isPresent());
        assertEquals(List.of(), stages(ticket));
    }

    private String force(int number) {
        return force(successor, number, null);
    }

    /** @param iccid the old card's profile; {@code null}: the one that is enabled */
    private String force(VirtualDevice fresh, int number, Iccid iccid) {
        String ticket = UUID.randomUUID().toString();
        world.order(order(ticket, fresh, number, iccid));
        return ticket;
    }

    private OrderRecord.ForceReplacement order(String ticket, VirtualDevice fresh, int number, Iccid iccid) {
        return new OrderRecord.ForceReplacement(
                tenant,
                ticket,
                world.version(tenant),
                "alice",
                Instant.now(),
                old.nid(),
                fresh.nid(),
                METERS,
                iccid,
                "drowned",
                false,
                ReplacementNews.download(carrier.iccid(number)));
    }

    private List<String> stages(String ticket) {
        return news.progress().stream()
                .filter(event -> event.ticket().equals(ticket))
                .map(ReplacementProgressed::stage)
                .toList();
    }

    private Optional<Outcome> ended(String ticket) {
        return news.progress().stream()
                .filter(event -> event.ticket().equals(ticket) && event.outcome() != null)
                .map(ReplacementProgressed::outcome)
                .findFirst();
    }

    private List<Outcome> outcomes(String operation) {
        return world.ended(operation).stream()
                .map(EventRecord.ProcedureEnded::outcome)
                .toList();
    }

    private String code(String operation) {
        return outcomes(operation).get(0).code();
    }

    private Optional<IsdP> profileOn(VirtualDevice device, int number) {
        return ReplacementNews.profileOn(device, carrier.iccid(number));
    }

    private Outcome downloaded(VirtualDevice device, int number) {
        return news.downloaded(device, carrier.iccid(number));
    }
}
