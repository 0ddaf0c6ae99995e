package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestCards.BOOTSTRAP;
import static io.godwit.simulator.card.TestCards.FIRST;
import static io.godwit.simulator.card.TestCards.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.DisableProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.Es5Error;
import io.godwit.gsma.es5.Es5Function;
import io.godwit.gsma.es5.Es5Outcome;
import io.godwit.gsma.es5.Es5Outcome.DeletedByPolicy;
import io.godwit.gsma.es5.Es5Outcome.Executed;
import io.godwit.gsma.es5.Es5Outcome.Refused;
import io.godwit.gsma.es5.NotificationConfirmation;
import io.godwit.gsma.es5.Pol1;
import io.godwit.gsma.es6.UpdatePol1;
import io.godwit.gsma.profile.ProfileElement;
import io.godwit.gsma.profile.ProfilePackage;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.scp80.Tar;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.gsma.script.ScriptFault;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MnoSdTest {
    private static final CommandApdu UPDATE = new UpdatePol1(Pol1.DELETE_NOT_ALLOWED).command();
    private static final Octets SCRIPT = new CommandScript(List.of(UPDATE)).encode();
    private static final Refused POL1_FORBIDS = new Refused(StatusWord.POL1_FORBIDS, Es5Error.POL1_FORBIDS);

    private final TestSmSr smSr = new TestSmSr(TestOperator.card());
    private final TestOperator bootstrap = new TestOperator(smSr, TestOperator.profile(0));
    private final TestOperator first = new TestOperator(smSr, TestOperator.profile(1));

    private Pol1 pol1(Aid isdP) {
        return smSr.card().state().isdP(isdP).orElseThrow().pol1();
    }

    private void change(Es5Outcome expected, Es5Function function) {
        assertEquals(new Executed(), smSr.send(function));
        smSr.reboot();
        int sequence = smSr.notification().orElseThrow().sequence();
        assertEquals(expected, smSr.send(new NotificationConfirmation(sequence)));
    }

    private void enable(Aid isdP) {
        change(new DeletedByPolicy(List.of()), new EnableProfile(isdP));
    }

    private void assertDropped(Octets packet, String why) {
        EuiccCard before = smSr.card();
        assertEquals(new CardStep(before, Optional.empty(), false), before.receive(packet), why);
    }

    @Test
    void theOperatorOfTheEnabledProfileChangesItsRulesAndNoOthers() {
        assertEquals("9000", bootstrap.update(Pol1.DELETE_NOT_ALLOWED));
        assertEquals(Pol1.DELETE_NOT_ALLOWED, pol1(BOOTSTRAP));
        assertEquals(Pol1.NONE, pol1(FIRST));
        CardState state = smSr.card().state();
        assertEquals(new Counter(1), state.enabled().mnoCounter());
        assertEquals(Optional.of(state), CardStateCodec.decode(CardStateCodec.encode(state)));
        assertEquals(0, state.executions().packets(), "the SM-SR has sent nothing");
    }

    @Test
    void eachChangedBitOfAPacketIsDroppedWithoutAWord() {
        Octets packet = bootstrap.packet(UPDATE);
        for (int bit = 0; bit < packet.length() * 8; bit++) {
            byte[] changed = packet.toBytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertDropped(Octets.of(changed), "bit " + bit);
        }
        assertEquals(ResponseStatus.POR_OK, bootstrap.give(packet).orElseThrow().status());
        assertEquals(Pol1.DELETE_NOT_ALLOWED, pol1(BOOTSTRAP));
    }

    @Test
    void theNewRulesKeepTheProfileFromBeingDisabled() {
        enable(FIRST);
        assertEquals("9000", first.update(Pol1.DISABLE_NOT_ALLOWED));
        assertEquals(POL1_FORBIDS, smSr.send(new DisableProfile(FIRST)));
        assertEquals(POL1_FORBIDS, smSr.send(new EnableProfile(SECOND)));
        assertEquals("9000", first.update(Pol1.NONE));
        change(new DeletedByPolicy(List.of()), new DisableProfile(FIRST));
        assertEquals(BOOTSTRAP, smSr.card().state().enabled().aid());
    }

    @Test
    void theNewRulesKeepTheProfileFromBeingDeleted() {
        enable(FIRST);
        assertEquals("9000", first.update(Pol1.DELETE_NOT_ALLOWED));
        change(new DeletedByPolicy(List.of()), new DisableProfile(FIRST));
        assertEquals(POL1_FORBIDS, smSr.send(new DeleteProfile(FIRST)));
    }

    @Test
    void theNewRulesMakeTheProfileGoWhenItIsDisabled() {
        enable(FIRST);
        assertEquals("9000", first.update(Pol1.DELETE_WHEN_DISABLED));
        change(new DeletedByPolicy(List.of(FIRST)), new DisableProfile(FIRST));
        assertEquals(Optional.empty(), smSr.card().state().isdP(FIRST));
    }

    @Test
    void whatMustStayCannotHaveToGoWhenItIsDisabled() {
        assertEquals("6985", bootstrap.update(Pol1.DELETE_WHEN_DISABLED));
        assertEquals(Pol1.NONE, pol1(BOOTSTRAP));
        assertEquals(bootstrap.counter(), smSr.card().state().enabled().mnoCounter(), "refused, and used up");
    }

    @Test
    void onlyTheOperatorOfTheEnabledProfileIsHeardAndEachCountsByItself() {
        assertEquals("9000", bootstrap.update(Pol1.DELETE_NOT_ALLOWED));
        assertDropped(first.packet(UPDATE), "the profile is disabled");
        Octets early = bootstrap.packet(UPDATE);
        enable(FIRST);
        assertDropped(early, "the profile is not enabled any more");
        assertDropped(bootstrap.packet(UPDATE), "neither is it for a newer packet");
        assertEquals("9000", first.update(Pol1.DELETE_NOT_ALLOWED));
        assertEquals(new Counter(2), smSr.card().state().enabled().mnoCounter());
        enable(BOOTSTRAP);
        assertEquals(new Counter(1), smSr.card().state().enabled().mnoCounter(), "as it was before");
        assertEquals("9000", bootstrap.update(Pol1.NONE));
        Octets old = bootstrap.packet(new Counter(1), SCRIPT);
        assertEquals(
                ResponseStatus.COUNTER_LOW, bootstrap.give(old).orElseThrow().status());
    }

    @Test
    void anOldCounterIsToldSoAndChangesNothing() {
        Octets packet = bootstrap.packet(new Counter(5), SCRIPT);
        bootstrap.give(packet);
        EuiccCard before = smSr.card();
        for (Octets old : List.of(packet, bootstrap.packet(new Counter(4), SCRIPT))) {
            ResponsePacket answer = bootstrap.give(old).orElseThrow();
            assertEquals(ResponseStatus.COUNTER_LOW, answer.status());
            assertEquals(Octets.EMPTY, answer.data());
            assertEquals(before, smSr.card());
        }
    }

    @Test
    void aSpentCounterBlocksTheKeySet() {
        Octets last = bootstrap.packet(Counter.MAX, SCRIPT);
        assertEquals(ResponseStatus.POR_OK, bootstrap.give(last).orElseThrow().status());
        EuiccCard before = smSr.card();
        assertEquals(
                ResponseStatus.COUNTER_BLOCKED,
                bootstrap.give(last).orElseThrow().status());
        assertEquals(before, smSr.card());
    }

    @Test
    void nobodyElseIsHeardAndNobodyIsHeardElsewhere() {
        Scp80Keys keys = TestOperator.profile(0).mnoKeys();
        assertDropped(packet(Spi.SGP02, SecurityDomains.MNO_SD_TAR, TestSmSr.KEYS), "the SM-SR");
        assertDropped(packet(Spi.SGP02, SecurityDomains.ISD_R_TAR, keys), "the operator to the ISD-R");
        assertDropped(packet(Spi.SGP02, new Tar(0x10), keys), "the operator to an ISD-P");
        assertDropped(packet(Spi.NOTIFICATION, SecurityDomains.MNO_SD_TAR, keys), "below the level");
        Scp80Keys otherVersion = new Scp80Keys(2, keys.kic(), keys.kid());
        assertDropped(packet(Spi.SGP02, SecurityDomains.MNO_SD_TAR, otherVersion), "an unknown key set");
        Scp80Keys swapped = new Scp80Keys(1, keys.kid(), keys.kic());
        assertDropped(packet(Spi.SGP02, SecurityDomains.MNO_SD_TAR, swapped), "the keys in the other order");
        assertEquals("9000", bootstrap.update(Pol1.DELETE_NOT_ALLOWED));
    }

    private static Octets packet(Spi spi, Tar tar, Scp80Keys keys) {
        return new CommandPacket(spi, keys.keySetVersion(), tar, new Counter(1), SCRIPT).encode(keys);
    }

    @Test
    void aProfileWithoutContentHasNoMnoSd() {
        smSr.take(new CardStep(TestCards.fresh(), Optional.empty(), false));
        assertDropped(bootstrap.packet(UPDATE), "no content");
    }

    @Test
    void aKeyThatIsNotOfAesIsNone() {
        List<ProfileElement> elements = new ArrayList<>();
        for (ProfileElement element : TestOperator.profile(0).build().elements()) {
            elements.add(element instanceof SecurityDomain domain ? withDes(domain) : element);
        }
        IsdP isdP = TestOperator.installed(0, new ProfilePackage(elements).encode());
        smSr.take(new CardStep(
                CardFactory.personalise(TestCards.EID, List.of(TestSmSr.KEYS), List.of(isdP)),
                Optional.empty(),
                false));
        assertDropped(bootstrap.packet(UPDATE), "triple DES");
    }

    private static SecurityDomain withDes(SecurityDomain domain) {
        List<SecurityDomain.Key> keys = domain.keys().stream()
                .map(key -> new SecurityDomain.Key(
                        key.usage(),
                        key.access(),
                        key.identifier(),
                        key.version(),
                        key.counter(),
                        key.components().stream()
                                .map(component -> new SecurityDomain.Component(
                                        Octets.ofInts(0x80), component.value(), component.macLength()))
                                .toList()))
                .toList();
        return new SecurityDomain(domain.header(), domain.instance(), keys, domain.personalisation(), domain.rest());
    }

    @ParameterizedTest
    @CsvSource({
        "00e28800063a0603810101, 6E00",
        "80a40004023f00, 6D00",
        "80e40040124f10a0000005591010ffffffff8900001100, 6D00",
        "80e28800063a0503810101, 6A80",
        "80e28800073a060481020101, 6A80",
        "80e28900063a0603810101, 6A80",
    })
    void whatIsNoUpdateOfRulesIsRefusedByItsFault(String hex, String status) {
        CommandApdu command =
                CommandApdu.decode(Octets.fromHex(hex)).toOptional().orElseThrow();
        assertEquals(List.of(status), bootstrap.send(command));
        assertEquals(Pol1.NONE, pol1(BOOTSTRAP));
    }

    @Test
    void aScriptEndsAtItsFirstRefusalAndKeepsWhatWasDoneBefore() {
        CommandApdu forbidden = new UpdatePol1(Pol1.DELETE_WHEN_DISABLED).command();
        CommandApdu behind = new UpdatePol1(Pol1.NONE).command();
        assertEquals(List.of("9000", "6985"), bootstrap.send(UPDATE, forbidden, behind));
        assertEquals(Pol1.DELETE_NOT_ALLOWED, pol1(BOOTSTRAP));
    }

    @Test
    void aScriptThatCannotBeReadIsAnsweredAndUsesUpItsCounter() {
        Octets packet = bootstrap.packet(new Counter(7), Octets.fromHex("aa03810100"));
        ResponsePacket answer = bootstrap.give(packet).orElseThrow();
        assertEquals(ResponseStatus.POR_OK, answer.status());
        assertEquals(ResponseScript.badFormat(ScriptFault.UNKNOWN_TAG).encode(), answer.data());
        assertEquals(new Counter(7), smSr.card().state().enabled().mnoCounter());
        assertEquals(Pol1.NONE, pol1(BOOTSTRAP));
    }
}
