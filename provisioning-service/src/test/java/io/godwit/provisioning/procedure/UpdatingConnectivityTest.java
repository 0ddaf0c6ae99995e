package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.ProcedureState.Kind.AUDITING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.COMMANDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.TRIGGERED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.es8.UpdateConnectivityParameters;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Aid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.ConnectivityParameters;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.smdp.IsdPKeySet;
import io.godwit.simulator.card.Connectivity;
import io.godwit.simulator.card.EuiccCard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdatingConnectivityTest {
    private static final Aid NEW = SecurityDomains.isdP(2);
    private static final Optional<Octets> SMS = Optional.of(Octets.fromHex("0604911032f4"));
    private static final Optional<Octets> BEARER = Optional.of(Octets.fromHex("4703696f74"));
    private static final Connectivity TOLD = new Connectivity(SMS, BEARER);

    private final DownloadDesk at = new DownloadDesk();
    private final EuiccCard empty = at.card;

    /** With a profile that has been downloaded, disabled. */
    private void downloaded() {
        at.order(false).a2().b2().b2().b2();
        assertEquals("Executed-Success", at.desk.code());
    }

    private static EsFunction update(Aid isdP) {
        return EsFunction.updateConnectivityParameters(
                new ProfileTarget.ByAid(isdP), new ConnectivityParameters(SMS, BEARER));
    }

    private Connectivity onCard() {
        return at.third().orElseThrow().connectivity();
    }

    private IsdPKeySet kept() {
        return at.desk.file.card().isdPKeys().get(NEW);
    }

    private void keep(IsdPKeySet keys) {
        CardFile file = at.desk.file;
        at.desk.file = new CardFile(file.card().knowing(Map.of(NEW, keys)), file.procedures());
    }

    @Test
    void oneCommandBringsTheWholeSession() {
        downloaded();
        at.desk.sent.clear();
        at.desk.order(update(NEW));
        at.a2();
        assertEquals(COMMANDED, at.state());
        at.b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(TOLD, onCard());
        assertEquals(List.of(FlowStep.A1, FlowStep.B1), at.desk.steps());
        assertEquals(new SequenceCounter(2), kept().lastSession());
        at.desk.order(update(NEW));
        at.a2().b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(new SequenceCounter(3), kept().lastSession());
    }

    @Test
    void aCardIsNotAskedForAProfileThatSomebodyElseHasDownloaded() {
        downloaded();
        at.desk.sent.clear();
        at.desk.order(update(Desk.OPERATIONAL));
        assertEquals("NO_ISD_P_KEYS", at.desk.code());
        keep(kept().at(SequenceCounter.MAX));
        at.desk.order(update(NEW));
        assertEquals("ISD_P_KEYS_SPENT", at.desk.code());
        assertEquals(List.of(), at.desk.sent);
    }

    @Test
    void anOrderBehindTheDownloadFindsItsKeys() {
        at.order(false);
        at.desk.order(update(NEW));
        at.a2().b2().b2().b2();
        assertEquals(TRIGGERED, at.state());
        at.a2().b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(TOLD, onCard());
    }

    @Test
    void aLostAnswerIsMadeGoodByAnotherSession() {
        downloaded();
        at.desk.order(update(NEW));
        at.a2();
        at.execute();
        at.desk.noAnswer();
        assertEquals(AUDITING, at.state());
        at.b2();
        assertEquals(COMMANDED, at.state());
        at.b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(TOLD, onCard());
        assertEquals(new SequenceCounter(3), kept().lastSession());
    }

    @Test
    void aLostCommandIsMadeGoodBehindTheNumberThatTheCardTells() {
        downloaded();
        at.desk.order(update(NEW));
        at.a2();
        at.desk.noAnswer();
        at.b2();
        assertEquals(COMMANDED, at.state());
        at.b2();
        assertEquals(COMMANDED, at.state(), "the card has told that its session was number 2");
        assertEquals(Connectivity.NONE, onCard());
        at.b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(TOLD, onCard());
        assertEquals(new SequenceCounter(3), kept().lastSession());
    }

    @Test
    void aSilentCardIsAuditedAndAskedAgain() {
        downloaded();
        at.desk.order(update(NEW));
        at.a2();
        for (int i = 0; i < 100 && at.state() == COMMANDED; i++) {
            at.desk.after(at.desk.rules.longestRetry());
        }
        assertEquals(AUDITING, at.state());
        at.b2().b2().b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(TOLD, onCard());
    }

    @Test
    void numbersThatWereSetBackAreMadeGood() {
        downloaded();
        keep(kept().at(new SequenceCounter(700)));
        at.desk.order(update(NEW));
        at.a2().b2().b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(TOLD, onCard());
        assertEquals(new SequenceCounter(3), kept().lastSession());
    }

    @Test
    void itIsNotTriedForEver() {
        downloaded();
        at.desk.order(update(NEW));
        at.a2();
        for (int i = 0; i <= at.desk.rules.retries(); i++) {
            assertEquals(COMMANDED, at.state());
            at.desk.noAnswer();
            assertEquals(AUDITING, at.state());
            at.b2();
        }
        assertEquals("NOT_ANSWERED", at.desk.code());
    }

    @Test
    void aProfileThatIsGoneIsToldAndItsKeysGoToo() {
        downloaded();
        at.desk.order(update(NEW));
        at.a2();
        at.card = empty;
        at.desk.noAnswer();
        at.b2();
        assertEquals("TARGET_NOT_ON_CARD", at.desk.code());
        assertEquals(Map.of(), at.desk.file.card().isdPKeys());
    }

    @Test
    void otherKeysAreToldApart() {
        downloaded();
        Octets other = Octets.utf8("another key of16");
        keep(new IsdPKeySet(Scp03Keys.of(0x30, other, other, other), kept().lastSession()));
        at.desk.order(update(NEW));
        at.a2().b2();
        assertEquals("ISD_P_KEYS_WRONG", at.desk.code());
        keep(new IsdPKeySet(Scp03Keys.of(0x31, other, other, other), kept().lastSession()));
        at.desk.order(update(NEW));
        at.a2().b2();
        assertEquals("CONNECTIVITY_REFUSED", at.desk.code());
        assertTrue(
                String.valueOf(at.desk.outcomes().get(2).detail()).contains("6A88 to INITIALIZE UPDATE"),
                at.desk.outcomes().toString());
        assertEquals(Connectivity.NONE, onCard());
    }

    @Test
    void anAnswerToAnEarlierCommandIsIgnored() {
        downloaded();
        at.desk.order(update(NEW));
        at.a2();
        StepBody.CommandResult answer = at.execute();
        at.desk.noAnswer();
        at.b2();
        assertEquals(COMMANDED, at.state());
        at.desk.says(answer);
        assertEquals(COMMANDED, at.state());
        at.b2();
        assertEquals("Executed-Success", at.desk.code());
    }

    @Test
    void theKeysGoWithTheProfileAndWithTheCard() {
        downloaded();
        assertEquals(new SequenceCounter(1), kept().lastSession());
        CardFile before = at.desk.file;
        at.desk.put(new CardInput.Removed());
        assertEquals(Map.of(), at.desk.file.card().isdPKeys());
        at.desk.file = before;
        at.desk.order(new EsFunction(EsFunction.Name.DELETE_PROFILE, new ProfileTarget.ByAid(NEW)));
        at.a2().b2();
        assertEquals("Executed-Success", at.desk.code());
        assertEquals(Map.of(), at.desk.file.card().isdPKeys());
    }

    @Test
    void theKeysStayWhateverElseHappensToTheCard() {
        downloaded();
        Card card = at.desk.file.card();
        for (Card changed : List.of(
                card.withNewKeys(),
                card.withCounter(Counter.MAX),
                card.with(card.eis().withEnabled(NEW)),
                card.holding(List.of()),
                card.withLapsed(true),
                card.at(null),
                card.confirming(3),
                card.announce(),
                card.register(card.eis(), Counter.MAX),
                card.answering("d1", Octets.EMPTY, at.desk.now, at.desk.now))) {
            assertEquals(Map.of(NEW, kept()), changed.isdPKeys());
        }
    }

    /** What an order lets through, a command must be able to bear. */
    @Test
    void everyOrderThatIsTakenMakesACommand() {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println("connectivity parameters: again with -Dgodwit.seed=" + seed);
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] noise = new byte[2 + random.nextInt(8)];
            random.nextBytes(noise);
            // A length that is right, or short by one.
            noise[1] = (byte) (noise.length - 2 - random.nextInt(2));
            taken += makes(Optional.of(Octets.of(noise)), Optional.empty());
        }
        assertTrue(taken > 1000, "taken: " + taken);
        Octets longest = Octets.fromHex("4781e3").plus(Octets.of(new byte[227]));
        assertEquals(1, makes(Optional.empty(), Optional.of(longest)));
        Octets half = Octets.fromHex("4771").plus(Octets.of(new byte[113]));
        assertEquals(1, makes(Optional.of(half), Optional.of(half)));
        assertEquals(0, makes(Optional.of(half), Optional.of(half.plus(Octets.fromHex("4700")))));
    }

    /** 1 when the order is taken; then it makes a command. */
    private static int makes(Optional<Octets> sms, Optional<Octets> bearer) {
        ConnectivityParameters order;
        try {
            order = new ConnectivityParameters(sms, bearer);
        } catch (IllegalArgumentException refused) {
            return 0;
        }
        int octets = new UpdateConnectivityParameters(order.sms(), order.bearer())
                .command()
                .data()
                .length();
        assertTrue(octets <= 239, octets + " octets do not fit a command under SCP03");
        return 1;
    }
}
