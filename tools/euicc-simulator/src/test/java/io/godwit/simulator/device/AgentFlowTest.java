package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Address;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.protocol.body.StepBody.Received;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBody.TriggerResult;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.device.Action.Acknowledge;
import io.godwit.simulator.device.Action.Connect;
import io.godwit.simulator.device.Action.Disconnect;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.device.Behaviour.Obeys;
import io.godwit.simulator.network.Coverage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The flows of the paper, A to D, as a device without fault plays them. */
class AgentFlowTest {
    private static final Octets ENABLE = Octets.utf8("enable");
    private static final Scp80Keys KEYS =
            Scp80Keys.of(1, Octets.utf8("a kic of 16 byte"), Octets.utf8("a kid of 16 byte"));
    private static final Octets CONFIRM = Octets.utf8("confirm");

    @Test
    void triggerIsAnsweredReadyWithItsId() {
        PureDevice device = PureDevice.online(new Obeys()).hear(new Trigger("p.1", "op"));
        assertEquals(List.of(new TriggerResult("p.1", true, null)), device.said());
        assertTrue(device.did(Acknowledge.class));
    }

    @Test
    void triggerToAGroupIsAnsweredByAMemberThatNamesItself() {
        Address group = new Address.Group(new Gid("meters"));
        PureDevice device =
                PureDevice.online(new Obeys()).hear(RspMessageCodec.encode(new Trigger("p.1", "op").toMessage(group)));
        assertTrue(device.actions()
                .contains(new Action.Publish(
                        new Address.Member(PureDevice.NID, new Gid("meters")), new TriggerResult("p.1", true, null))));
    }

    @Test
    void enableProfileEndsWithTheCardsAnswerToTheConfirmation() {
        PureDevice device = PureDevice.online(new Obeys());

        device.hear(new Command("p.2", 1, ENABLE));
        assertEquals(List.of(new CommandResult("p.2", 1, Octets.utf8("enable done as number 1"))), device.said());
        assertTrue(device.did(Disconnect.class), "REFRESH");

        device.tell(new Input.Lost());
        assertTrue(device.did(Connect.class));
        device.tell(new Input.Connected());
        CardNotification notification =
                assertInstanceOf(CardNotification.class, device.said().get(0));
        assertEquals(Octets.utf8("changed"), notification.packet());

        device.hear(new Received(notification.id(), CONFIRM));
        ConfirmationResult result =
                assertInstanceOf(ConfirmationResult.class, device.said().get(0));
        assertEquals(Octets.utf8("confirm done as number 2"), result.packet());

        device.hear(new Received(result.id(), null));
        assertEquals(List.of(), device.said());
        assertNull(device.state().errand());
        assertEquals(Optional.empty(), device.state().wakeAt());
        assertEquals(List.of("enable", "confirm"), device.card().executed());
    }

    @Test
    void repeatedPacketIsAnsweredFromTheRecordAndNotExecuted() {
        PureDevice device = PureDevice.online(new Obeys());
        device.hear(new Command("p.2", 1, Octets.utf8("audit")));
        List<StepBody> first = device.said();

        device.hear(new Command("p.2", 1, Octets.utf8("audit")));

        assertEquals(first, device.said());
        assertEquals(List.of("audit"), device.card().executed());
        assertTrue(device.counted(AgentEvent.ANSWERED_FROM_RECORD));
    }

    @Test
    void repeatedPacketIsAnsweredFromTheRecordAfterAKill() {
        PureDevice device = PureDevice.online(new Obeys()).hear(new Command("p.2", 1, ENABLE));
        List<StepBody> first = device.said();

        PureDevice again = device.afterKill().tell(new Input.Started()).tell(new Input.Connected());
        assertInstanceOf(CardNotification.class, again.said().get(0));
        again.hear(new Command("p.2", 1, ENABLE));

        assertEquals(first, again.said());
        assertFalse(again.did(Disconnect.class), "the REFRESH is done");
        assertEquals(List.of("enable"), again.card().executed());
    }

