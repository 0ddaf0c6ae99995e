package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aka.HomeSubscription;
import io.godwit.gsma.aka.Milenage;
import io.godwit.gsma.aka.Sqn;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.CardStateCodec;
import io.godwit.simulator.card.DownloadedCard;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.network.Coverage;
import io.godwit.simulator.network.NetworkAnswer;
import io.godwit.simulator.network.Subscriber;
import io.godwit.simulator.network.TestNetwork;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A carrier that gives a subscription, takes it away, mixes up its keys and forgets its sequence numbers, around a device that
 * loses power and connection and is told to change its profile. Whatever happens, the device is on the air with the downloaded
 * profile only when the network has accepted it since the card has power, and the card can be written down.
 */
class AttachSimulation {
    private static final int STEPS = 3_000;
    private static final Imsi IMSI = new Imsi("001010123456789");
    private static final Iccid ICCID = Iccid.withCheckDigit("8900012345678909999");
    private static final SecretOctets KI = SecretOctets.copyOf(Octets.utf8("this is one's Ki"));
    private static final SecretOctets OTHER = SecretOctets.copyOf(Octets.utf8("another one's Ki"));
    private static final SecretOctets OPC = SecretOctets.copyOf(Octets.utf8("an operator's c."));
    private static final DownloadedCard CARD = DownloadedCard.of(ProfileBuilder.of(ICCID, IMSI, KI, OPC));

    private final long seed = Long.getLong("godwit.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TestNetwork network = new TestNetwork(this::rand);
    private final PureDevice device =
            new PureDevice(new Behaviour.Obeys(), Coverage.EVERYWHERE.authenticated(), new InsertedCard(CARD.card()));
    private final Map<AgentEvent, Integer> counts = new EnumMap<>(AgentEvent.class);
    private boolean accepted;
    private boolean right;
    private int commands;
    private List<Action> actions = List.of();

    @Test
    void onlyTheRightSubscriptionIsOnTheAir() {
        System.out.println("attaching in any order: again with -Dgodwit.seed=" + seed);
        for (int step = 0; step < STEPS; step++) {
            act();
            talk();
            boolean downloaded = enabled().equals(ICCID);
            Link link = device.state().link();
            if (downloaded && (link == Link.CONNECTING || link == Link.ONLINE)) {
                assertTrue(accepted, () -> link + " without the network, seed " + seed);
            }
            if (step % 50 == 0) {
                CardState state = state();
                assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)), "seed " + seed);
            }
        }
        String reached = counts + " seed " + seed;
        System.out.println("reached " + reached);
        for (AgentEvent event : List.of(
                AgentEvent.ATTACHED,
                AgentEvent.RESYNCHRONISED,
                AgentEvent.REFUSED_MAC_FAILURE,
                AgentEvent.REFUSED_UNKNOWN_SUBSCRIBER,
                AgentEvent.TIMER_EXPIRED)) {
            assertTrue(counts.getOrDefault(event, 0) > 0, () -> event + " was not reached: " + reached);
        }
    }

    private void act() {
        switch (random.nextInt(14)) {
            case 0 -> provision(KI, Sqn.of(random.nextInt(1 << 20), random.nextInt(Sqn.PLACES)));
            case 1 -> provision(OTHER, Sqn.ZERO);
            case 2 -> network.provision(List.of());
            case 3 -> {
                tell(new Input.Stopped());
                tell(new Input.Started());
            }
            case 4 -> tell(new Input.Started());
            case 5 -> {
                device.after(Duration.ofMinutes(random.nextInt(8)));
                done();
            }
            case 6 -> tell(new Input.Scripted(new Behaviour.Offline(Duration.ofSeconds(1))));
            case 7, 8 -> command(DownloadedCard.ENABLE);
            case 9 -> command(new EnableProfile(state().fallback().aid()));
            case 10, 11 ->
                state().unconfirmedChange()
                        .ifPresent(change -> command(new NotificationConfirmation(change.sequence())));
            case 12 -> tell(new Input.Lost());
            default -> tell(new Input.Connected());
        }
    }

    private void provision(SecretOctets ki, Sqn sqn) {
        network.provision(List.of());
        network.provision(List.of(new Subscriber(IMSI, ICCID, new HomeSubscription(new Milenage(ki, OPC), sqn))));
        right = ki.equals(KI);
    }

    private void command(Es5Function function) {
        if (device.state().link() == Link.ONLINE) {
            device.hear(new Command("c" + commands, commands, CARD.packet(commands++, function)));
            done();
        }
    }

    /** Device and network talk until there is nothing more to say; now and then something comes in between. */
    private void talk() {
        for (Optional<Input> said = said(); said.isPresent(); said = said()) {
            if (random.nextInt(20) == 0) {
                tell(said.get());
            }
            tell(said.get());
        }
    }

    private Optional<Input> said() {
        NetworkAnswer answer = null;
        List<Action> toDo = actions;
        actions = List.of();
        for (Action action : toDo) {
            if (action instanceof Action.Attach attach) {
                accepted = false;
                answer = network.attach(attach.imsi());
            } else if (action instanceof Action.Answer given) {
                answer = network.answer(given.imsi(), given.answer());
            }
        }
        if (answer instanceof NetworkAnswer.Challenge challenge) {
            return Optional.of(new Input.Challenged(ICCID, IMSI, challenge.rand(), challenge.autn()));
        }
        if (answer instanceof NetworkAnswer.Refused refused) {
            return Optional.of(new Input.AttachRefused(ICCID, refused.reason()));
        }
        if (answer != null) {
            assertTrue(right, () -> "accepted with other keys, seed " + seed);
            accepted = true;
            return Optional.of(new Input.Attached(ICCID));
        }
        return Optional.empty();
    }

    private void tell(Input input) {
        device.tell(input);
        done();
    }

    private void done() {
        actions = device.actions();
        for (Action action : device.actions()) {
            if (action instanceof Action.Count count) {
                counts.merge(count.event(), 1, Integer::sum);
            }
        }
    }

    private Iccid enabled() {
        return device.state().memory().card().enabledProfile();
    }

    private CardState state() {
        return ((InsertedCard) device.state().memory().card()).euicc().state();
    }

    private Octets rand() {
        byte[] rand = new byte[16];
        random.nextBytes(rand);
        return Octets.of(rand);
    }
}
