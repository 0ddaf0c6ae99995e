package io.godwit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.grouppackage.GroupAnswer;
import io.godwit.gsma.grouppackage.GroupCommand;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.grouppackage.Selection;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.protocol.body.StepBody.GroupResult;
import io.godwit.protocol.body.StepBody.Received;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBody.TriggerResult;
import io.godwit.simulator.device.AgentEvent;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.DeviceFiles;
import io.godwit.simulator.fleet.Fleet;
import io.godwit.simulator.fleet.FleetFactory;
import io.godwit.simulator.fleet.FleetPlan;
import io.godwit.simulator.fleet.FleetSnapshot;
import io.godwit.simulator.fleet.GroupTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real cards in devices at a real broker; half of the devices speak MQTT 3.1.1, the others MQTT 5. */
@Timeout(60)
class FleetIT {
    private static final EnableProfile ENABLE = new EnableProfile(SecurityDomains.isdP(1));
    private static final int CARDS = 4;

    @TempDir
    Path directory;

    private DeviceFiles files;
    private Fleet fleet;
    private SmSrStandIn smSr;

    @BeforeEach
    void switchOn() throws IOException, InterruptedException {
        files = new DeviceFiles(directory);
        new FleetFactory(files, new SecureRandom()).make(new FleetPlan(7, 1, CARDS));
        fleet = Fleet.load(files);
        fleet.accept(TestFleet.credentials(files.eids()));
        smSr = new SmSrStandIn(TestBroker.address());

        fleet.start(TestFleet.hasty(TestBroker.address()).withMqtt3Percent(2));
        awaitConnected(CARDS);
    }

    @AfterEach
    void switchOff() {
        fleet.close();
        smSr.close();
    }

    @Test
    void everyCardIsEnabledByTheEightMessagesOfThePaper() throws InterruptedException {
        for (int card = 0; card < CARDS; card++) {
            Nid nid = TestFleet.nid(card);
            smSr.publish(nid, new Trigger("t" + card, "op"));
            assertEquals(new TriggerResult("t" + card, true, null), smSr.next(nid, TriggerResult.class));
            enable(nid, "b" + card);
        }
        for (CardTruth truth : fleet.truth()) {
            assertEquals(SecurityDomains.isdP(1), truth.enabledIsdP());
            assertEquals(List.of(1L, 2L), truth.recentCounters());
            assertEquals(2, truth.executedPackets());
        }
        await(snapshot -> snapshot.received(FlowStep.D2) == 2 * CARDS);
        FleetSnapshot snapshot = fleet.snapshot();
        assertEquals(CARDS, snapshot.published(FlowStep.A2));
        assertEquals(CARDS, snapshot.published(FlowStep.B2));
        assertEquals(2 * CARDS, snapshot.published(FlowStep.D1));
        assertEquals(CARDS, snapshot.count(AgentEvent.REBOOTED));
        assertEquals(2 * CARDS, snapshot.count(AgentEvent.EXECUTED));
    }

    @Test
    void repeatedPacketIsAnsweredFromTheRecordAlsoAfterARestart() throws IOException, InterruptedException {
        Nid nid = TestFleet.nid(0);
        Octets packet = smSr.packet(nid, keys(0), EuiccCapabilityAudit.ofAll());
        smSr.publish(nid, new Command("b", 1, packet));
        CommandResult first = smSr.next(nid, CommandResult.class);
        smSr.publish(nid, new Command("b", 1, packet));
        assertEquals(first, smSr.next(nid, CommandResult.class));

        fleet.close();
        fleet = Fleet.load(files);
        fleet.start(TestFleet.hasty(TestBroker.address()));
        awaitConnected(CARDS);
        smSr.publish(nid, new Command("b", 1, packet));

        assertEquals(first, smSr.next(nid, CommandResult.class));
        assertEquals(1, fleet.findTruth(nid).orElseThrow().executedPackets());
    }

    @Test
    void rebootInTheMiddleExecutesOnce() throws InterruptedException {
        Nid nid = TestFleet.nid(3);
        fleet.play(nid, new Behaviour.RebootsBeforeAnswering(1));
        Octets packet = smSr.packet(nid, keys(3), ENABLE);
        smSr.publish(nid, new Command("b", 1, packet));
        CardNotification notification = smSr.next(nid, CardNotification.class);

        smSr.publish(nid, new Command("b", 1, packet));

        CommandResult result = smSr.next(nid, CommandResult.class);
        assertInstanceOf(Es5Outcome.Executed.class, SmSrStandIn.outcome(result.packet(), keys(3), ENABLE));
        confirm(nid, notification);
        assertEquals(List.of(1L, 2L), fleet.findTruth(nid).orElseThrow().recentCounters());
    }

    @Test
    void cardWithoutNetworkRollsBackAndTells() throws IOException, InterruptedException {
        fleet.close();
        fleet = Fleet.load(files);
        fleet.start(TestFleet.hasty(TestBroker.address())
                .with(TestFleet.hasty(TestBroker.address()).agent().withConfirmationTimeout(Duration.ofSeconds(1))));
        awaitConnected(CARDS);
        Nid nid = TestFleet.nid(1);
        fleet.play(nid, new Behaviour.NoNetworkWithNewProfile());

        smSr.publish(nid, new Command("b", 1, smSr.packet(nid, keys(1), ENABLE)));

        smSr.next(nid, CommandResult.class);
        CardNotification told = smSr.next(nid, CardNotification.class);
        assertEquals(
                NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK,
                SmSrStandIn.notification(told.packet(), keys(1)).type());
        assertEquals(SecurityDomains.isdP(0), fleet.findTruth(nid).orElseThrow().enabledIsdP());
    }

