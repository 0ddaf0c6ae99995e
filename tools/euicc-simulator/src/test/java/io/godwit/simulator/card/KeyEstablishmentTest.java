package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestSmDp.ISD_P;
import static io.godwit.simulator.card.TestSmDp.KEY_VERSION;
import static io.godwit.simulator.card.TestSmDp.accepted;
import static io.godwit.simulator.card.TestSmDp.certificate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.certificate.CertificateRole;
import io.godwit.gsma.ecka.EstablishedKeys;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.gsma.es5.FinaliseIsdRHandover;
import io.godwit.gsma.es5.InstallForPersonalization;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.NotificationPacket;
import io.godwit.gsma.es8.ControlReferenceTemplate;
import io.godwit.gsma.es8.Es8Error;
import io.godwit.gsma.es8.Es8Outcome;
import io.godwit.gsma.es8.PresentCertificate;
import io.godwit.gsma.es8.SendKeyParameters;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEstablishmentTest {
    private TestSmSr smSr = new TestSmSr(TestSmDp.card());

    @Test
    void cardAndSmDpComeToTheSameKeys() {
        TestSmDp.create(smSr, 20_000);
        Scp03Keys keys = TestSmDp.establish(smSr);
        IsdP isdP = smSr.card().state().isdP(ISD_P).orElseThrow();
        assertEquals(LifeCycle.PERSONALIZED, isdP.state());
        assertEquals(keys, isdP.keys().orElseThrow().keys());
        assertEquals(
                Optional.of(smSr.card().state()),
                CardStateCodec.decode(CardStateCodec.encode(smSr.card().state())));
    }

    @Test
    void againGivesOtherKeysInTheirPlace() {
        TestSmDp.create(smSr, 20_000);
        Scp03Keys lost = TestSmDp.establish(smSr);
        Scp03Keys keys = TestSmDp.establish(smSr);
        assertNotEquals(lost, keys);
        assertEquals(
                keys,
                smSr.card()
                        .state()
                        .isdP(ISD_P)
                        .orElseThrow()
                        .keys()
                        .orElseThrow()
                        .keys());
    }

    @Test
    void aChallengeServesOnce() {
        TestSmDp.create(smSr, 20_000);
        SendKeyParameters asked = TestSmDp.parameters(KEY_VERSION, TestSmDp.challenge(smSr));
        accepted(SendKeyParameters.outcome(smSr.send(asked.command())));
        unchanged(Es8Error.OUT_OF_SEQUENCE, asked.command());
        assertNotEquals(TestSmDp.challenge(smSr), TestSmDp.challenge(smSr));
        unchanged(Es8Error.SIGNATURE_REFUSED, asked.command());
    }

    @Test
    void aRefusalEndsItSoThatNobodyTriesAgain() {
        TestSmDp.create(smSr, 20_000);
        Octets challenge = TestSmDp.challenge(smSr);
        unchanged(
                Es8Error.SIGNATURE_REFUSED,
                TestSmDp.parameters(KEY_VERSION, Octets.of(new byte[16])).command());
        unchanged(
                Es8Error.OUT_OF_SEQUENCE,
                TestSmDp.parameters(KEY_VERSION, challenge).command());
    }

    @Test
    void anIsdPThatHasGotItsProfileMeanwhileGetsNoKeys() {
        TestSmDp.create(smSr, 60_000);
        Scp03Keys keys = TestSmDp.establish(smSr);
        SendKeyParameters asked = TestSmDp.parameters(KEY_VERSION, TestSmDp.challenge(smSr));
        ProfileDownloadTest.install(smSr, keys);
        unchanged(Es8Error.OUT_OF_SEQUENCE, asked.command());
    }

    @Test
    void newKeysEndASessionUnderTheOldOnes() {
        TestSmDp.create(smSr, 60_000);
        Scp03tChannel channel = TestSmDp.open(smSr, TestSmDp.session(TestSmDp.establish(smSr), 1));
        TestSmDp.establish(smSr);
        assertEquals(
                List.of(Octets.fromHex("9f460102")),
                smSr.download(ISD_P, channel.wrap(Octets.ofInts(1)).command()));
    }

    @Test
    void theCounterOfAnIsdPBeginsAtZeroAndThatOfTheIsdRWhereItIsAsked() {
        TestSmDp.create(smSr, 20_000);
        ControlReferenceTemplate ahead =
                new ControlReferenceTemplate(false, KEY_VERSION, Octets.ofInts(1), Optional.empty());
        SendKeyParameters asked = SendKeyParameters.sign(
                ahead, TestSmDp.key("04").publicKey(), TestSmDp.challenge(smSr), TestSmDp.key("03"));
        unchanged(Es8Error.WRONG_DATA, asked.command());

        Scp80Keys made = isdRKeys(new ControlReferenceTemplate(
                false, 0x02, Octets.fromHex("0100000000"), Optional.of(Octets.utf8("host"))));
        Counter floor = new Counter(0x01_0000_0000L);
        assertEquals(floor, smSr.card().state().keySets().get(1).lastAccepted());
        assertTrue(answers(smSr.card(), 2, made, floor.next()));
    }

    @Test
    void aResetEndsIt() {
        TestSmDp.create(smSr, 20_000);
        SendKeyParameters asked = TestSmDp.parameters(KEY_VERSION, TestSmDp.challenge(smSr));
        smSr.reboot();
        unchanged(Es8Error.OUT_OF_SEQUENCE, asked.command());
    }

    @Test
    void aCertificateOfAnotherRoleOrOfAnotherCiIsRefused() {
        TestSmDp.create(smSr, 20_000);
        CommandApdu install = new InstallForPersonalization(ISD_P).command();
        unchanged(
                Es8Error.CERTIFICATE_REFUSED,
                install,
                new PresentCertificate(certificate(CertificateRole.SM_SR)).command());
        unchanged(
                Es8Error.CERTIFICATE_REFUSED,
                install,
                new PresentCertificate(certificate(CertificateRole.SM_DP, TestSmDp.key("09"))).command());
        unchanged(Es8Error.CERTIFICATE_REFUSED, new PresentCertificate(certificate(CertificateRole.SM_DP)).command());
        CommandApdu sound = new PresentCertificate(certificate(CertificateRole.SM_DP)).command();
        Octets junk =
                sound.data().slice(0, 3).plus(Octets.of(new byte[sound.data().length() - 3]));
        unchanged(Es8Error.WRONG_DATA, install, new CommandApdu(0x80, 0xe2, 0x09, 0x00, junk));
    }

    @Test
    void whoHasNotShownACertificateIsRefused() {
        TestSmDp.create(smSr, 20_000);
        SendKeyParameters asked = TestSmDp.parameters(KEY_VERSION, Octets.of(new byte[16]));
        unchanged(Es8Error.OUT_OF_SEQUENCE, asked.command());
        unchanged(Es8Error.OUT_OF_SEQUENCE, new InstallForPersonalization(ISD_P).command(), asked.command());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x0f, 0x2f, 0x40, 0x70})
    void anIsdPHasKeysOfScp03Alone(int version) {
        TestSmDp.create(smSr, 20_000);
        Octets challenge = TestSmDp.challenge(smSr);
        unchanged(Es8Error.WRONG_DATA, TestSmDp.parameters(version, challenge).command());
    }

    @Test
    void damagedParametersAreRefused() {
        TestSmDp.create(smSr, 20_000);
        Octets data = TestSmDp.parameters(KEY_VERSION, TestSmDp.challenge(smSr))
                .command()
                .data();
        unchanged(Es8Error.WRONG_DATA, new CommandApdu(0x80, 0xe2, 0x89, 0x01, data.slice(0, data.length() - 1)));
    }

    @Test
    void whatHoldsAProfileOrIsNotThereGetsNoKeys() {
        unchanged(Es8Error.OUT_OF_SEQUENCE, new InstallForPersonalization(TestCards.FIRST).command());
        unchanged(Es8Error.UNKNOWN_REFERENCE, new InstallForPersonalization(ISD_P).command());
    }

    @Test
    void whatIsDeletedMeanwhileGetsNoKeys() {
        TestSmDp.create(smSr, 20_000);
        SendKeyParameters asked = TestSmDp.parameters(KEY_VERSION, TestSmDp.challenge(smSr));
        smSr.send(new DeleteProfile(ISD_P));
        unchanged(Es8Error.OUT_OF_SEQUENCE, asked.command());
    }

    @Test
    void aCardWithoutAnEcasdAgreesOnNothing() {
        TestSmSr plain = new TestSmSr(TestCards.fresh());
        TestSmDp.create(plain, 20_000);
        List<ResponseApdu> answers = plain.send(
                new InstallForPersonalization(ISD_P).command(),
                new PresentCertificate(certificate(CertificateRole.SM_DP)).command());
        assertEquals(
                new Es8Outcome.Refused<>(Es8Error.UNKNOWN_REFERENCE.status(), Es8Error.UNKNOWN_REFERENCE),
                PresentCertificate.outcome(answers));
    }

    @Test
    void anSmSrMakesTheIsdRAnotherKeySetBesideTheFirst() {
        Scp80Keys made = isdRKeys(false);
        assertTrue(answers(smSr.card(), 2, made));
        assertTrue(answers(smSr.card(), 1, TestSmSr.KEYS, smSr.counter().next()));
        CardState state = smSr.card().state();
        assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));
    }

    @Test
    void orInPlaceOfTheFirst() {
        Scp80Keys made = isdRKeys(true);
        assertTrue(answers(smSr.card(), 2, made));
        assertFalse(answers(smSr.card(), 1, TestSmSr.KEYS, smSr.counter().next()));
    }

    @Test
    void whenTheNewKeysAreInUseTheFormerAreDeleted() {
        Scp80Keys made = isdRKeys(false);
        EuiccCard finalised = receive(smSr.card(), made, FinaliseIsdRHandover.ofScp80(1), StatusWord.SUCCESS);
        assertFalse(answers(finalised, 1, TestSmSr.KEYS, smSr.counter().next()));
        assertTrue(answers(finalised, 2, made, Counter.ZERO.next().next()));
        CardState state = finalised.state();
        assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));
    }

    @Test
    void noKeySetIsLeftBehindHalfAndTheLastOneStays() {
        Scp80Keys made = isdRKeys(false);
        EuiccCard card = smSr.card();
        FinaliseIsdRHandover half = new FinaliseIsdRHandover(List.of(new FinaliseIsdRHandover.KeyRange(1, 1, 1)));
        FinaliseIsdRHandover both = new FinaliseIsdRHandover(
                List.of(new FinaliseIsdRHandover.KeyRange(1, 1, 3), new FinaliseIsdRHandover.KeyRange(2, 1, 3)));
        receive(card, made, half, StatusWord.WRONG_DATA);
        receive(card, made, FinaliseIsdRHandover.ofScp80(3), StatusWord.REFERENCE_NOT_FOUND);
        EuiccCard after = receive(card, made, both, StatusWord.CONDITIONS_NOT_SATISFIED);
        assertTrue(answers(after, 1, TestSmSr.KEYS, smSr.counter().next()));
    }

    /** What the card says by itself is under the keys that its SM-SR has shown to have. */
    @Test
    void aNotificationIsUnderTheKeySetOfTheLatestCommand() {
        smSr = new TestSmSr(CardFactory.declaringItself(smSr.card()));
        Scp80Keys made = isdRKeys(false);
        assertNotified(smSr.card(), TestSmSr.KEYS);
        EuiccCard next = receive(smSr.card(), made, EuiccCapabilityAudit.ofAll(), StatusWord.SUCCESS);
        assertNotified(next, made);
    }

    private static void assertNotified(EuiccCard card, Scp80Keys keys) {
        Octets packet = card.pendingNotification().orElseThrow();
        assertInstanceOf(NotificationPacket.Opened.class, NotificationPacket.open(packet, KeyLookup.of(keys)));
    }

    /** The card after {@code function} under {@code keys}, whose last command it has answered so. */
    private static EuiccCard receive(EuiccCard card, Scp80Keys keys, Es5Function function, StatusWord status) {
        Octets data = new CommandScript(function.commands()).encode();
        CardStep step = card.receive(
                new CommandPacket(Spi.SGP02, keys.keySetVersion(), SecurityDomains.ISD_R_TAR, Counter.ZERO.next(), data)
                        .encode(keys));
        ResponsePacket response = assertInstanceOf(
                        ResponsePacket.Opened.class,
                        ResponsePacket.open(step.response().orElseThrow(), keys))
                .packet();
        List<ResponseApdu> answers = ResponseScript.decode(response.data())
                .toOptional()
                .orElseThrow()
                .responses();
        assertEquals(status, answers.get(answers.size() - 1).status());
        return step.next();
    }

    private Scp80Keys isdRKeys(boolean alone) {
        return isdRKeys(new ControlReferenceTemplate(alone, 0x02, Octets.EMPTY, Optional.empty()));
    }

    private Scp80Keys isdRKeys(ControlReferenceTemplate template) {
        Octets challenge = accepted(PresentCertificate.outcome(smSr.send(
                new InstallForPersonalization(SecurityDomains.ISD_R).command(),
                new PresentCertificate(certificate(CertificateRole.SM_SR)).command())));
        SendKeyParameters asked =
                SendKeyParameters.sign(template, TestSmDp.key("04").publicKey(), challenge, TestSmDp.key("03"));
        EstablishedKeys keys = TestSmDp.keys(template, accepted(SendKeyParameters.outcome(smSr.send(asked.command()))));
        return Scp80Keys.of(2, keys.enc().reveal(), keys.mac().reveal());
    }

    private static boolean answers(EuiccCard card, int version, Scp80Keys keys) {
        return answers(card, version, keys, Counter.ZERO.next());
    }

    private static boolean answers(EuiccCard card, int version, Scp80Keys keys, Counter counter) {
        Octets data = new CommandScript(EuiccCapabilityAudit.ofAll().commands()).encode();
        Octets packet = new CommandPacket(Spi.SGP02, version, SecurityDomains.ISD_R_TAR, counter, data).encode(keys);
        return card.receive(packet).response().isPresent();
    }

    /** The last of these commands is refused so, and the card's ISD-Ps and keys are what they were. */
    private void unchanged(Es8Error reason, CommandApdu... commands) {
        CardState before = smSr.card().state();
        assertEquals(new Es8Outcome.Refused<>(reason.status(), reason), SendKeyParameters.outcome(smSr.send(commands)));
        CardState after = smSr.card().state();
        assertEquals(before.isdPs(), after.isdPs());
        assertEquals(
                before.keySets().stream().map(KeySet::keys).toList(),
                after.keySets().stream().map(KeySet::keys).toList());
        Optional<Aid> enabled = Optional.of(after.enabled().aid());
        assertEquals(Optional.of(TestCards.BOOTSTRAP), enabled);
    }
}