    @Test
    void packetThatTheCardDropsIsReportedWithoutAnswer() {
        PureDevice device = PureDevice.online(new Obeys());
        DeviceMemory before = device.state().memory();
        device.hear(new Command("p.2", 1, Octets.utf8("forged")));
        assertEquals(List.of(new CommandResult("p.2", 1, null)), device.said());
        assertEquals(before, device.state().memory());
    }

    @Test
    void notificationIsRepeatedWithTheSameIdAndLongerPausesUntilItsD2() {
        PureDevice device = enabled();
        StepBody first = device.said().get(0);

        assertEquals(List.of(), device.after(Duration.ofSeconds(12)).said());
        assertEquals(List.of(first), device.after(Duration.ofSeconds(12)).said());
        assertEquals(List.of(), device.after(Duration.ofSeconds(24)).said());
        assertEquals(List.of(first), device.after(Duration.ofSeconds(24)).said());
        assertTrue(device.counted(AgentEvent.REPEATED_D1));

        device.hear(new Received(first.id(), CONFIRM));
        assertInstanceOf(ConfirmationResult.class, device.said().get(0));
    }

    @Test
    void confirmationResultSurvivesAKillUntilTheServerHasIt() {
        PureDevice device = enabled();
        device.hear(new Received(device.said().get(0).id(), CONFIRM));
        StepBody result = device.said().get(0);

        PureDevice again = device.afterKill().tell(new Input.Started()).tell(new Input.Connected());

        assertEquals(List.of(result), again.said());
    }

    @Test
    void forgedConfirmationChangesNothingAndTheNotificationGoesOn() {
        PureDevice device = enabled();
        StepBody notification = device.said().get(0);
        AgentState before = device.state();

        device.hear(new Received(notification.id(), Octets.utf8("forged")));

        assertEquals(before, device.state());
        assertTrue(device.counted(AgentEvent.DROPPED_BY_CARD));
        assertEquals(List.of(notification), device.after(Duration.ofSeconds(24)).said());
    }

    @Test
    void receiptWithoutConfirmationKeepsTheDeviceQuietUntilTheTimer() {
        PureDevice device = enabled();
        device.hear(new Received(device.said().get(0).id(), null));
        assertEquals(List.of(), device.said());
        assertEquals(List.of(), device.after(Duration.ofSeconds(60)).said());

        device.after(Duration.ofMinutes(5));

        assertTrue(device.counted(AgentEvent.TIMER_EXPIRED));
        assertTrue(device.did(Disconnect.class));
        CardNotification rolledBack = assertInstanceOf(
                CardNotification.class, device.reconnect().said().get(0));
        assertEquals(Octets.utf8("rolled back"), rolledBack.packet());
    }

    @Test
    void timerRunsOnWhileThereIsNoConnection() {
        PureDevice device = enabled();
        device.tell(new Input.Lost());
        device.after(Duration.ofMinutes(5));
        assertTrue(device.counted(AgentEvent.TIMER_EXPIRED));
        assertFalse(device.card().newProfile());
    }

    @Test
    void rollBackWhileAConnectionIsBeingMadeIsReportedOnIt() {
        EuiccCard card = CardFactory.personalise(
                new Eid("89049032123451234512345678901235"),
                List.of(KEYS),
                List.of(
                        IsdP.withProfile(0, ScriptedCard.BOOTSTRAP, 1000),
                        IsdP.withProfile(1, ScriptedCard.OPERATIONAL, 1000)));
        Octets script = new CommandScript(new EnableProfile(SecurityDomains.isdP(1)).commands()).encode();
        Octets enable = new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, new Counter(1), script).encode(KEYS);
        PureDevice device = new PureDevice(new Obeys(), Coverage.EVERYWHERE, new InsertedCard(card))
                .tell(new Input.Started())
                .tell(new Input.Connected())
                .hear(new Command("p.2", 1, enable))
                .tell(new Input.Lost());
        assertEquals(Link.CONNECTING, device.state().link());

        device.after(Duration.ofMinutes(5));
        assertTrue(device.counted(AgentEvent.TIMER_EXPIRED));

