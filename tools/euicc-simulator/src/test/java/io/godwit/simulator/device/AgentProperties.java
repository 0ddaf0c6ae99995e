package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Address;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.Received;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.network.Coverage;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages that somebody has tampered with, and inputs in any order: no exception, nothing executed, nothing lost. */
class AgentProperties {
    private static final long SEED = Long.getLong("godwit.seed", System.nanoTime());
    private static final Nid NID = new Nid("meter-0001");
    private static final Scp80Keys KEYS =
            Scp80Keys.of(1, Octets.utf8("a kic of 16 byte"), Octets.utf8("a kid of 16 byte"));
    private static final AgentDecider DECIDER = new AgentDecider(NID, AgentSettings.DEFAULT, Coverage.EVERYWHERE);
    private static final Moment MOMENT = new Moment(Instant.EPOCH, 0.5);

    private static final Octets ENABLE = enable();

    private final Random random = new Random(SEED);

    AgentProperties() {
        System.out.println("AgentProperties: again with -Dgodwit.seed=" + SEED);
    }

    @Test
    void mutatedMessagesChangeNothing() {
        AgentState state = online();
        List<Octets> originals = List.of(
                message(new Trigger("p.1", "op")),
                message(new Command("p.2", 1, ENABLE)),
                message(new Received("n-1", ENABLE)),
                message(new RequestAccepted("q-1", "op")));
        for (int round = 0; round < 40_000; round++) {
            Octets original = originals.get(round % originals.size());
            Octets mutant = mutated(original);
            Decision decision = DECIDER.decide(state, new Input.Delivered(mutant), MOMENT);
            boolean sameCommand = executed(decision.next()) == 1 && bearsTheCommand(mutant);
            assertTrue(
                    sameCommand || decision.next().equals(state), () -> "seed " + SEED + " message " + mutant.toUtf8());
        }
    }

    @Test
    void mutatedPacketsAreNeverExecuted() {
        AgentState state = online();
        for (int round = 0; round < 10_000; round++) {
            Octets mutant = mutated(ENABLE);
            if (!mutant.equals(ENABLE)) {
                Decision decision =
                        DECIDER.decide(state, new Input.Delivered(message(new Command("p.2", 1, mutant))), MOMENT);
                assertEquals(state, decision.next(), () -> "seed " + SEED + " packet " + mutant.toHex());
            }
        }
    }

    @Test
    void inputsInAnyOrderExecuteTheCommandOnce() {
        List<Input> inputs = List.of(
                new Input.Started(),
                new Input.Connected(),
                new Input.Lost(),
                new Input.Woken(),
                new Input.Stopped(),
                new Input.Asked("q-1", new Address.Single(NID), "why not"),
                new Input.Scripted(new Behaviour.RebootsBeforeAnswering(1)),
                new Input.Scripted(new Behaviour.LosesAnswers(2)),
                new Input.Delivered(message(new Trigger("p.1", "op"))),
                new Input.Delivered(message(new Command("p.2", 1, ENABLE))),
                new Input.Delivered(message(new RequestAccepted("q-1", "op"))));
        for (int run = 0; run < 500; run++) {
            AgentState state = off();
            Instant now = Instant.EPOCH;
            for (int step = 0; step < 60; step++) {
                now = now.plusSeconds(random.nextInt(30));
                Input input = inputs.get(random.nextInt(inputs.size()));
                state = DECIDER.decide(state, input, new Moment(now, random.nextDouble()))
                        .next();
                assertTrue(executed(state) <= 1, () -> "seed " + SEED + " input " + input);
            }
        }
    }

    /** A mutant may still be the command: with another id, or with other spare bits at the end of its base64. */
    private static boolean bearsTheCommand(Octets payload) {
        return new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS).decode(MqttTopic.TO_EUICC, payload)
                        instanceof RspMessageCodec.Decoded decoded
                && StepBodyCodec.decode(decoded.step(), decoded.message().body())
                        instanceof StepBodyCodec.Decoded readable
                && readable.body() instanceof Command command
                && command.packet().equals(ENABLE);
    }

    private Octets mutated(Octets original) {
        byte[] bytes = original.toBytes();
        int faults = 1 + random.nextInt(3);
        for (int i = 0; i < faults; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Octets flipped = Octets.of(bytes);
        return switch (random.nextInt(4)) {
            case 0 -> flipped.slice(0, random.nextInt(flipped.length() + 1));
            case 1 -> flipped.plus(flipped.from(random.nextInt(flipped.length())));
            default -> flipped;
        };
    }

    private static long executed(AgentState state) {
        return ((InsertedCard) state.memory().card())
                .euicc()
                .state()
                .executions()
                .packets();
    }

    private static AgentState off() {
        Iccid bootstrap = Iccid.withCheckDigit("8900012345678901000");
        Iccid operational = Iccid.withCheckDigit("8900012345678901001");
        return AgentState.off(
                DeviceMemory.around(new InsertedCard(CardFactory.personalise(
                        new Eid("89049032123451234512345678901235"),
                        List.of(KEYS),
                        List.of(IsdP.withProfile(0, bootstrap, 1000), IsdP.withProfile(1, operational, 1000))))),
                new Behaviour.Obeys());
    }

    private static AgentState online() {
        AgentState connecting =
                DECIDER.decide(off(), new Input.Started(), MOMENT).next();
        return DECIDER.decide(connecting, new Input.Connected(), MOMENT).next();
    }

    private static Octets message(StepBody body) {
        return RspMessageCodec.encode(body.toMessage(new Address.Single(NID)));
    }

    private static Octets enable() {
        Octets script = new CommandScript(new EnableProfile(SecurityDomains.isdP(1)).commands()).encode();
        return new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, Counter.ZERO.next(), script).encode(KEYS);
    }
}
