package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Address;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.body.StepBody.GroupCommand;
import io.godwit.protocol.body.StepBody.GroupResult;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBody.TriggerResult;
import io.godwit.simulator.device.Action.Acknowledge;
import io.godwit.simulator.device.Action.Disconnect;
import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.Behaviour.DoublesAnswers;
import io.godwit.simulator.device.Behaviour.LosesAnswers;
import io.godwit.simulator.device.Behaviour.Obeys;
import io.godwit.simulator.device.Behaviour.RebootsBeforeAnswering;
import io.godwit.simulator.device.Behaviour.RefusesTriggers;
import io.godwit.simulator.device.Behaviour.Slow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Flow C as a device plays it, and how it takes its time to answer. The dice of a {@link PureDevice} show a half. */
class GroupFlowTest {
    private static final Octets ENABLE = Octets.utf8("enable");
    private static final Octets AUDIT = Octets.utf8("audit");
    private static final int WITHIN = 10_000;
    private static final Duration HALF = Duration.ofMillis(WITHIN / 2);
    private static final StepBody ENABLED = new GroupResult("c.1", Octets.utf8("enable done as number 1"));
    private static final StepBody AUDITED = new GroupResult("c.1", Octets.utf8("audit done as number 1"));

    private static Publish asMember(StepBody body) {
        return new Publish(new Address.Member(PureDevice.NID, PureDevice.GID), body);
    }