        CardNotification told = assertInstanceOf(
                CardNotification.class,
                device.tell(new Input.Connected()).said().get(0));
        NotificationPacket.Opened opened = assertInstanceOf(
                NotificationPacket.Opened.class, NotificationPacket.open(told.packet(), KeyLookup.of(KEYS)));
        assertEquals(
                NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK,
                opened.notification().type());
    }

    @Test
    void requestIsSentUntilItIsAnsweredAndTheOwnerHearsOfIt() {
        PureDevice device = PureDevice.online(new Obeys());
        Input asked = new Input.Asked("q-1", new Address.Single(PureDevice.NID), "no coverage");
        assertEquals(
                List.of(new ClientRequest("q-1", "no coverage")),
                device.tell(asked).said());
        assertEquals(
                List.of(new ClientRequest("q-1", "no coverage")),
                device.reconnect().said(),
                "a D1 is said again on a new connection");

        StepBody accepted = new RequestAccepted("q-1", "op");
        device.hear(accepted);

        assertTrue(device.actions().contains(new Action.Tell("q-1", accepted)));
        assertNull(device.state().errand());
    }

    @Test
    void tooManyRequestsAreRefusedByTheDeviceItself() {
        PureDevice device = new PureDevice(new Obeys());
        for (int i = 0; i < 8; i++) {
            device.tell(new Input.Asked("q-" + i, new Address.Single(PureDevice.NID), "why not"));
            assertEquals(List.of(), device.actions());
        }
        device.tell(new Input.Asked("q-8", new Address.Single(PureDevice.NID), "why not"));
        assertInstanceOf(RequestRefused.class, ((Action.Tell) device.actions().get(0)).answer());
    }

    @Test
    void messagesForOthersOrOfOtherFlowsAreIgnoredAndCounted() {
        PureDevice device = PureDevice.online(new Obeys());
        AgentState before = device.state();

        device.hear(RspMessageCodec.encode(
                new Command("p.2", 1, ENABLE).toMessage(new Address.Single(new Nid("meter-0002")))));
        assertTrue(device.counted(AgentEvent.IGNORED_FOREIGN));
        device.hear(
                Octets.utf8(
                        "{\"nid\":\"meter-0001\",\"gid\":\"meters\",\"type\":\"req(meter-0002)\",\"body\":{\"id\":\"e.1\",\"reason\":\"x\"}}"));
        assertTrue(device.counted(AgentEvent.IGNORED_UNEXPECTED));
        device.hear(Octets.utf8("{"));
        assertTrue(device.counted(AgentEvent.IGNORED_MALFORMED));
        device.hear(new Received("unknown", CONFIRM));
        assertTrue(device.counted(AgentEvent.IGNORED_UNEXPECTED));
        assertTrue(device.did(Acknowledge.class), "or it would come again");
        assertEquals(before, device.state());
    }

    @Test
    void lostConnectionIsTriedAgainWithLongerAndLongerPauses() {
        PureDevice device = PureDevice.online(new Obeys());
        Duration first = ((Connect) device.tell(new Input.Lost()).actions().get(1)).after();
        Duration second = ((Connect) device.tell(new Input.Lost()).actions().get(1)).after();
        assertEquals(first.multipliedBy(2), second);
        for (int i = 0; i < 20; i++) {
            device.tell(new Input.Lost());
        }
        assertEquals(
                Duration.ofMillis(22_500),
                ((Connect) device.actions().get(1)).after(),
                "three quarters of the longest: the dice show a half");
        assertEquals(0, device.tell(new Input.Connected()).state().failures());
    }

    @Test
    void deviceThatIsSwitchedOffStaysOff() {
        PureDevice device = PureDevice.online(new Obeys());
        assertTrue(device.tell(new Input.Stopped()).did(Disconnect.class));
        assertEquals(List.of(), device.tell(new Input.Lost()).actions());
        assertEquals(Link.OFF, device.state().link());
    }

    private static PureDevice enabled() {
        return PureDevice.online(new Obeys())
                .hear(new Command("p.2", 1, ENABLE))
                .reconnect();
    }
}
