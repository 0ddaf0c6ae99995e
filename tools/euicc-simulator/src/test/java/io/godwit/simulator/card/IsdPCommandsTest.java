package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestCards.BOOTSTRAP;
import static io.godwit.simulator.card.TestCards.FIRST;
import static io.godwit.simulator.card.TestCards.SECOND;
import static io.godwit.simulator.card.TestOperator.ISD_P_KEYS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es8.SecureScript;
import io.godwit.gsma.es8.SecureScript.Executed;
import io.godwit.gsma.es8.SecureScript.NotGenuine;
import io.godwit.gsma.es8.SecureScript.OtherCounter;
import io.godwit.gsma.es8.SecureScript.Outcome;
import io.godwit.gsma.es8.SecureScript.Refused;
import io.godwit.gsma.es8.UpdateConnectivityParameters;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Scp03Channel;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.gsma.script.ScriptFault;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsdPCommandsTest {
    private static final Octets SMS = Octets.fromHex("0604911032f4");
    private static final Octets BEARER = Octets.fromHex("4703696f74");
    private static final UpdateConnectivityParameters BOTH =
            new UpdateConnectivityParameters(Optional.of(SMS), Optional.of(BEARER));
    private static final Connectivity TOLD = new Connectivity(Optional.of(SMS), Optional.of(BEARER));
    private static final Executed DONE = new Executed(List.of(ResponseApdu.of(StatusWord.SUCCESS)));
    private static final String SECURITY = "6982";

    private final TestSmSr smSr = new TestSmSr(TestOperator.card());

    private static MutualAuthentication session(Scp03Keys keys, Aid isdP, int number) {
        return MutualAuthentication.of(keys, isdP, Octets.fromHex("0102030405060708"), new SequenceCounter(number));
    }

    private static SecureScript script(Aid isdP, int number, UpdateConnectivityParameters... updates) {
        return SecureScript.of(
                session(ISD_P_KEYS, isdP, number),
                List.of(updates).stream()
                        .map(UpdateConnectivityParameters::command)
                        .toList());
    }

    private Outcome send(Aid isdP, SecureScript script) {
        return script.outcome(send(isdP, script.script().commands()));
    }

    private List<ResponseApdu> send(Aid isdP, List<CommandApdu> commands) {
        Octets answers = smSr.raw(isdP, new CommandScript(commands).encode());
        return ResponseScript.decode(answers).toOptional().orElseThrow().responses();
    }

    private List<String> statuses(Aid isdP, CommandApdu... commands) {
        return send(isdP, List.of(commands)).stream()
                .map(answer -> answer.status().toString())
                .toList();
    }

    private IsdP isdP(Aid aid) {
        return smSr.card().state().isdP(aid).orElseThrow();
    }

    private void insert(EuiccCard card) {
        smSr.take(new CardStep(card, Optional.empty(), false));
    }

    private void insert(CardState state) {
        insert(new EuiccCard(state));
    }

    @Test
    void anEnabledAndADisabledProfileTakeTheirParametersAndKeepThem() {
        assertEquals(DONE, send(BOOTSTRAP, script(BOOTSTRAP, 2, BOTH)));
        assertEquals(DONE, send(FIRST, script(FIRST, 2, BOTH)));
        assertEquals(TOLD, isdP(BOOTSTRAP).connectivity());
        assertEquals(TOLD, isdP(FIRST).connectivity());
        assertEquals(Connectivity.NONE, isdP(SECOND).connectivity());
        assertEquals(new SequenceCounter(2), isdP(FIRST).keys().orElseThrow().lastSession());
        CardState state = smSr.card().state();
        assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));
    }

    @Test
    void eachTemplateReplacesTheOneBeforeAndLeavesTheOther() {
        send(FIRST, script(FIRST, 2, BOTH));
        Octets other = Octets.fromHex("0604911032f5");
        assertEquals(
                DONE,
                send(FIRST, script(FIRST, 3, new UpdateConnectivityParameters(Optional.of(other), Optional.empty()))));
        assertEquals(
                new Connectivity(Optional.of(other), Optional.of(BEARER)),
                isdP(FIRST).connectivity());
        CardState state = smSr.card().state();
        assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));
    }

    @Test
    void severalCommandsFitOneSession() {
        UpdateConnectivityParameters sms = new UpdateConnectivityParameters(Optional.of(SMS), Optional.empty());
        UpdateConnectivityParameters bearer = new UpdateConnectivityParameters(Optional.empty(), Optional.of(BEARER));
        ResponseApdu success = ResponseApdu.of(StatusWord.SUCCESS);
        assertEquals(new Executed(List.of(success, success)), send(FIRST, script(FIRST, 2, sms, bearer)));
        assertEquals(TOLD, isdP(FIRST).connectivity());
        CardState state = smSr.card().state();
        assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));
    }

    @Test
    void eachChangedBitOfTheWrappedCommandIsRefused() {
        EuiccCard fresh = smSr.card();
        List<CommandApdu> commands = script(FIRST, 2, BOTH).script().commands();
        Octets wrapped = commands.get(2).encode();
        int refused = 0;
        for (int bit = 0; bit < wrapped.length() * 8; bit++) {
            byte[] changed = wrapped.toBytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Optional<CommandApdu> readable =
                    CommandApdu.decode(Octets.of(changed)).toOptional();
            // A wrong Lc is no command at all: the next test has that.
            if (readable.isPresent()) {
                insert(fresh);
                assertEquals(
                        List.of("9000", "9000", SECURITY),
                        statuses(FIRST, commands.get(0), commands.get(1), readable.get()),
                        "bit " + bit);
                assertEquals(Connectivity.NONE, isdP(FIRST).connectivity());
                refused++;
            }
        }
        assertEquals((wrapped.length() - 1) * 8, refused, "all but those of Lc");
        insert(fresh);
        assertEquals(List.of("9000", "9000", "9000"), statuses(FIRST, commands.toArray(CommandApdu[]::new)));
    }

    @Test
    void eachChangedBitOfTheScriptChangesNoParameter() {
        EuiccCard fresh = smSr.card();
        Octets sound = script(FIRST, 2, BOTH).script().encode();
        int storeDataAt = sound.length()
                - script(FIRST, 2, BOTH).script().commands().get(2).encode().length();
        for (int bit = 0; bit < sound.length() * 8; bit++) {
            byte[] changed = sound.toBytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            insert(fresh);
            Octets answer = smSr.raw(FIRST, Octets.of(changed));
            ResponseScript read = ResponseScript.decode(answer).toOptional().orElseThrow();
            boolean done = read.responses().size() == 3
                    && read.responses().get(2).status().isSuccess();
            assertEquals(done ? TOLD : Connectivity.NONE, isdP(FIRST).connectivity(), "bit " + bit);
            // Only Le of INITIALIZE UPDATE is under no MAC at all.
            assertEquals(false, done && bit / 8 >= storeDataAt, "bit " + bit);
        }
    }

    @Test
    void whoHasOtherKeysOpensNoSession() {
        Octets other = Octets.utf8("another key of16");
        Scp03Keys wrong = Scp03Keys.of(0x30, other, other, other);
        SecureScript script = SecureScript.of(session(wrong, FIRST, 2), List.of(BOTH.command()));
        assertEquals(new NotGenuine(), send(FIRST, script));
        assertEquals(
                List.of("9000", SECURITY),
                statuses(FIRST, script.script().commands().toArray(CommandApdu[]::new)));
        SecureScript forAnother = script(SECOND, 4, BOTH);
        assertEquals(new NotGenuine(), send(FIRST, forAnother), "the same keys, another ISD-P");
        assertEquals(Connectivity.NONE, isdP(FIRST).connectivity());
    }

    @Test
    void anotherNumberIsToldAndTheSessionAfterItServes() {
        assertEquals(new OtherCounter(new SequenceCounter(2)), send(FIRST, script(FIRST, 9, BOTH)));
        assertEquals(Connectivity.NONE, isdP(FIRST).connectivity());
        assertEquals(DONE, send(FIRST, script(FIRST, 3, BOTH)));
    }

    @Test
    void aLostAnswerIsMadeGoodUnderTheNextNumber() {
        SecureScript lost = script(FIRST, 2, BOTH);
        send(FIRST, lost);
        assertEquals(new OtherCounter(new SequenceCounter(3)), send(FIRST, lost), "no session comes twice");
        assertEquals(TOLD, isdP(FIRST).connectivity());
        assertEquals(DONE, send(FIRST, script(FIRST, 4, BOTH)));
        assertEquals(TOLD, isdP(FIRST).connectivity());
    }

    @Test
    void withoutKeysOrUnderAnotherVersionThereIsNoSession() {
        Scp03Keys another = new Scp03Keys(0x31, ISD_P_KEYS.enc(), ISD_P_KEYS.mac(), ISD_P_KEYS.dek());
        SecureScript script = SecureScript.of(session(another, FIRST, 2), List.of(BOTH.command()));
        assertEquals(new Refused(0, StatusWord.REFERENCE_NOT_FOUND), send(FIRST, script));
        assertEquals(DONE, send(FIRST, script(FIRST, 2, BOTH)), "what is not begun does not count");
        insert(TestCards.fresh());
        assertEquals(new Refused(0, StatusWord.REFERENCE_NOT_FOUND), send(FIRST, script(FIRST, 1, BOTH)));
        assertEquals(Connectivity.NONE, isdP(FIRST).connectivity());
    }

    @Test
    void aSpentKeySetHasNoSession() {
        IsdPKeys spent = new IsdPKeys(ISD_P_KEYS, SequenceCounter.MAX);
        insert(smSr.card().state().with(FIRST, found -> found.withKeys(spent)));
        assertEquals(new Refused(0, StatusWord.CONDITIONS_NOT_SATISFIED), send(FIRST, script(FIRST, 1, BOTH)));
    }

    @Test
    void nothingIsDoneOutsideOfASession() {
        List<CommandApdu> commands = script(FIRST, 2, BOTH).script().commands();
        assertEquals(List.of(SECURITY), statuses(FIRST, BOTH.command()), "in clear");
        assertEquals(List.of(SECURITY), statuses(FIRST, commands.get(1)), "nobody has asked");
        assertEquals(List.of("9000", SECURITY), statuses(FIRST, commands.get(0), commands.get(2)), "not authenticated");
        List<CommandApdu> again = script(FIRST, 3, BOTH).script().commands();
        assertEquals(
                List.of("9000", "9000", SECURITY),
                statuses(FIRST, again.get(0), again.get(1), BOTH.command()),
                "in clear beside an open session");
        List<CommandApdu> split = script(FIRST, 4, BOTH).script().commands();
        assertEquals(List.of("9000", "9000"), statuses(FIRST, split.get(0), split.get(1)));
        assertEquals(List.of(SECURITY), statuses(FIRST, split.get(2)), "the session has ended with its script");
        assertEquals(Connectivity.NONE, isdP(FIRST).connectivity());
    }

    @Test
    void aLowerLevelIsNotTaken() {
        int number = 2;
        for (SecurityLevel level : SecurityLevel.values()) {
            MutualAuthentication session = session(ISD_P_KEYS, FIRST, number++);
            CommandApdu authenticate = Scp03Channel.authenticate(session, level).command();
            boolean full = level == SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC;
            assertEquals(
                    List.of("9000", full ? "9000" : SECURITY),
                    statuses(FIRST, session.initializeUpdate().toCommand(), authenticate),
                    level.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80a40004023f00, 6D00",
        "80e28800053a0701a000, 6A80",
        "80e28800063a0603810101, 6A80",
    })
    void whatIsNoUpdateOfParametersIsRefusedByItsFault(String hex, String status) {
        CommandApdu other = CommandApdu.decode(Octets.fromHex(hex)).toOptional().orElseThrow();
        SecureScript script = SecureScript.of(session(ISD_P_KEYS, FIRST, 2), List.of(other, BOTH.command()));
        assertEquals(new Refused(2, new StatusWord(Integer.parseInt(status, 16))), send(FIRST, script));
        assertEquals(Connectivity.NONE, isdP(FIRST).connectivity());
    }

    @Test
    void whatIsNoScriptOfEitherKindIsBadFormat() {
        EuiccCard before = smSr.card();
        Octets answer = smSr.raw(FIRST, Octets.fromHex("aa082206805030000801"));
        assertEquals(ResponseScript.badFormat(ScriptFault.LENGTH_NOT_FOUND).encode(), answer);
        assertEquals(before.state().isdPs(), smSr.card().state().isdPs());
        assertNotEquals(before, smSr.card(), "the counter of the packet is used up");
    }

    @Test
    void aMalformedInitializeUpdateIsWrongData() {
        CommandApdu shortChallenge = new CommandApdu(0x80, 0x50, 0x30, 0x00, Octets.ofInts(1, 2, 3));
        assertEquals(List.of("6A80"), statuses(FIRST, shortChallenge));
        assertEquals(TestOperator.LAST_SESSION, isdP(FIRST).keys().orElseThrow().lastSession());
    }

    @Test
    void bothKindsOfSessionCountTogetherAndOneEndsTheOther() {
        insert(TestSmDp.card());
        TestSmDp.create(smSr, 60_000);
        Scp03Keys keys = TestSmDp.establish(smSr);
        Scp03tChannel download = TestSmDp.open(smSr, TestSmDp.session(keys, 1));
        assertEquals(DONE, send(TestSmDp.ISD_P, SecureScript.of(TestSmDp.session(keys, 2), List.of(BOTH.command()))));
        assertEquals(LifeCycle.PERSONALIZED, isdP(TestSmDp.ISD_P).state());
        List<Octets> answers =
                smSr.download(TestSmDp.ISD_P, download.wrap(Octets.ofInts(1)).command());
        assertEquals(List.of(Octets.fromHex("9f460102")), answers);
        TestSmDp.open(smSr, TestSmDp.session(keys, 3));
        assertEquals(TOLD, isdP(TestSmDp.ISD_P).connectivity());
    }
}