    @Test
    void deviceThatAsksHearsTheAnswer() throws Exception {
        Nid nid = TestFleet.nid(2);
        CompletableFuture<?> answer = fleet.requestProfile(nid, "no coverage").orElseThrow();
        ClientRequest request = smSr.next(nid, ClientRequest.class);
        smSr.publish(nid, new RequestAccepted(request.id(), "op-1"));
        assertEquals(new RequestAccepted(request.id(), "op-1"), answer.get(10, TimeUnit.SECONDS));
    }

    @Test
    void oneGroupPackageEnablesEveryMember() throws InterruptedException {
        EcKeyPair signer = EcKeyPair.generate(new SecureRandom());
        Gid gid = new Gid("meters");
        GroupCommand join = new GroupCommand.Join(TestFleet.TENANT, gid, 1, Counter.ZERO, signer.publicKey());
        for (int card = 0; card < CARDS; card++) {
            Nid nid = TestFleet.nid(card);
            smSr.publish(nid, new Command("j", 1, smSr.packet(nid, keys(card), List.of(join.command()))));
            smSr.next(nid, CommandResult.class);
        }
        GroupPackage enable = new GroupPackage(
                TestFleet.TENANT,
                gid,
                1,
                UUID.randomUUID(),
                new Counter(1),
                GroupFunction.ENABLE_PROFILE,
                Optional.of(new GroupTarget.ByProfileType("operational")),
                new Selection.Everybody());
        Octets signed = enable.sign(signer);

        smSr.publish(gid, new Trigger("t", "op", 300));
        for (int card = 0; card < CARDS; card++) {
            smSr.next(TestFleet.nid(card), TriggerResult.class);
        }
        smSr.publish(gid, new StepBody.GroupCommand("c", signed, 300));

        for (int card = 0; card < CARDS; card++) {
            Nid nid = TestFleet.nid(card);
            GroupResult result = smSr.next(nid, GroupResult.class);
            GroupAnswer answer = SmSrStandIn.groupAnswer(result.packet(), keys(card));
            assertEquals(GroupPackage.hashOf(signed), answer.packageHash());
            assertEquals(Optional.of(SecurityDomains.isdP(1)), answer.isdP());
            confirm(nid, smSr.next(nid, CardNotification.class));
        }
        for (CardTruth truth : fleet.truth()) {
            assertEquals(SecurityDomains.isdP(1), truth.enabledIsdP());
            assertEquals(List.of(new GroupTruth.Membership(TestFleet.TENANT, gid, 1, 1)), truth.groups());
            assertEquals(List.of(new GroupTruth.Execution(TestFleet.TENANT, gid, 1)), truth.recentGroupExecutions());
            assertFalse(truth.executedTwice());
        }
        FleetSnapshot snapshot = fleet.snapshot();
        assertEquals(CARDS, snapshot.received(FlowStep.C1));
        assertEquals(CARDS, snapshot.published(FlowStep.C2));
        assertEquals(CARDS, snapshot.count(AgentEvent.EXECUTED_FOR_GROUP));
    }

    @Test
    void garbageOnTheTopicChangesNothing() throws InterruptedException {
        List<CardTruth> before = fleet.truth();
        smSr.publish(Octets.utf8("{\"nid\":"));
        smSr.publish(TestFleet.nid(0), new Received("nobody", Octets.utf8("nothing")));
        smSr.publish(TestFleet.nid(0), new Command("b", 1, Octets.utf8("no packet")));
        assertEquals(new CommandResult("b", 1, null), smSr.next(TestFleet.nid(0), CommandResult.class));
        assertEquals(before, fleet.truth());
        assertEquals(CARDS, fleet.snapshot().connected());
        assertTrue(smSr.isSilent(TestFleet.nid(1)));
    }

    private void enable(Nid nid, String id) throws InterruptedException {
        int card = Integer.parseInt(nid.value().substring("meter-".length()));
        smSr.publish(nid, new Command(id, 1, smSr.packet(nid, keys(card), ENABLE)));
        CommandResult result = smSr.next(nid, CommandResult.class);
        assertInstanceOf(Es5Outcome.Executed.class, SmSrStandIn.outcome(result.packet(), keys(card), ENABLE));
        confirm(nid, smSr.next(nid, CardNotification.class));
    }

    private void confirm(Nid nid, CardNotification told) throws InterruptedException {
        int card = Integer.parseInt(nid.value().substring("meter-".length()));
        Notification notification = SmSrStandIn.notification(told.packet(), keys(card));
        assertEquals(NotificationType.PROFILE_CHANGE_SUCCEEDED, notification.type());
        smSr.publish(nid, new Received(told.id(), smSr.confirmation(nid, keys(card), notification)));
        ConfirmationResult confirmed = smSr.next(nid, ConfirmationResult.class);
        assertEquals(
                new Es5Outcome.DeletedByPolicy(List.of()),
                SmSrStandIn.outcome(
                        confirmed.packet(), keys(card), new NotificationConfirmation(notification.sequence())));
        smSr.publish(nid, new Received(confirmed.id(), null));
    }

    private Scp80Keys keys(int card) {
        return fleet.cards().get(card).keySets().get(0).keys();
    }

    private void awaitConnected(int count) throws InterruptedException {
        await(snapshot -> snapshot.connected() == count);
    }

    private void await(Predicate<FleetSnapshot> condition) throws InterruptedException {
        while (!condition.test(fleet.snapshot())) {
            Thread.sleep(10);
        }
    }
}
