package io.godwit.simulator.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.protocol.record.ProfileState.State;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.DeviceMemory;
import io.godwit.simulator.device.RecordedAnswers;
import io.godwit.simulator.device.RefusedAttach;
import io.godwit.simulator.device.mqtt.MqttIdentity;
import io.godwit.simulator.network.AttachRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFilesTest {
    private static final MqttIdentity IDENTITY =
            new MqttIdentity(new TenantId("acme"), new Nid("meter-1"), "the device secret");

    @TempDir
    Path directory;

    private DeviceFiles files;
    private List<Eid> eids;

    @BeforeEach
    void make() throws IOException {
        files = new DeviceFiles(directory);
        eids = new FleetFactory(files, new SecureRandom()).make(new FleetPlan(3, 5, 3));
    }

    @Test
    void freshCardsHaveTheBootstrapProfileEnabledAndNumbersOfTheirOwn() throws IOException {
        Fleet fleet = Fleet.load(files);
        assertEquals(eids, fleet.truth().stream().map(CardTruth::eid).toList());
        for (CardTruth truth : fleet.truth()) {
            assertEquals(State.ENABLED, truth.profiles().get(0).state());
            assertEquals(State.DISABLED, truth.profiles().get(1).state());
            assertEquals(0, truth.executedPackets());
        }
        assertEquals(
                6,
                fleet.truth().stream()
                        .flatMap(truth -> truth.profiles().stream())
                        .map(profile -> profile.iccid())
                        .distinct()
                        .count());
        assertNotEquals(
                fleet.cards().get(0).keySets().get(0).keys(),
                fleet.cards().get(1).keySets().get(0).keys());
    }

    @Test
    void cardsHaveTheGroupExtensionInTheShareOfThePlan() throws IOException {
        for (int percent : new int[] {0, 1, 30, 50, 99, 100}) {
            FleetPlan plan = new FleetPlan(4, 700, 200, percent);
            long with =
                    IntStream.range(700, 900).filter(plan::hasGroupExtension).count();
            assertEquals(2L * percent, with);
        }
        FleetPlan half = new FleetPlan(5, 0, 4, 50);
        new FleetFactory(files, new SecureRandom()).make(half);
        List<CardTruth> made = Fleet.load(files).truth().stream()
                .filter(truth -> !eids.contains(truth.eid()))
                .toList();
        assertEquals(
                List.of(false, true, false, true),
                made.stream().map(CardTruth::groupExtension).toList());
        assertTrue(Fleet.load(files).truth().stream()
                .filter(truth -> eids.contains(truth.eid()))
                .allMatch(CardTruth::groupExtension));
        assertThrows(IllegalArgumentException.class, () -> new FleetPlan(4, 1, 1, 101));
        assertThrows(IllegalArgumentException.class, () -> new FleetPlan(4, 1, 1, -1));
    }

    @Test
    void profilesAreOfTheTypesThatTheirEisTells() throws IOException {
        CardState card = Fleet.load(files).cards().get(0);
        assertEquals(
                List.of(Optional.of("bootstrap"), Optional.of("operational")),
                card.isdPs().stream().map(isdP -> isdP.profileType()).toList());
        CardState without = CardFactory.personalise(
                        card.eid(),
                        card.keySets().stream().map(keySet -> keySet.keys()).toList(),
                        List.of(IsdP.withProfile(0, Iccid.withCheckDigit("8900012345678901000"), 1)
                                .withProfileType("testing")))
                .state();
        for (CardState any : List.of(card, without)) {
            Fields eis = new Fields(EisDocument.of(any));
            assertEquals(any.groups().isPresent(), eis.object("extensions").truth("groupPackage"));
            assertEquals(
                    any.isdPs().stream()
                            .map(isdP -> isdP.profileType().orElseThrow())
                            .toList(),
                    eis.list("profiles", profile -> profile.text("type")));
        }
    }

    @Test
    void truthComesOutAsItWentIn() {
        CardTruth truth = truth("meters", "others");
        assertEquals(truth, CardTruth.fromJson(new Fields(truth.toJson())));
        assertFalse(truth.executedTwice(), "two groups count for themselves");
        assertTrue(truth("meters", "others", "meters").executedTwice());
    }

    private CardTruth truth(String... executedFor) {
        return new CardTruth(
                eids.get(0),
                IDENTITY.nid(),
                List.of(),
                1,
                3,
                List.of(1L, 2L),
                true,
                true,
                List.of(new GroupTruth.Membership(IDENTITY.tenant(), new Gid("meters"), 2, 9)),
                4,
                Stream.of(executedFor)
                        .map(gid -> new GroupTruth.Execution(IDENTITY.tenant(), new Gid(gid), 8))
                        .toList(),
                new RefusedAttach(new Iccid("89000123456789012341"), AttachRefusal.SYNC_FAILURE, false));
    }

    @Test
    void makingThemAgainKeepsTheCards() throws IOException {
        DeviceMemory before = files.load(eids.get(0));
        new FleetFactory(files, new SecureRandom()).make(new FleetPlan(3, 5, 4));
        assertEquals(before, files.load(eids.get(0)));
        assertEquals(4, files.eids().size());
    }

    @Test
    void memoryComesBackWithItsAnswersAndItsDebt() throws IOException {
        DeviceMemory fresh = files.load(eids.get(0));
        DeviceMemory used = new DeviceMemory(
                fresh.card(),
                RecordedAnswers.NONE.with(Octets.utf8("packet"), Octets.utf8("response")),
                new ConfirmationResult("r-1", Octets.utf8("result")),
                new RefusedAttach(new Iccid("89000123456789012341"), AttachRefusal.MAC_FAILURE, true));
        files.save(eids.get(0), used);
        assertEquals(used, files.load(eids.get(0)));
    }

    @Test
    void damagedMemoryIsSaid() throws IOException {
        Files.writeString(directory.resolve(eids.get(0) + ".device"), "{\"v\":1,\"card\":\"AAAA\",\"answers\":[]}");
        assertThrows(MalformedRecordException.class, () -> files.load(eids.get(0)));
        assertThrows(
                MalformedRecordException.class,
                () -> files.load(Eid.withCheckDigits("8904903200000000000000000000".concat("99"))));
    }

    @Test
    void credentialIsKeptForTheNextStart() throws IOException {
        Fleet fleet = Fleet.load(files);
        Credential stranger = new Credential(new FleetPlan(4, 1, 1).eid(1), IDENTITY);
        assertEquals(1, fleet.accept(List.of(new Credential(eids.get(1), IDENTITY), stranger)));
        assertEquals(Optional.of(new Credential(eids.get(1), IDENTITY)), files.findCredential(eids.get(1)));
        Fleet again = Fleet.load(files);
        assertEquals(1, again.snapshot().registered());
        assertEquals(eids.get(1), again.findTruth(IDENTITY.nid()).orElseThrow().eid());
    }

    @Test
    void secretIsNotInTheText() {
        assertEquals(
                "Credential[eid=" + eids.get(0) + ", identity=acme/meter-1]",
                new Credential(eids.get(0), IDENTITY).toString());
    }

    @Test
    void recordForgetsTheOldestAnswers() {
        RecordedAnswers answers = RecordedAnswers.NONE;
        for (int i = 0; i <= RecordedAnswers.CAPACITY; i++) {
            answers = answers.with(Octets.utf8("packet " + i), Octets.utf8("response " + i));
        }
        assertEquals(RecordedAnswers.CAPACITY, answers.entries().size());
        assertEquals(Optional.empty(), answers.find(Octets.utf8("packet 0")));
        assertEquals(Optional.of(Octets.utf8("response 1")), answers.find(Octets.utf8("packet 1")));
    }
}
