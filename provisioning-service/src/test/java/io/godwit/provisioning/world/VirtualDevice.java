package io.godwit.provisioning.world;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Address;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.card.KeySet;
import io.godwit.simulator.device.Action;
import io.godwit.simulator.device.AgentDecider;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.AgentState;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.device.Decision;
import io.godwit.simulator.device.DeviceMemory;
import io.godwit.simulator.device.Input;
import io.godwit.simulator.device.InsertedCard;
import io.godwit.simulator.device.Moment;
import io.godwit.simulator.network.Coverage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A device agent around a real card, with nothing underneath: who drives it carries its messages. */
public final class VirtualDevice {
    private final Nid nid;
    private final AgentDecider decider;
    private final Random random;
    private AgentState state;

    /** A device whose card knows SGP.02 alone. */
    public VirtualDevice(Nid nid, int number, AgentSettings settings, Random random) {
        this(nid, card(number), settings, random);
    }

    public VirtualDevice(Nid nid, EuiccCard card, AgentSettings settings, Random random) {
        this.nid = nid;
        this.random = random;
        this.decider = new AgentDecider(nid, settings, Coverage.EVERYWHERE);
        this.state = AgentState.off(DeviceMemory.around(new InsertedCard(card)), new Behaviour.Obeys());
    }

    /** A card like {@link #card} with the group extension; its profiles say what they are, and a spare one is behind them. */
    public static EuiccCard groupCard(int number) {
        EuiccCard plain = card(number);
        return CardFactory.withGroupExtension(CardFactory.personalise(
                plain.state().eid(),
                plain.state().keySets().stream().map(KeySet::keys).toList(),
                List.of(
                        plain.state().isdPs().get(0).withProfileType("bootstrap"),
                        plain.state().isdPs().get(1).withProfileType("operational"),
                        IsdP.withProfile(2, iccid("8900030", number), 65_536).withProfileType("spare"))));
    }

    /** A card with an enabled bootstrap profile and a disabled operational one, its keys made from its number. */
    public static EuiccCard card(int number) {
        Random keys = new Random(number);
        byte[] kic = new byte[16];
        byte[] kid = new byte[16];
        keys.nextBytes(kic);
        keys.nextBytes(kid);
        return CardFactory.personalise(
                Eid.withCheckDigits(String.format(Locale.ROOT, "8904903212345123451234%08d", number)),
                List.of(Scp80Keys.of(1, Octets.of(kic), Octets.of(kid))),
                List.of(
                        IsdP.withProfile(0, iccid("8900010", number), 65_536).withProfileType("bootstrap"),
                        IsdP.withProfile(1, iccid("8900020", number), 65_536).withProfileType("operational")));
    }

    /** The same card with the extension for group packages. */
    public static EuiccCard withGroupExtension(int number) {
        return CardFactory.withGroupExtension(card(number));
    }

    private static Iccid iccid(String issuer, int number) {
        return Iccid.withCheckDigit(issuer + String.format(Locale.ROOT, "%012d", number));
    }

    public Nid nid() {
        return nid;
    }

    public CardState card() {
        return ((InsertedCard) state.memory().card()).euicc().state();
    }

    public AgentState state() {
        return state;
    }

    /** What the device does about {@code input}; its memory is safe by then. */
    public List<Action> input(Input input, Instant now) {
        Decision decision = decider.decide(state, input, new Moment(now, random.nextDouble()));
        state = decision.next();
        return decision.actions();
    }

    /** The MQTT payload of a message that the device wants published. */
    public Octets said(Action.Publish publish) {
        return RspMessageCodec.encode(publish.body().toMessage(publish.address(), nid));
    }

    /** The same of one that does not name its author. */
    public static Octets payload(Action.Publish publish) {
        return payload(publish.address(), publish.body());
    }

    public static Octets payload(Address address, StepBody body) {
        return RspMessageCodec.encode(body.toMessage(address));
    }
}
