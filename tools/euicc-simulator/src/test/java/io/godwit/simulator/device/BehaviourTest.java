package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBody.TriggerResult;
import io.godwit.simulator.device.Action.Acknowledge;
import io.godwit.simulator.device.Action.Connect;
import io.godwit.simulator.device.Action.Disconnect;
import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.Action.Wait;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.device.Behaviour.DoublesAnswers;
import io.godwit.simulator.device.Behaviour.LosesAnswers;
import io.godwit.simulator.device.Behaviour.NoNetworkWithNewProfile;
import io.godwit.simulator.device.Behaviour.Obeys;
import io.godwit.simulator.device.Behaviour.Offline;
import io.godwit.simulator.device.Behaviour.RebootsBeforeAnswering;
import io.godwit.simulator.device.Behaviour.RefusesTriggers;
import io.godwit.simulator.device.Behaviour.Slow;
import io.godwit.simulator.network.Coverage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each scripted fault, and that a device is well again when it is used up. */
class BehaviourTest {
    private static final Command ENABLE = new Command("p.2", 1, Octets.utf8("enable"));
    private static final Command AUDIT = new Command("p.3", 2, Octets.utf8("audit"));

    @Test
    void offlineDeviceComesAfterItsTime() {
        PureDevice device = new PureDevice(new Offline(Duration.ofHours(3))).tell(new Input.Started());
        assertEquals(List.of(new Connect(Duration.ofHours(3))), device.actions());
        assertEquals(new Obeys(), device.state().behaviour());
    }

    @Test
    void deviceCanBeSentOfflineWhileItIsOnline() {
        PureDevice device = PureDevice.online(new Obeys());
        assertEquals(
                List.of(new Disconnect()),
                device.tell(new Input.Scripted(new Offline(Duration.ofMinutes(1))))
                        .actions());
        device.hear(AUDIT);
        assertFalse(device.did(Acknowledge.class), "what comes too late is delivered again");
        device.tell(new Input.Lost());
        assertTrue(device.actions().contains(new Connect(Duration.ofMinutes(1))));
    }

    @Test
    void slowDeviceAnswersLateAndRefreshesAfterwards() {
        PureDevice device = PureDevice.online(new Slow(Duration.ofSeconds(9))).hear(ENABLE);
        List<Class<?>> order = List.of(Wait.class, Publish.class, Disconnect.class);
        assertEquals(
                order,
                device.actions().stream()
                        .<Class<?>>map(Action::getClass)
                        .filter(order::contains)
                        .toList());
    }

    @Test
    void refusingDeviceSaysWhy() {
        PureDevice device =
                PureDevice.online(new RefusesTriggers("battery low")).hear(new Trigger("p.1", "op"));
        assertEquals(List.of(new TriggerResult("p.1", false, "battery low")), device.said());
    }

    @Test
    void lostAnswerIsGivenWhenTheCommandIsRepeated() {
        PureDevice device = PureDevice.online(new LosesAnswers(2));
        assertEquals(List.of(), device.hear(AUDIT).said());
        assertEquals(List.of("audit"), device.card().executed());
        assertEquals(List.of(), device.hear(AUDIT).said());
        assertEquals(1, device.hear(AUDIT).said().size());
        assertEquals(List.of("audit"), device.card().executed());
    }

    @Test
    void doubledAnswersAreTheSame() {
        List<StepBody> said =
                PureDevice.online(new DoublesAnswers()).hear(AUDIT).said();
        assertEquals(2, said.size());
        assertEquals(said.get(0), said.get(1));
    }

    @Test
    void rebootInTheMiddleExecutesOnceAndAnswersWhenAskedAgain() {
        PureDevice device = PureDevice.online(new RebootsBeforeAnswering(1)).hear(ENABLE);
        assertEquals(List.of(), device.said());
        assertFalse(device.did(Acknowledge.class));
        assertTrue(device.did(Disconnect.class));

        assertInstanceOf(CardNotification.class, device.reconnect().said().get(0));
        device.hear(ENABLE);

        assertEquals(List.of(new CommandResult("p.2", 1, Octets.utf8("enable done as number 1"))), device.said());
        assertEquals(List.of("enable"), device.card().executed());
    }

    @Test
    void withoutNetworkForTheNewProfileTheCardRollsBackAndTells() {
        PureDevice device = PureDevice.online(new NoNetworkWithNewProfile()).hear(ENABLE);
        device.tell(new Input.Lost());
        assertFalse(device.did(Connect.class));
        assertEquals(Link.NO_NETWORK, device.state().link());

        device.after(Duration.ofMinutes(5));

        assertTrue(device.did(Connect.class));
        assertFalse(device.card().newProfile());
        CardNotification told = assertInstanceOf(
                CardNotification.class,
                device.tell(new Input.Connected()).said().get(0));
        assertEquals(Octets.utf8("rolled back"), told.packet());
    }

    @Test
    void settledProfileWithoutCoverageIsGivenUpAfterItsTime() {
        Coverage nowhere = new Coverage(Set.of(ScriptedCard.BOOTSTRAP));
        PureDevice device = new PureDevice(new Obeys(), nowhere).tell(new Input.Started());
        assertEquals(Link.NO_NETWORK, device.state().link());
        device.after(Duration.ofMinutes(5));
        assertTrue(device.counted(AgentEvent.NETWORK_LOST));
    }
}