    @Test
    void groupCommandIsAnsweredByAMemberThatNamesItselfAndThenComesTheRefresh() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", ENABLE, 0));
        List<Action> actions = device.actions();
        assertTrue(actions.contains(asMember(ENABLED)));
        assertTrue(actions.indexOf(new Disconnect()) > actions.indexOf(asMember(ENABLED)), "first the answer");
        assertTrue(device.did(Acknowledge.class));
        assertTrue(device.counted(AgentEvent.EXECUTED_FOR_GROUP));
        assertInstanceOf(CardNotification.class, device.reconnect().said().get(0));
    }

    @Test
    void cardThatItDoesNotConcernLeavesItsDeviceSilent() {
        PureDevice device = PureDevice.online(new Obeys());
        AgentState before = device.state();
        device.hearAsMember(new GroupCommand("c.1", Octets.utf8("for others"), WITHIN));
        assertEquals(before, device.state());
        assertEquals(List.of(), device.said());
        assertTrue(device.did(Acknowledge.class));
        assertTrue(device.counted(AgentEvent.DROPPED_BY_CARD));
    }

    @Test
    void answerComesAfterAPartOfItsTime() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", AUDIT, WITHIN));
        assertEquals(List.of(), device.said());
        assertEquals(List.of("audit"), device.card().executed());
        assertEquals(
                List.of(),
                device.after(HALF.minusMillis(1)).said(),
                "half of its time, as the dice show, and not before");
        assertEquals(List.of(AUDITED), device.after(Duration.ofMillis(1)).said());
        assertEquals(Optional.empty(), device.state().wakeAt());
        assertEquals(List.of(), device.after(HALF).said(), "once");
    }

    @Test
    void triggerIsAnsweredAfterAPartOfItsTimeToo() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new Trigger("p.1", "op", WITHIN));
        assertEquals(List.of(), device.said());
        device.after(HALF);
        assertTrue(device.actions().contains(asMember(new TriggerResult("p.1", true, null))));
    }

    @Test
    void dicePutTheAnswerAnywhereWithinItsTime() {
        for (double dice : new double[] {0, 0.001, 0.25, 0.999}) {
            Moment moment = new Moment(Instant.EPOCH, dice);
            Duration part = moment.partOf(Duration.ofMillis(WITHIN));
            assertEquals(Math.round(WITHIN * dice), part.toMillis());
        }
    }

    @Test
    void commandIsServedWhileAnAnswerWaits() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", AUDIT, WITHIN));
        device.hear(new Command("p.2", 1, ENABLE));
        assertEquals(List.of(new CommandResult("p.2", 1, Octets.utf8("enable done as number 2"))), device.said());
        assertTrue(device.did(Disconnect.class));
        device.after(HALF);
        assertEquals(List.of(), device.said(), "there is no connection");
        device.tell(new Input.Lost()).tell(new Input.Connected());
        assertEquals(List.of(AUDITED), device.after(Duration.ZERO).said(), "the answer outlives the connection");
    }

    @Test
    void refreshAndTimerWaitForTheAnswer() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", ENABLE, WITHIN));
        assertFalse(device.did(Disconnect.class));
        assertNull(device.state().confirmBy(), "the card's new profile is not in use yet");
        device.after(HALF);
        assertEquals(List.of(ENABLED), device.said());
        assertTrue(device.did(Disconnect.class));
        assertEquals(1, device.card().executed().size());
        device.tell(new Input.Lost());
        device.after(Duration.ofMinutes(5));
        assertTrue(device.counted(AgentEvent.TIMER_EXPIRED));
    }

    @Test
    void lostConnectionDoesNotLoseTheAnswerNorTheRefresh() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", ENABLE, WITHIN));
        device.tell(new Input.Lost());
        assertEquals(Optional.empty(), device.state().wakeAt(), "nothing to wake for without a connection");
        device.after(HALF);
        assertEquals(List.of(), device.said());
        device.tell(new Input.Connected()).after(Duration.ZERO);
        assertEquals(List.of(ENABLED), device.said());
        assertTrue(device.did(Disconnect.class));
    }

    @Test
    void deviceThatIsSwitchedOffForgetsTheAnswerButNotTheRecord() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", ENABLE, WITHIN));
        PureDevice again = device.afterKill().tell(new Input.Started()).tell(new Input.Connected());
        again.after(HALF);
        assertFalse(again.said().contains(ENABLED));
        again.hearAsMember(new GroupCommand("c.1", ENABLE, 0));
        assertEquals(List.of(ENABLED), again.said());
        assertFalse(again.did(Disconnect.class), "the REFRESH is done");
        assertEquals(List.of("enable"), again.card().executed());
        device.tell(new Input.Stopped());
        assertEquals(List.of(), device.state().replies());
    }

    @Test
    void repeatedPackageIsAnsweredFromTheRecordAndNotExecuted() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", AUDIT, 0));
        device.hearAsMember(new GroupCommand("c.1", AUDIT, 0));
        assertEquals(List.of(AUDITED), device.said());
        assertEquals(List.of("audit"), device.card().executed());
        assertTrue(device.counted(AgentEvent.ANSWERED_FROM_RECORD));
    }

    @Test
    void whatIsRepeatedWhileItsAnswerWaitsIsAnsweredOnce() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new GroupCommand("c.1", AUDIT, WITHIN));
        device.hearAsMember(new GroupCommand("c.1", AUDIT, WITHIN));
        device.hearAsMember(new Trigger("p.1", "op", WITHIN)).hearAsMember(new Trigger("p.1", "op", WITHIN));
        assertEquals(2, device.state().replies().size());
    }

    @Test
    void eachWaitingAnswerComesAtItsTime() {
        PureDevice device = PureDevice.online(new Obeys()).hearAsMember(new Trigger("p.1", "op", WITHIN));
        device.after(Duration.ofMillis(100));
        device.hearAsMember(new GroupCommand("c.1", AUDIT, 2000));
        assertEquals(List.of(AUDITED), device.after(Duration.ofSeconds(1)).said());
        assertEquals(
                List.of(new TriggerResult("p.1", true, null)),
                device.after(HALF).said());
    }

    @Test
    void floodedDeviceAnswersAtOnce() {
        PureDevice device = PureDevice.online(new Obeys());
        for (int i = 0; i < 16; i++) {
            assertEquals(
                    List.of(),
                    device.hearAsMember(new Trigger("p." + i, "op", WITHIN)).said());
        }
        assertEquals(
                1, device.hearAsMember(new Trigger("p.16", "op", WITHIN)).said().size());
    }

    @Test
    void faultsStrikeGroupAnswersAsTheyDoOthers() {
        GroupCommand command = new GroupCommand("c.1", AUDIT, WITHIN);
        PureDevice losing = PureDevice.online(new LosesAnswers(1)).hearAsMember(command);
        assertEquals(List.of(), losing.after(HALF).said());
        assertEquals(new Obeys(), losing.state().behaviour());
        assertEquals(List.of(AUDITED), losing.hearAsMember(command).after(HALF).said());

        PureDevice doubling = PureDevice.online(new DoublesAnswers()).hearAsMember(command);
        assertEquals(List.of(AUDITED, AUDITED), doubling.after(HALF).said());

        PureDevice slow = PureDevice.online(new Slow(Duration.ofSeconds(9))).hearAsMember(command);
        slow.after(HALF);
        assertEquals(new Action.Wait(Duration.ofSeconds(9)), slow.actions().get(0));

        PureDevice refusing = PureDevice.online(new RefusesTriggers("battery low"))
                .hearAsMember(new Trigger("p.1", "op", WITHIN))
                .after(HALF);
        assertEquals(List.of(new TriggerResult("p.1", false, "battery low")), refusing.said());
    }

    @Test
    void rebootInTheMiddleExecutesOnceAndAnswersWhenAskedAgain() {
        GroupCommand command = new GroupCommand("c.1", ENABLE, WITHIN);
        PureDevice device = PureDevice.online(new RebootsBeforeAnswering(1)).hearAsMember(command);
        assertEquals(List.of(), device.said());
        assertFalse(device.did(Acknowledge.class));
        assertTrue(device.did(Disconnect.class));

        assertInstanceOf(CardNotification.class, device.reconnect().said().get(0));
        device.hearAsMember(command).after(HALF);

        assertTrue(device.said().contains(ENABLED));
        assertEquals(List.of("enable"), device.card().executed());
    }

    @Test
    void spokesmanAsksForItsGroupUntilItIsAnswered() {
        PureDevice device = PureDevice.online(new Obeys());
        device.tell(new Input.Asked("q-1", new Address.Group(PureDevice.GID), "site moves"));
        assertEquals(
                List.of(new Publish(new Address.Group(PureDevice.GID), new ClientRequest("q-1", "site moves"))),
                device.actions());
        StepBody accepted = new RequestAccepted("q-1", "op");
        device.hearAsMember(accepted);
        assertTrue(device.actions().contains(new Action.Tell("q-1", accepted)));
    }
}
