package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Address;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.ReplacementAnswer;
import io.godwit.protocol.body.StepBody.ReplacementReceipt;
import io.godwit.protocol.body.StepBody.ReplacementRequest;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.body.StepBody.TicketGranted;
import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.Action.Tell;
import io.godwit.simulator.device.Behaviour.KeepsItsProfile;
import io.godwit.simulator.device.Behaviour.Obeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flow E, as the new device and the old one play it. */
class ReplacementFlowTest {
    private static final Nid OTHER = new Nid("meter-0002");
    private static final Address.Member PEER = new Address.Member(OTHER, PureDevice.GID);
    private static final Address.Member HERE = new Address.Member(PureDevice.NID, PureDevice.GID);
    private static final Iccid ICCID = new Iccid("89000123456789012341");
    private static final Instant UNTIL = Instant.parse("2026-01-31T11:00:00Z");
    private static final ReplacementRequest FIRST = new ReplacementRequest("q-1", "the old one is broken", ICCID, null);
    private static final ReplacementRequest SECOND =
            new ReplacementRequest("q-1.t", "the old one is broken", ICCID, "ticket-1");

    @Test
    void theNewDeviceAsksForATicketAndWithItTheOldDevice() {
        PureDevice device = PureDevice.online(new Obeys()).tell(asked());
        assertEquals(List.of(new Publish(PEER, FIRST)), device.actions());

        device.hear(new TicketGranted("q-1", "ticket-1", UNTIL));
        assertTrue(device.actions().contains(new Publish(PEER, SECOND)));
        assertEquals(List.of(SECOND), device.reconnect().said(), "E1 is said again until E2 comes");

        ReplacementAnswer agreed = new ReplacementAnswer("q-1.t", "ticket-1", null);
        hear(device, agreed);
        assertTrue(device.actions().contains(new Tell("q-1", agreed)));
        assertEquals(List.of(), device.reconnect().said());
    }

    @Test
    void theNewDeviceGoesOnAskingWhileSomebodyIsAskedForHisLeave() {
        PureDevice device = PureDevice.online(new Obeys()).tell(asked());
        device.hear(new RequestAccepted("q-1", "ticket-1"));
        assertEquals(List.of(), device.said());
        assertEquals(List.of(FIRST), device.after(Duration.ofHours(1)).said());
    }

    @Test
    void aRefusalEndsTheRequestBeforeTheTicketAndBehindIt() {
        for (boolean withTicket : new boolean[] {false, true}) {
            PureDevice device = PureDevice.online(new Obeys()).tell(asked());
            if (withTicket) {
                device.hear(new TicketGranted("q-1", "ticket-1", UNTIL));
            }
            RequestRefused refused = new RequestRefused(withTicket ? "q-1.t" : "q-1", "the ticket has expired");
            device.hear(refused);
            assertTrue(device.actions().contains(new Tell("q-1", refused)));
            assertEquals(List.of(), device.reconnect().said());
        }
    }

    @Test
    void whereTheEnvironmentsDifferTheNewDeviceGoesOnWithARequestForAProfileOfItsOwn() {
        for (String code : List.of("ENVIRONMENTS_DIFFER", "NOT_OF_STOCK")) {
            PureDevice device = PureDevice.online(new Obeys()).tell(asked());
            RequestRefused refused = new RequestRefused("q-1", "not for this card", code, null);
            device.hear(refused);
            assertTrue(device.actions().contains(new Tell("q-1", refused)));
            StepBody own = new ClientRequest("q-1.d", "replacement");
            assertTrue(device.actions().contains(new Publish(new Address.Single(PureDevice.NID), own)));
            assertEquals(List.of(own), device.reconnect().said(), "a D1 like any other");
            device.hear(new RequestAccepted("q-1.d", "ticket-2"));
            assertEquals(List.of(), device.reconnect().said());
        }
    }

    @Test
    void aDeviceThatMayNotHaveTheProfileDoesNotAskForAnotherOne() {
        PureDevice device = PureDevice.online(new Obeys()).tell(asked());
        device.hear(new RequestRefused("q-1", "a person has said no", "DECLINED", null));
        assertEquals(List.of(), device.reconnect().said());
    }

    @Test
    void anAnswerUnderAnotherTicketEndsNothing() {
        PureDevice device = PureDevice.online(new Obeys()).tell(asked());
        hear(device, new ReplacementAnswer("q-1", "ticket-1", null));
        assertTrue(device.counted(AgentEvent.IGNORED_UNEXPECTED), "there is no ticket yet");

        device.hear(new TicketGranted("q-1", "ticket-1", UNTIL));
        hear(device, new ReplacementAnswer("q-1.t", "ticket-2", null));
        assertTrue(device.counted(AgentEvent.IGNORED_UNEXPECTED));
        assertEquals(List.of(SECOND), device.reconnect().said());
    }

