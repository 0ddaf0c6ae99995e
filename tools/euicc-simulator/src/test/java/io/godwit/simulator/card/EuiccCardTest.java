package io.godwit.simulator.card;

import static io.godwit.simulator.card.TestCards.FIRST;
import static io.godwit.simulator.card.TestCards.NOBODY;
import static io.godwit.simulator.card.TestCards.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.es5.DeleteProfile;
import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
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
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EuiccCardTest {
    private static final Octets ENABLE = new CommandScript(new EnableProfile(FIRST).commands()).encode();

    private final EuiccCard card = TestCards.fresh();
    private final TestSmSr smSr = new TestSmSr(card);

    private void assertDropped(Octets packet) {
        assertEquals(new CardStep(card, Optional.empty(), false), card.receive(packet));
    }

    @Test
    void theSameStepFollowsFromTheSamePacket() {
        Octets packet = TestSmSr.packet(new Counter(1), ENABLE);
        assertEquals(card.receive(packet), card.receive(packet));
    }

    @Test
    void aForgedPacketIsDroppedWithoutAWord() {
        Scp80Keys others = Scp80Keys.of(1, Octets.of(new byte[16]), Octets.of(new byte[16]));
        assertDropped(
                new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, new Counter(1), ENABLE).encode(others));
        assertDropped(Octets.EMPTY);
        assertDropped(Octets.fromHex("00a40004023f00"));
    }

    @Test
    void aPacketBelowTheLevelIsDroppedWithoutAWord() {
        assertDropped(new CommandPacket(Spi.NOTIFICATION, 1, SecurityDomains.ISD_R_TAR, new Counter(1), ENABLE)
                .encode(TestSmSr.KEYS));
    }

    @Test
    void aNotificationSentBackToItsCardDoesNothing() {
        EuiccCard declaring = CardFactory.declaringItself(card);
        Octets notification = declaring.pendingNotification().orElseThrow();
        assertEquals(new CardStep(declaring, Optional.empty(), false), declaring.receive(notification));
    }

    @Test
    void aPacketForAnotherDomainOrUnderAnUnknownKeySetIsDroppedWithoutAWord() {
        assertDropped(new CommandPacket(Spi.SGP02, 1, new Tar(0xb00011), new Counter(1), ENABLE).encode(TestSmSr.KEYS));
        Scp80Keys second = new Scp80Keys(2, TestSmSr.KEYS.kic(), TestSmSr.KEYS.kid());
        assertDropped(
                new CommandPacket(Spi.SGP02, 2, SecurityDomains.ISD_R_TAR, new Counter(1), ENABLE).encode(second));
    }

    @Test
    void anOldCounterIsToldSoAndChangesNothing() {
        Octets first = TestSmSr.packet(new Counter(5), ENABLE);
        smSr.exchange(first);
        smSr.reboot();
        EuiccCard before = smSr.card();
        for (Octets old :
                List.of(first, TestSmSr.packet(new Counter(4), ENABLE), TestSmSr.packet(new Counter(0), ENABLE))) {
            ResponsePacket answer = smSr.exchange(old).orElseThrow();
            assertEquals(ResponseStatus.COUNTER_LOW, answer.status());
            assertEquals(Octets.EMPTY, answer.data());
            assertEquals(before, smSr.card());
        }
    }

    @Test
    void aSpentCounterBlocksTheKeySet() {
        assertEquals(
                ResponseStatus.POR_OK,
                smSr.exchange(TestSmSr.packet(Counter.MAX, ENABLE))
                        .orElseThrow()
                        .status());
        EuiccCard before = smSr.card();
        ResponsePacket answer =
                smSr.exchange(TestSmSr.packet(Counter.MAX, ENABLE)).orElseThrow();
        assertEquals(ResponseStatus.COUNTER_BLOCKED, answer.status());
        assertEquals(before, smSr.card());
    }

    @Test
    void eachKeySetHasItsOwnCounter() {
        Scp80Keys second = new Scp80Keys(2, TestSmSr.KEYS.kid(), TestSmSr.KEYS.kic());
        EuiccCard both = CardFactory.personalise(
                TestCards.EID, List.of(TestSmSr.KEYS, second), card.state().isdPs());
        EuiccCard used = both.receive(TestSmSr.packet(new Counter(9), ENABLE)).next();
        assertEquals(new Counter(9), used.state().keySets().get(0).lastAccepted());
        assertEquals(Counter.ZERO, used.state().keySets().get(1).lastAccepted());
    }

    @Test
    void aScriptThatCannotBeReadIsAnsweredAndUsesUpItsCounter() {
        ResponsePacket answer = smSr.exchange(TestSmSr.packet(new Counter(1), Octets.fromHex("aa03810100")))
                .orElseThrow();
        assertEquals(ResponseStatus.POR_OK, answer.status());
        assertEquals(
                Optional.of(ResponseScript.badFormat(ScriptFault.UNKNOWN_TAG)),
                ResponseScript.decode(answer.data()).toOptional());
        assertEquals(new Counter(1), smSr.card().state().keySets().get(0).lastAccepted());
        assertEquals(card.state().isdPs(), smSr.card().state().isdPs());
    }

    @Test
    void aScriptEndsAtItsFirstRefusalAndKeepsWhatWasDoneBefore() {
        List<CommandApdu> commands = new ArrayList<>(new DeleteProfile(SECOND).commands());
        commands.addAll(new DeleteProfile(NOBODY).commands());
        commands.addAll(new EnableProfile(FIRST).commands());
        ResponsePacket answer = smSr.exchange(smSr.packet(commands)).orElseThrow();
        List<String> statuses = ResponseScript.decode(answer.data()).toOptional().orElseThrow().responses().stream()
                .map(response -> response.status().toString())
                .toList();
        assertEquals(List.of("9000", "6A88"), statuses);
        assertEquals(Optional.empty(), smSr.card().state().isdP(SECOND));
        assertEquals(TestCards.BOOTSTRAP, smSr.card().state().enabled().aid());
    }

    @Test
    void theLogTellsWhatWasExecutedAndStaysSmall() {
        for (int i = 1; i <= 40; i++) {
            smSr.send(EuiccCapabilityAudit.ofAll());
        }
        ExecutionLog log = smSr.card().state().executions();
        assertEquals(40, log.packets());
        assertEquals(ExecutionLog.MAX_RECENT, log.recent().size());
        assertEquals(
                new ExecutionLog.Execution(1, new Counter(40), 2), log.recent().get(ExecutionLog.MAX_RECENT - 1));
    }

    @Test
    void noCardIsMadeThatCouldNotBe() {
        List<IsdP> disabled = card.state().isdPs().subList(1, 3);
        CardState state = card.state();
        assertThrows(
                IllegalArgumentException.class,
                () -> new CardState(
                        state.eid(),
                        state.keySets(),
                        disabled,
                        0,
                        0,
                        List.of(),
                        Optional.empty(),
                        false,
                        ExecutionLog.EMPTY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        PeerMemory.NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> CardFactory.personalise(TestCards.EID, List.of(TestSmSr.KEYS, TestSmSr.KEYS), state.isdPs()));
    }
}
