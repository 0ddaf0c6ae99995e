package io.godwit.simulator.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.grouppackage.GroupFunction;
import io.godwit.gsma.grouppackage.GroupPackage;
import io.godwit.gsma.grouppackage.GroupTarget;
import io.godwit.gsma.grouppackage.Selection;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.Address;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.GroupCommand;
import io.godwit.protocol.body.StepBody.Received;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.card.ExecutionLog;
import io.godwit.simulator.card.IsdP;
import io.godwit.simulator.network.Coverage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Messages that somebody has tampered with, and inputs in any order: no exception, nothing executed, nothing lost. */
class AgentProperties {
    private static final long SEED = Long.getLong("godwit.seed", System.nanoTime());
    private static final Nid NID = new Nid("meter-0001");
    private static final Scp80Keys KEYS =
            Scp80Keys.of(1, Octets.utf8("a kic of 16 byte"), Octets.utf8("a kid of 16 byte"));
    private static final AgentDecider DECIDER = new AgentDecider(NID, AgentSettings.DEFAULT, Coverage.EVERYWHERE);
    private static final Moment MOMENT = new Moment(Instant.EPOCH, 0.5);

    private static final TenantId TENANT = new TenantId("acme");
    private static final Gid GID = new Gid("meters");
    private static final EcKeyPair SIGNER = EcKeyPair.of(Octets.fromHex("33".repeat(32)));
    private static final Octets ENABLE = packet(2, new EnableProfile(SecurityDomains.isdP(1)).commands());
    private static final GroupCommand FOR_GROUP = forGroup();

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
                message(FOR_GROUP),
                message(new RequestAccepted("q-1", "op")));
        for (int round = 0; round < 50_000; round++) {
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
                new Input.Delivered(message(FOR_GROUP)),
                new Input.Delivered(message(new Trigger("p.3", "op", 20_000))),
                new Input.Delivered(message(new RequestAccepted("q-1", "op"))));
        for (int run = 0; run < 500; run++) {
            AgentState state = off();
            Instant now = Instant.EPOCH;
            for (int step = 0; step < 60; step++) {
                now = now.plusSeconds(random.nextInt(30));
                Input input = inputs.get(random.nextInt(inputs.size()));
                state = DECIDER.decide(state, input, new Moment(now, random.nextDouble()))
                        .next();
                boolean once = packets(state) <= 1 && packages(state) <= 1;
                assertTrue(once, () -> "seed " + SEED + " input " + input);
            }
        }
    }

    /** A mutant may still be the command: with another id, or with other spare bits at the end of its base64. */
    private static boolean bearsTheCommand(Octets payload) {
        return new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS).decode(MqttTopic.TO_EUICC, payload)
                        instanceof RspMessageCodec.Decoded decoded
                && StepBodyCodec.decode(decoded.step(), decoded.message().body())
                        instanceof StepBodyCodec.Decoded readable
                && bearsTheCommand(readable.body());
    }

    private static boolean bearsTheCommand(StepBody body) {
        if (body instanceof Command command) {
            return command.packet().equals(ENABLE);
        }
        return body instanceof GroupCommand forGroup && forGroup.groupPackage().equals(FOR_GROUP.groupPackage());
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
        return packets(state) + packages(state);
    }

    /** Beside the one that made it a member. */
    private static long packets(AgentState state) {
        return executions(state).packets() - 1;
    }

    private static long packages(AgentState state) {
        return executions(state).groupPackages();
    }

    private static ExecutionLog executions(AgentState state) {
        return ((InsertedCard) state.memory().card()).euicc().state().executions();
    }

    private static AgentState off() {
        Iccid bootstrap = Iccid.withCheckDigit("8900012345678901000");
        Iccid operational = Iccid.withCheckDigit("8900012345678901001");
        EuiccCard card = CardFactory.withGroupExtension(CardFactory.personalise(
                new Eid("89049032123451234512345678901235"),
                List.of(KEYS),
                List.of(IsdP.withProfile(0, bootstrap, 1000), IsdP.withProfile(1, operational, 1000))));
        io.godwit.gsma.grouppackage.GroupCommand join =
                new io.godwit.gsma.grouppackage.GroupCommand.Join(TENANT, GID, 1, Counter.ZERO, SIGNER.publicKey());
        EuiccCard member = card.receive(packet(1, List.of(join.command()))).next();
        return AgentState.off(DeviceMemory.around(new InsertedCard(member)), new Behaviour.Obeys());
    }

    private static AgentState online() {
        AgentState connecting =
                DECIDER.decide(off(), new Input.Started(), MOMENT).next();
        return DECIDER.decide(connecting, new Input.Connected(), MOMENT).next();
    }

    private static Octets message(StepBody body) {
        Address address = body instanceof GroupCommand ? new Address.Group(GID) : new Address.Single(NID);
        return RspMessageCodec.encode(body.toMessage(address));
    }

    private static Octets packet(long counter, List<CommandApdu> commands) {
        Octets script = new CommandScript(commands).encode();
        return new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, new Counter(counter), script).encode(KEYS);
    }

    private static GroupCommand forGroup() {
        GroupPackage enable = new GroupPackage(
                TENANT,
                GID,
                1,
                new UUID(1, 2),
                new Counter(1),
                GroupFunction.ENABLE_PROFILE,
                Optional.of(new GroupTarget.ByAid(SecurityDomains.isdP(1))),
                new Selection.Everybody());
        return new GroupCommand("c.1", enable.sign(SIGNER), 20_000);
    }
}
