package io.godwit.provisioning;

import static io.godwit.provisioning.world.ReplacementNews.profileOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.peer.PeerExport;
import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord.ReplacementProgressed;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.OrderRecord.ReplacementVerdict;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.world.KafkaWorld;
import io.godwit.provisioning.world.ReplacementNews;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.provisioning.world.WorldCarrier;
import io.godwit.provisioning.world.WorldSmDp;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.Behaviour;
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

/** Flow E to the paper's letter, through the running service, with cards that have the extension: the profile goes from card to card. */
@QuarkusTest
class PeerReplacementIT {
    private static final Gid METERS = new Gid("meters");
    private static int tenants;

    private final TenantId tenant = new TenantId("peer-" + ++tenants);
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
        carrier = new WorldCarrier(world, tenant, 500 + tenants);
        carrier.bring(1);
        iccid = carrier.iccid(1);
        old = world.enrolAsPeer(tenant, "meter-1", eum, METERS.value());
        successor = world.enrolAsPeer(tenant, "meter-2", eum, METERS.value());
        world.switchOn(tenant, old);
        world.switchOn(tenant, successor);
        assertEquals(Outcome.SUCCEEDED, news.downloaded(old, iccid));
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
        world.until(() -> isMember(old) && isMember(successor));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static boolean isMember(VirtualDevice device) {
        return !device.card().groups().orElseThrow().configurations().isEmpty();
    }

