package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.protocol.body.StepBody.Received;
import io.godwit.simulator.card.DownloadedCard;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.network.AttachRefusal;
import io.godwit.simulator.network.Coverage;
import io.godwit.simulator.network.NetworkAnswer;
import io.godwit.simulator.network.Subscriber;
import io.godwit.simulator.network.TestNetwork;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A profile is downloaded and enabled, and the device attaches over it only where the carrier has the same keys. */
class AttachFlowTest {
    private static final Imsi IMSI = new Imsi("001010123456789");
    private static final Iccid ICCID = Iccid.withCheckDigit("8900012345678909999");
    private static final SecretOctets KI = SecretOctets.copyOf(Octets.utf8("this is one's Ki"));
    private static final SecretOctets OPC = SecretOctets.copyOf(Octets.utf8("an operator's c."));
    private static final DownloadedCard CARD = DownloadedCard.of(ProfileBuilder.of(ICCID, IMSI, KI, OPC));
    private static final Iccid BOOTSTRAP =
            CARD.card().state().fallback().iccid().orElseThrow();

    private final Random dice = new Random(1);
    private final TestNetwork network = new TestNetwork(this::rand);
    private final PureDevice device =
            new PureDevice(new Behaviour.Obeys(), Coverage.EVERYWHERE.authenticated(), new InsertedCard(CARD.card()));

    @Test
    void aProfileOfTheFactoryAttachesAsBefore() {
        device.tell(new Input.Started());
        assertEquals(Link.CONNECTING, device.state().link());
    }

    @Test
    void theRightSubscriptionAttachesAndTells() {
        knows(IMSI, KI);
        enable();

        attach();

        assertEquals(Link.CONNECTING, device.state().link());
        assertTrue(device.counted(AgentEvent.ATTACHED));
        assertEquals(ICCID, enabled());
        device.tell(new Input.Connected());
        assertNull(notification().attachRefused());
        assertNull(device.state().memory().refused());
    }

    @Test
    void aWrongKiRollsBackAndOneSeesWhy() {
        knows(IMSI, SecretOctets.copyOf(Octets.utf8("another one's Ki")));
        enable();

        attach();

        assertTrue(device.counted(AgentEvent.REFUSED_MAC_FAILURE));
        rolledBackBecauseOf(AttachRefusal.MAC_FAILURE);
    }

    @Test
    void anUnknownImsiRollsBackAndOneSeesWhy() {
        knows(new Imsi("001010999999999"), KI);
        enable();

        attach();

        assertTrue(device.counted(AgentEvent.REFUSED_UNKNOWN_SUBSCRIBER));
        rolledBackBecauseOf(AttachRefusal.UNKNOWN_SUBSCRIBER);
    }

    private void rolledBackBecauseOf(AttachRefusal reason) {
        assertEquals(Link.NO_NETWORK, device.state().link());
        assertEquals(ICCID, enabled());

        device.after(AgentSettings.DEFAULT.confirmationTimeout());

        assertEquals(BOOTSTRAP, enabled());
        assertEquals(Link.CONNECTING, device.state().link());
        assertEquals(
                new RefusedAttach(ICCID, reason, false), device.state().memory().refused());
        device.tell(new Input.Connected());
        assertEquals(reason.name(), notification().attachRefused());
    }

    @Test
    void whatTheNetworkSaidIsToldWithThisNotificationAloneAndEachTimeAlike() {
        enable();
        attach();
        device.after(AgentSettings.DEFAULT.confirmationTimeout());
        device.tell(new Input.Connected());
        CardNotification told = notification();

        PureDevice again = device.afterKill().tell(new Input.Started()).tell(new Input.Connected());
        assertEquals(List.of(told), again.said());

        again.hear(new Received(told.id(), CARD.confirming(2)));
        assertInstanceOf(ConfirmationResult.class, again.said().get(0));
        assertEquals(
                new RefusedAttach(ICCID, AttachRefusal.UNKNOWN_SUBSCRIBER, true),
                again.state().memory().refused());
    }

    /** Whoever comes back after a lost connection has never left its network. */
    @Test
    void aLostConnectionIsNoReasonToAuthenticateAgainAndAnotherStartIs() {
        knows(IMSI, KI);
        enable();
        attach();
        device.tell(new Input.Connected());

        device.tell(new Input.Lost());
        assertEquals(Link.CONNECTING, device.state().link());

        device.tell(new Input.Stopped());
        device.tell(new Input.Started());
        assertEquals(Link.ATTACHING, device.state().link());
        attach();
        assertEquals(Link.CONNECTING, device.state().link());
    }

