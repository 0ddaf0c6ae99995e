package io.godwit.gsma.es8;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es8.SecureScript.Executed;
import io.godwit.gsma.es8.SecureScript.NotAnswered;
import io.godwit.gsma.es8.SecureScript.NotGenuine;
import io.godwit.gsma.es8.SecureScript.OtherCounter;
import io.godwit.gsma.es8.SecureScript.Refused;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Scp03Channel;
import io.godwit.gsma.scp03.Scp03Keys;
import io.godwit.gsma.scp03.SequenceCounter;
import io.godwit.gsma.testing.Openings;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecureScriptTest {
    private static final Octets DIVERSIFICATION = Octets.fromHex("0123456789abcdef0123");
    private static final CommandApdu COMMAND = new CommandApdu(0x80, 0xe2, 0x88, 0x00, Octets.ofInts(1, 2, 3));
    private static final List<ResponseApdu> RESPONSES =
            List.of(ResponseApdu.success(Octets.ofInts(4, 5, 6)), ResponseApdu.of(StatusWord.SUCCESS));

    private final Scp03Keys keys = Scp03Keys.of(
            0x30, Octets.utf8("a k-enc of 16 oc"), Octets.utf8("a k-mac of 16 oc"), Octets.utf8("a k-dek of 16 oc"));
    private final SecureScript script = SecureScript.of(session(7), List.of(COMMAND, COMMAND));

    private MutualAuthentication session(int number) {
        return MutualAuthentication.of(
                keys, SecurityDomains.isdP(3), Octets.fromHex("0102030405060708"), new SequenceCounter(number));
    }

    /** What a card answers that is at session {@code number} and takes every command. */
    private List<ResponseApdu> answers(int number) {
        MutualAuthentication card = session(number);
        List<CommandApdu> commands = script.script().commands();
        List<ResponseApdu> answers = new ArrayList<>();
        answers.add(ResponseApdu.success(card.answer(DIVERSIFICATION).encode()));
        answers.add(ResponseApdu.of(StatusWord.SUCCESS));
        Scp03Channel channel = Openings.value(Scp03Channel.accept(card, commands.get(1)));
        for (int i = 0; i < RESPONSES.size(); i++) {
            Scp03Channel.Received received = Openings.value(channel.open(commands.get(2 + i)));
            assertEquals(COMMAND, received.command());
            channel = received.next();
            answers.add(channel.protect(RESPONSES.get(i)));
        }
        return answers;
    }

    private List<ResponseApdu> with(int index, ResponseApdu answer) {
        List<ResponseApdu> changed = answers(7).subList(0, index);
        changed.add(answer);
        return changed;
    }

    @Test
    void aWholeSessionIsWrittenInAdvanceAndReadAfterwards() {
        List<CommandApdu> commands = script.script().commands();
        assertEquals("8050300008010203040506070800", commands.get(0).encode().toHex());
        assertEquals("8482330010", commands.get(1).encode().slice(0, 5).toHex());
        assertEquals("84e2880018", commands.get(2).encode().slice(0, 5).toHex());
        assertEquals(4, commands.size());
        assertEquals(new Executed(RESPONSES), script.outcome(answers(7)));
    }

    @Test
    void aCardAtAnotherNumberIsHeard() {
        List<ResponseApdu> answers = List.of(
                ResponseApdu.success(session(9).answer(DIVERSIFICATION).encode()),
                ResponseApdu.of(StatusWord.SECURITY_STATUS_NOT_SATISFIED));
        assertEquals(new OtherCounter(new SequenceCounter(9)), script.outcome(answers));
    }

    @Test
    void eachRefusalSaysWhichCommandItIsOf() {
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    new Refused(i, StatusWord.WRONG_DATA),
                    script.outcome(with(i, ResponseApdu.of(StatusWord.WRONG_DATA))));
        }
    }

    @Test
    void tooFewAnswersOrTooManyTellNothing() {
        for (int size = 0; size < 4; size++) {
            assertEquals(new NotAnswered(), script.outcome(answers(7).subList(0, size)), size + " answers");
        }
        List<ResponseApdu> more = answers(7);
        more.add(ResponseApdu.of(StatusWord.SUCCESS));
        assertEquals(new NotAnswered(), script.outcome(more));
    }

    @Test
    void whatDoesNotComeFromTheCardWithTheseKeysIsNotGenuine() {
        assertEquals(new NotGenuine(), script.outcome(with(0, ResponseApdu.success(Octets.ofInts(1)))));
        assertEquals(new NotGenuine(), script.outcome(with(1, ResponseApdu.success(Octets.ofInts(1)))));
        assertEquals(new NotGenuine(), script.outcome(with(2, ResponseApdu.of(StatusWord.SUCCESS))));
        List<ResponseApdu> swapped = answers(7);
        Collections.swap(swapped, 2, 3);
        assertEquals(new NotGenuine(), script.outcome(swapped));
    }

    @Test
    void noChangedBitOfAnAnswerIsTaken() {
        for (int index = 0; index < 4; index++) {
            Octets sound = answers(7).get(index).encode();
            // Nothing protects the diversification data of the first.
            for (int bit = index == 0 ? 80 : 0; bit < sound.length() * 8; bit++) {
                byte[] bytes = sound.toBytes();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                List<ResponseApdu> changed = answers(7);
                changed.set(
                        index,
                        ResponseApdu.decode(Octets.of(bytes)).toOptional().orElseThrow());
                assertFalse(script.outcome(changed) instanceof Executed, "answer " + index + ", bit " + bit);
            }
        }
    }

    @Test
    void moreThanOneScriptHoldsIsNotWritten() {
        assertThrows(
                IllegalArgumentException.class, () -> SecureScript.of(session(7), Collections.nCopies(254, COMMAND)));
    }

    @Test
    void theSessionKeysAreHiddenAndCanBeWiped() {
        assertEquals("SecureScript[MutualAuthentication[counter=7], commands=2]", script.toString());
        List<ResponseApdu> answers = answers(7);
        script.destroy();
        assertEquals(true, script.isDestroyed());
        assertThrows(IllegalStateException.class, () -> script.outcome(answers));
    }
}