    @Test
    void theProfileGoesFromCardToCardAndIsNeverEnabledOnTwo() {
        ask("e-1", successor);
        world.until(() -> {
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
        assertEquals("Peer", news.last().orElseThrow().parties().mode());
        assertEquals(Optional.empty(), profileOn(old, iccid));
        IsdP moved = profileOn(successor, iccid).orElseThrow();
        assertTrue(moved.isEnabled());
        assertEquals(Optional.of(carrier.profilePackage(1)), moved.profilePackage(), "the same subscription");
        assertEquals(Optional.empty(), moved.keys(), "no SM-DP had a part in it");
        StepBody.ReplacementAnswer told =
                (StepBody.ReplacementAnswer) world.told().get(world.told().size() - 1);
        assertTrue(PeerExport.decode(told.profile()).toOptional().isPresent());
        ReplacementProgressed enabling = news.progress().get(7);
        assertEquals(successor.nid(), enabling.holder());
        assertNotNull(enabling.evidence(), "the old card's own word");
        assertEquals(List.of(), world.deadLetters(tenant));
        assertEquals(Outcome.SUCCEEDED, ordered(successor, EsFunction.Name.DISABLE_PROFILE), "an ordinary profile");
    }

    @Test
    void aCancelTakesTheLockAwayWhenTheNewCardHasSaidThatItIsWithout() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(5))));
        ask("e-1", successor);
        world.until(() -> news.stages().contains("Offered"));
        // It does not hear E2.
        world.input(tenant, successor, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(20))));
        world.until(() -> news.stages().contains("Installing"));
        assertFalse(profileOn(old, iccid).orElseThrow().isEnabled(), "locked before anything has left the card");
        decide(ReplacementVerdict.CANCEL, false);
        world.until(() -> news.stages().contains("Withdrawing"));
        assertFalse(news.stages().contains("Restoring"), "the new card has not said anything yet");

        world.until(() -> news.isOver());
        assertEquals("CANCELLED", news.last().orElseThrow().outcome().code());
        assertEquals(
                List.of("Installing", "Withdrawing", "Restoring", "Ended"),
                news.stages().subList(news.stages().size() - 4, news.stages().size()));
        assertEquals(old.nid(), news.last().orElseThrow().holder());
        assertEquals(Optional.empty(), profileOn(successor, iccid));
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
    }

    @Test
    void anOldDeviceThatKeepsItsProfileLeadsOverTheFloorAndTheUnlock() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.KeepsItsProfile("its owner has not agreed")));
        ask("e-1", successor);
        world.until(() -> news.isOver());
        assertEquals("KEPT", news.last().orElseThrow().outcome().code());
        assertEquals(
                List.of("Requested", "AwaitingApproval", "Granted", "Offered", "Withdrawing", "Restoring", "Ended"),
                news.stages());
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
        assertTrue(successor.card().peer().floor().value() > 0, "an E2 that comes late is refused");
        // And the next request is a new one.
        world.input(tenant, old, new Input.Scripted(new Behaviour.Obeys()));
        ask("e-2", successor);
        world.until(() -> news.last()
                .filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
                .isPresent());
        assertTrue(profileOn(successor, iccid).orElseThrow().isEnabled());
    }

    @Test
    void aCardWithoutAKeyOfItsOwnTakesNoPart() {
        VirtualDevice plain = world.enrolForDownloads(tenant, "meter-3", eum, METERS.value());
        world.switchOn(tenant, plain);
        ask("e-1", plain);
        world.until(() -> !news.refusals().isEmpty());
        assertTrue(
                news.refusals().get(0).startsWith("NO_PEER_KEY"),
                news.refusals().toString());
        world.until(() -> news.isOver());
        assertEquals("NO_PEER_KEY", news.last().orElseThrow().outcome().code());
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());
    }

    /** The SM-DP knows nothing of it: the operator who says so has it go from card to card, and nobody else. */
    @Test
    void aLargeProfileOfNoStockGoesFromCardToCardOrNotAtAll() {
        int number = 700 + tenants;
        iccid = WorldSmDp.iccid(number);
        SecretOctets octets = WorldSmDp.profile(number, 50_000);
        old = world.enrolAsPeer(tenant, "meter-3", eum, METERS.value());
        world.switchOn(tenant, old);
        String operation = world.download(
                tenant,
                old.nid(),
                new ProfileDownload(iccid, Optional.of("downloaded"), true, Optional.empty()),
                octets,
                iccid);
        world.until(() -> !world.ended(operation).isEmpty());
        assertEquals(Outcome.SUCCEEDED, world.ended(operation).get(0).outcome());
        world.until(() -> isMember(old));

        ask("e-1", successor, false);
        world.until(() -> news.isOver());
        assertEquals("NOT_OF_STOCK", news.last().orElseThrow().outcome().code());
        assertTrue(profileOn(old, iccid).orElseThrow().isEnabled());

        ask("e-2", successor);
        world.until(() -> news.last()
                .filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
                .isPresent());
        assertEquals(
                Optional.of(octets), profileOn(successor, iccid).orElseThrow().profilePackage());
        assertTrue(profileOn(successor, iccid).orElseThrow().isEnabled());
        assertEquals(Optional.empty(), profileOn(old, iccid));
    }

    /** Who has the ticket's name and no card for it gets nowhere. */
    @Test
    void anE1WithoutTheCardsOfferGoesNoFurther() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(10))));
        ask("e-1", successor);
        world.until(() -> news.stages().contains("Offered"));
        Address.Member peer = new Address.Member(old.nid(), METERS);
        String ticket = news.last().orElseThrow().ticket();
        world.forge(tenant, successor.nid(), peer, new StepBody.ReplacementRequest("e-9", "mine", null, ticket));
        world.until(() -> news.isOver());
        assertEquals(Outcome.SUCCEEDED, news.last().orElseThrow().outcome());
        world.told().stream()
                .filter(StepBody.ReplacementAnswer.class::isInstance)
                .map(StepBody.ReplacementAnswer.class::cast)
                .forEach(answer -> assertNotNull(answer.profile(), "the old device was asked without an offer"));
    }

    private void ask(String id, VirtualDevice device) {
        ask(id, device, true);
    }

    private void ask(String id, VirtualDevice device, boolean peer) {
        int before = news.stages().size();
        world.input(
                tenant,
                device,
                new Input.AskedPeer(id, new Address.Member(old.nid(), METERS), "the old one is broken", null));
        world.until(() -> news.stages().subList(before, news.stages().size()).contains("AwaitingApproval"));
        decide(ReplacementVerdict.APPROVE, peer);
    }

    private void decide(ReplacementVerdict verdict, boolean peer) {
        world.order(new OrderRecord.DecideReplacement(
                tenant,
                UUID.randomUUID().toString(),
                world.version(tenant),
                "alice",
                Instant.now(),
                old.nid(),
                news.last().orElseThrow().ticket(),
                verdict,
                "as the customer wishes",
                peer));
    }

    private Outcome ordered(VirtualDevice device, EsFunction.Name function) {
        String operation =
                world.order(tenant, device.nid(), new EsFunction(function, new ProfileTarget.ByIccid(iccid)));
        world.until(() -> !world.ended(operation).isEmpty());
        return world.ended(operation).get(0).outcome();
    }
}