    @Test
    void theOldDeviceAnswersTheNewOneEachTimeAlike() {
        PureDevice device = PureDevice.online(new Obeys());
        Publish agreed = new Publish(PEER, new ReplacementAnswer("q-1.t", "ticket-1", null));
        assertTrue(hear(device, SECOND).actions().contains(agreed));
        assertTrue(hear(device, SECOND).actions().contains(agreed));

        PureDevice keeper = PureDevice.online(new KeepsItsProfile("its owner has not agreed"));
        assertTrue(hear(keeper, SECOND)
                .actions()
                .contains(new Publish(PEER, new ReplacementAnswer("q-1.t", "ticket-1", "its owner has not agreed"))));
    }

    @Test
    void theOldDeviceSaysNothingToARequestWithoutTicket() {
        PureDevice device = PureDevice.online(new Obeys());
        assertFalse(hear(device, FIRST).did(Publish.class));
        assertTrue(device.counted(AgentEvent.IGNORED_UNEXPECTED));
    }

    @Test
    void whereTheProfileGoesFromCardToCardTheDevicesCarryWhatTheCardsSay() {
        PureDevice device = PureDevice.online(new Obeys()).tell(asked());
        device.hear(new TicketGranted("q-1", "ticket-1", UNTIL, Octets.utf8("good ticket")));
        ReplacementRequest offering =
                new ReplacementRequest("q-1.t", "the old one is broken", ICCID, "ticket-1", Octets.utf8("good offer"));
        assertTrue(device.actions().contains(new Publish(PEER, offering)));

        PureDevice old = PureDevice.online(new Obeys());
        ReplacementAnswer exported = new ReplacementAnswer("q-1.t", "ticket-1", null, Octets.utf8("good export"));
        assertTrue(hear(old, offering).actions().contains(new Publish(PEER, exported)));
        assertTrue(hear(old, offering).actions().contains(new Publish(PEER, exported)), "each time alike");

        hear(device, exported);
        assertTrue(device.actions().contains(new Tell("q-1", exported)));
        assertTrue(device.actions().stream()
                .anyMatch(action -> action instanceof Publish publish
                        && publish.body() instanceof ReplacementReceipt receipt
                        && receipt.ticket().equals("ticket-1")
                        && receipt.receipt().equals(Octets.utf8("good receipt"))));
        assertEquals(List.of(), device.reconnect().said());
    }

    @Test
    void aDeviceThatHasForgottenWhatItAskedForHandsTheProfileToItsCardNevertheless() {
        PureDevice device = PureDevice.online(new Obeys());
        hear(device, new ReplacementAnswer("q-1.t", "ticket-1", null, Octets.utf8("good export")));
        assertTrue(device.actions().stream()
                .anyMatch(action -> action instanceof Publish publish
                        && publish.body() instanceof ReplacementReceipt receipt
                        && receipt.ticket().equals("ticket-1")
                        && receipt.receipt().equals(Octets.utf8("good receipt"))));
        assertFalse(device.did(Tell.class), "nobody waits for it");

        PureDevice another = PureDevice.online(new Obeys());
        hear(another, new ReplacementAnswer("q-1.t", "ticket-1", null, Octets.utf8("bad export")));
        assertFalse(another.did(Publish.class), "its card has offered nothing of the kind");
        assertTrue(another.counted(AgentEvent.IGNORED_UNEXPECTED));
    }

    @Test
    void whatACardRefusesItsDeviceSays() {
        PureDevice device = PureDevice.online(new Obeys()).tell(asked());
        device.hear(new TicketGranted("q-1", "ticket-1", UNTIL, Octets.utf8("bad ticket")));
        assertTrue(device.actions()
                .contains(new Tell("q-1", new RequestRefused("q-1", "the card refuses: FORGED_TICKET"))));
        assertEquals(List.of(), device.reconnect().said());

        PureDevice old = PureDevice.online(new Obeys());
        ReplacementRequest bad = new ReplacementRequest("q-1.t", "mine", ICCID, "ticket-1", Octets.utf8("bad offer"));
        assertTrue(hear(old, bad)
                .actions()
                .contains(new Publish(
                        PEER, new ReplacementAnswer("q-1.t", "ticket-1", "the card refuses: FORGED_TICKET"))));
    }

    private static Input asked() {
        return new Input.AskedPeer("q-1", PEER, "the old one is broken", ICCID);
    }

    /** As the SM-SR passes it on. */
    private static PureDevice hear(PureDevice device, StepBody body) {
        return device.hear(RspMessageCodec.encode(body.toMessage(HERE, OTHER)));
    }
}
