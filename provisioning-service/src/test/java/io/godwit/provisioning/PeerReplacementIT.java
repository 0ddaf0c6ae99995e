package io.godwit.provisioning;

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
        carrier = new WorldCarrier(world, tenant, 500 + tenants);
        carrier.bring(1);
        iccid = carrier.iccid(1);
        old = world.enrolAsPeer(tenant, "meter-1", eum, METERS.value());
        successor = world.enrolAsPeer(tenant, "meter-2", eum, METERS.value());
        world.switchOn(tenant, old);
        world.switchOn(tenant, successor);
        assertEquals(Outcome.SUCCEEDED, downloaded(old));
        assertTrue(profileOn(old).orElseThrow().isEnabled());
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
        assertEquals("Peer", last().orElseThrow().parties().mode());
        assertEquals(Optional.empty(), profileOn(old));
        IsdP moved = profileOn(successor).orElseThrow();
        assertTrue(moved.isEnabled());
        assertEquals(Optional.of(carrier.profilePackage(1)), moved.profilePackage(), "the same subscription");
        assertEquals(Optional.empty(), moved.keys(), "no SM-DP had a part in it");
        StepBody.ReplacementAnswer told =
                (StepBody.ReplacementAnswer) world.told().get(world.told().size() - 1);
        assertTrue(PeerExport.decode(told.profile()).toOptional().isPresent());
        ReplacementProgressed enabling = progress().get(7);
        assertEquals(successor.nid(), enabling.holder());
        assertNotNull(enabling.evidence(), "the old card's own word");
        assertEquals(List.of(), world.deadLetters(tenant));
        assertEquals(Outcome.SUCCEEDED, ordered(successor, EsFunction.Name.DISABLE_PROFILE), "an ordinary profile");
    }

    @Test
    void aCancelTakesTheLockAwayWhenTheNewCardHasSaidThatItIsWithout() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(5))));
        ask("e-1", successor);
        world.until(() -> stages().contains("Offered"));
        // It does not hear E2.
        world.input(tenant, successor, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(20))));
        world.until(() -> stages().contains("Installing"));
        assertFalse(profileOn(old).orElseThrow().isEnabled(), "locked before anything has left the card");
        decide(ReplacementVerdict.CANCEL, false);
        world.until(() -> stages().contains("Withdrawing"));
        assertFalse(stages().contains("Restoring"), "the new card has not said anything yet");

        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals("CANCELLED", last().orElseThrow().outcome().code());
        assertEquals(
                List.of("Installing", "Withdrawing", "Restoring", "Ended"),
                stages().subList(stages().size() - 4, stages().size()));
        assertEquals(old.nid(), last().orElseThrow().holder());
        assertEquals(Optional.empty(), profileOn(successor));
        assertTrue(profileOn(old).orElseThrow().isEnabled());
    }

    @Test
    void anOldDeviceThatKeepsItsProfileLeadsOverTheFloorAndTheUnlock() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.KeepsItsProfile("its owner has not agreed")));
        ask("e-1", successor);
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals("KEPT", last().orElseThrow().outcome().code());
        assertEquals(
                List.of("Requested", "AwaitingApproval", "Granted", "Offered", "Withdrawing", "Restoring", "Ended"),
                stages());
        assertTrue(profileOn(old).orElseThrow().isEnabled());
        assertTrue(successor.card().peer().floor().value() > 0, "an E2 that comes late is refused");
        // And the next request is a new one.
        world.input(tenant, old, new Input.Scripted(new Behaviour.Obeys()));
        ask("e-2", successor);
        world.until(() -> last().filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
                .isPresent());
        assertTrue(profileOn(successor).orElseThrow().isEnabled());
    }

    @Test
    void aCardWithoutAKeyOfItsOwnTakesNoPart() {
        VirtualDevice plain = world.enrolForDownloads(tenant, "meter-3", eum, METERS.value());
        world.switchOn(tenant, plain);
        ask("e-1", plain);
        world.until(() -> !refusals().isEmpty());
        assertTrue(refusals().get(0).startsWith("NO_PEER_KEY"), refusals().toString());
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals("NO_PEER_KEY", last().orElseThrow().outcome().code());
        assertTrue(profileOn(old).orElseThrow().isEnabled());
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
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals("NOT_OF_STOCK", last().orElseThrow().outcome().code());
        assertTrue(profileOn(old).orElseThrow().isEnabled());

        ask("e-2", successor);
        world.until(() -> last().filter(event -> Outcome.SUCCEEDED.equals(event.outcome()))
                .isPresent());
        assertEquals(Optional.of(octets), profileOn(successor).orElseThrow().profilePackage());
        assertTrue(profileOn(successor).orElseThrow().isEnabled());
        assertEquals(Optional.empty(), profileOn(old));
    }

    /** Who has the ticket's name and no card for it gets nowhere. */
    @Test
    void anE1WithoutTheCardsOfferGoesNoFurther() {
        world.input(tenant, old, new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(10))));
        ask("e-1", successor);
        world.until(() -> stages().contains("Offered"));
        Address.Member peer = new Address.Member(old.nid(), METERS);
        String ticket = last().orElseThrow().ticket();
        world.forge(tenant, successor.nid(), peer, new StepBody.ReplacementRequest("e-9", "mine", null, ticket));
        world.until(() -> last().filter(event -> event.outcome() != null).isPresent());
        assertEquals(Outcome.SUCCEEDED, last().orElseThrow().outcome());
        world.told().stream()
                .filter(StepBody.ReplacementAnswer.class::isInstance)
                .map(StepBody.ReplacementAnswer.class::cast)
                .forEach(answer -> assertNotNull(answer.profile(), "the old device was asked without an offer"));
    }

    private void ask(String id, VirtualDevice device) {
        ask(id, device, true);
    }

    private void ask(String id, VirtualDevice device, boolean peer) {
        int before = stages().size();
        world.input(
                tenant,
                device,
                new Input.AskedPeer(id, new Address.Member(old.nid(), METERS), "the old one is broken", null));
        world.until(() -> stages().subList(before, stages().size()).contains("AwaitingApproval"));
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
                last().orElseThrow().ticket(),
                verdict,
                "as the customer wishes",
                peer));
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

    private Outcome ordered(VirtualDevice device, EsFunction.Name function) {
        String operation =
                world.order(tenant, device.nid(), new EsFunction(function, new ProfileTarget.ByIccid(iccid)));
        world.until(() -> !world.ended(operation).isEmpty());
        return world.ended(operation).get(0).outcome();
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
        world.until(() -> !world.ended(operation).isEmpty());
        return world.ended(operation).get(0).outcome();
    }
}
