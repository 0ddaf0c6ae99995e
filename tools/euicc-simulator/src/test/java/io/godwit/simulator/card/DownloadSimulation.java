package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestSmDp.ISD_P;
import static io.godwit.simulator.card.TestSmDp.KEY_VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.ecka.EckaEg;
import io.godwit.gsma.ecka.KeySetAnswer;
import io.godwit.gsma.ecka.SharedInfo;
import io.godwit.gsma.es5.CreateIsdP;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.es5.MasterDelete;
import io.godwit.gsma.es8.DownloadScript;
import io.godwit.gsma.es8.Es8Outcome;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.es8.SendKeyParameters;
import io.godwit.gsma.profile.Imsi;
import io.godwit.gsma.profile.ProfileBuilder;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.gsma.scp03t.Segments;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An SM-DP and an SM-SR that do everything in any order, and now and then send something damaged under the right SCP80 keys,
 * to a card that loses its power in between. Whatever comes, the card answers and stays one that can be written down, and no
 * octet of its memory is lost.
 */
class DownloadSimulation {
    private static final int STEPS = 6_000;
    private static final int MEMORY = 60_000;
    private static final SecretOctets KEY = SecretOctets.copyOf(Octets.utf8("a token key of16"));
    private static final List<Octets> SEGMENTS = Segments.cut(
            ProfileBuilder.of(Iccid.withCheckDigit("8900012345678909999"), new Imsi("001010123456789"), KEY, KEY)
                    .build()
                    .encode(),
            300);

    private final long seed = Long.getLong("godwit.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TestSmSr smSr = new TestSmSr(TestSmDp.card());
    private final int total = memory();
    private final Deque<Octets> toSend = new ArrayDeque<>();
    private Octets challenge = Octets.of(new byte[16]);
    private Scp03Keys keys = Scp03Keys.of(KEY_VERSION, challenge, challenge, challenge);
    private int established;
    private int installed;
    private int refused;

    @Test
    void inAnyOrderTheCardStaysSound() {
        System.out.println("download in any order: again with -Dgodwit.seed=" + seed);
        for (int step = 0; step < STEPS; step++) {
            boolean held = holdsProfile();
            act();
            installed += !held && holdsProfile() ? 1 : 0;
            assertEquals(total, memory(), () -> "memory, seed " + seed);
            if (step % 100 == 0) {
                CardState state = smSr.card().state();
                assertEquals(
                        state,
                        CardStateCodec.decode(CardStateCodec.encode(state)).orElseThrow());
            }
        }
        String reached = established + " keys, " + installed + " profiles, " + refused + " refusals, seed " + seed;
        System.out.println("reached " + reached);
        assertTrue(established > 20 && installed > 3 && refused > 500, reached);
    }

    private void act() {
        switch (random.nextInt(20)) {
            case 0, 1 ->
                send(new CreateIsdP(ISD_P, Optional.of(MEMORY)).commands().get(0));
            case 2 -> send(new DeleteProfile(ISD_P).commands().get(0));
            case 3 -> send(master());
            case 4 ->
                send(new EnableProfile(random.nextBoolean() ? ISD_P : TestCards.BOOTSTRAP)
                        .commands()
                        .get(0));
            case 5 -> smSr.reboot();
            case 6 -> smSr.take(smSr.card().timerExpired());
            case 7, 8 -> begin(CertificateRole.SM_DP);
            case 9 -> begin(CertificateRole.SM_SR);
            case 10, 11, 12 -> agree();
            case 13, 14 -> open();
            default -> next();
        }
    }

    private void begin(CertificateRole role) {
        CommandApdu present = new PresentCertificate(TestSmDp.certificate(role)).command();
        List<ResponseApdu> answers = role == CertificateRole.SM_DP
                ? send(new InstallForPersonalization(ISD_P).command(), present)
                : send(present);
        if (PresentCertificate.outcome(answers) instanceof Es8Outcome.Accepted<Octets> accepted) {
            challenge = accepted.value();
        }
    }

    private void agree() {
        List<ResponseApdu> answers = send(TestSmDp.parameters(random.nextInt(8) == 0 ? 0x02 : KEY_VERSION, challenge)
                .command());
        if (SendKeyParameters.outcome(answers) instanceof Es8Outcome.Accepted<KeySetAnswer> accepted) {
            established++;
            SharedInfo info = SharedInfo.of(accepted.value().random().orElseThrow());
            keys = EckaEg.establish(TestSmDp.key("04"), TestSmDp.key("02").publicKey(), info)
                    .toScp03Keys(KEY_VERSION);
        }
    }

    /** Prepares a session with the number that the card expects, mostly. */
    private void open() {
        int last = smSr.card()
                .state()
                .isdP(ISD_P)
                .flatMap(IsdP::keys)
                .map(set -> set.lastSession().value())
                .orElse(0);
        MutualAuthentication session = TestSmDp.session(keys, last + 1 + random.nextInt(6) / 5);
        Scp03tChannel.Wrapped authenticate = Scp03tChannel.authenticate(session);
        toSend.clear();
        toSend.add(Scp03tInitiation.encode(session.initializeUpdate()));
        toSend.add(authenticate.command());
        authenticate.next().wrapAll(SEGMENTS).forEach(segment -> toSend.add(segment.command()));
    }

    /** Sends what the session has next, and often all of it, now and then to another ISD-P. */
    private void next() {
        for (int i = random.nextInt(8); i >= 0 && !toSend.isEmpty(); i--) {
            Octets data = new DownloadScript(List.of(toSend.remove())).encodeCommands();
            Aid to = random.nextInt(20) == 0 ? TestCards.FIRST : ISD_P;
            if (smSr.card().state().isdP(to).isEmpty()) {
                // A packet to nobody is not answered; a damaged DeleteProfile may have named the other ISD-P.
                toSend.clear();
                return;
            }
            Octets answer = smSr.raw(to, random.nextInt(40) == 0 ? Damage.of(random, data) : data);
            refused += answer.length() > 4 && answer.at(2) == 0x9f ? 1 : 0;
        }
    }

    private static CommandApdu master() {
        Octets part = Octets.ofInts(1);
        return MasterDelete.with(KEY, ISD_P, new MasterDelete.TokenInput(part, part, part, part))
                .commands()
                .get(0);
    }

    private List<ResponseApdu> send(CommandApdu... commands) {
        CommandApdu last = commands[commands.length - 1];
        if (random.nextInt(5) == 0 && !last.data().isEmpty()) {
            Octets data = Damage.of(random, last.data());
            commands[commands.length - 1] = new CommandApdu(
                    last.cla(),
                    last.ins(),
                    last.p1(),
                    last.p2(),
                    data.slice(0, Math.min(255, data.length())),
                    last.le());
        }
        List<ResponseApdu> answers = smSr.send(commands);
        refused += answers.get(answers.size() - 1).status().isSuccess() ? 0 : 1;
        return answers;
    }

    private boolean holdsProfile() {
        return smSr.card()
                .state()
                .isdP(ISD_P)
                .filter(isdP -> isdP.state().holdsProfile())
                .isPresent();
    }

    private int memory() {
        CardState state = smSr.card().state();
        return state.freeMemory()
                + state.isdPs().stream().mapToInt(IsdP::grantedMemory).sum();
    }
}