    @Test
    void aNetworkThatHasForgottenItsSequenceNumberIsTaughtIt() {
        knows(IMSI, KI);
        enable();
        attach();
        network.provision(List.of());
        knows(IMSI, KI);

        device.tell(new Input.Stopped());
        device.tell(new Input.Started());
        assertTrue(attach() > 1);

        assertEquals(Link.CONNECTING, device.state().link());
    }

    @Test
    void aProfileThatIsAcceptedLaterIsForgiven() {
        enable();
        attach();
        assertEquals(Link.NO_NETWORK, device.state().link());
        knows(IMSI, KI);

        device.tell(new Input.Stopped());
        device.tell(new Input.Started());
        attach();

        assertEquals(Link.CONNECTING, device.state().link());
        assertNull(device.state().memory().refused());
    }

    @Test
    void whatANetworkSaysOfAProfileThatWasLeftIsIgnored() {
        enable();
        List<Action> asked = device.actions();
        device.after(AgentSettings.DEFAULT.confirmationTimeout());
        AgentState rolledBack = device.state();

        device.tell(new Input.Attached(ICCID));
        assertEquals(rolledBack, device.state());
        device.tell(new Input.AttachRefused(ICCID, AttachRefusal.MAC_FAILURE));
        assertEquals(rolledBack, device.state());

        assertEquals(BOOTSTRAP, enabled());
        assertEquals(Link.CONNECTING, rolledBack.link());
        assertTrue(asked.contains(new Action.Attach(ICCID, IMSI)));
    }

    /** The change of profile is confirmed too late, while the device is connecting: it has to attach with what is enabled then. */
    @Test
    void aRollBackWhileItConnectsGoesOn() {
        knows(IMSI, KI);
        enable();
        attach();
        assertEquals(Link.CONNECTING, device.state().link());
        device.after(AgentSettings.DEFAULT.confirmationTimeout());
        assertEquals(BOOTSTRAP, enabled());
        assertEquals(Link.CONNECTING, device.state().link());
    }

    @Test
    void aNetworkThatAsksNobodyLetsEverybodyAttach() {
        PureDevice other = new PureDevice(new Behaviour.Obeys(), Coverage.EVERYWHERE, new InsertedCard(CARD.card()));
        other.tell(new Input.Started()).tell(new Input.Connected());
        other.hear(new Command("p.2", 1, CARD.enabling())).tell(new Input.Lost());
        assertEquals(Link.CONNECTING, other.state().link());
        assertFalse(other.did(Action.Attach.class));
    }

    private void knows(Imsi imsi, SecretOctets ki) {
        network.provision(List.of(new Subscriber(imsi, ICCID, new HomeSubscription(new Milenage(ki, OPC), Sqn.ZERO))));
    }

    private void enable() {
        device.tell(new Input.Started()).tell(new Input.Connected());
        device.hear(new Command("p.2", 1, CARD.enabling())).tell(new Input.Lost());
        assertEquals(Link.ATTACHING, device.state().link());
    }

    /** Lets device and network talk until there is nothing more to say; how many challenges there were. */
    private int attach() {
        int challenges = 0;
        while (true) {
            NetworkAnswer said = null;
            for (Action action : device.actions()) {
                if (action instanceof Action.Attach attach) {
                    said = network.attach(attach.imsi());
                } else if (action instanceof Action.Answer answer) {
                    said = network.answer(answer.imsi(), answer.answer());
                }
            }
            if (said instanceof NetworkAnswer.Challenge challenge) {
                challenges++;
                device.tell(new Input.Challenged(ICCID, IMSI, challenge.rand(), challenge.autn()));
            } else if (said instanceof NetworkAnswer.Refused refused) {
                device.tell(new Input.AttachRefused(ICCID, refused.reason()));
                return challenges;
            } else if (said != null) {
                device.tell(new Input.Attached(ICCID));
                return challenges;
            } else {
                return challenges;
            }
        }
    }

    private CardNotification notification() {
        return assertInstanceOf(CardNotification.class, device.said().get(0));
    }

    private Iccid enabled() {
        return device.state().memory().card().enabledProfile();
    }

    private Octets rand() {
        byte[] rand = new byte[16];
        dice.nextBytes(rand);
        return Octets.of(rand);
    }
}
