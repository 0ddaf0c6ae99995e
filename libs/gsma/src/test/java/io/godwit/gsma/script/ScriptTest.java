package io.godwit.gsma.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
    private static final CommandApdu ASK = new CommandApdu(0x80, 0xca, 0xff, 0x21, Octets.EMPTY, OptionalInt.of(0));

    @Test
    void theScriptOfOneEnableProfileAgreesWithTheTranscript() {
        Vectors vectors = Vectors.load("scp80-es5.txt");
        CommandApdu enable =
                CommandApdu.decode(vectors.get("enable_capdu")).toOptional().orElseThrow();
        CommandScript script = new CommandScript(List.of(enable));
        assertEquals(vectors.get("script_AA"), script.encode());
        assertEquals(Parsed.read(script), CommandScript.decode(vectors.get("script_AA")));
    }

    @Test
    void commandsStandOneAfterTheOther() {
        CommandScript script = new CommandScript(List.of(ASK, ASK));
        String hex = "aa0e" // command scripting template
                + "2205" + "80caff2100" // C-APDU
                + "2205" + "80caff2100";
        assertEquals(hex, script.encode().toHex());
        assertEquals(Parsed.read(script), CommandScript.decode(Octets.fromHex(hex)));
    }

    @Test
    void theIndefiniteLengthIsReadToo() {
        assertEquals(
                Parsed.read(new CommandScript(List.of(ASK))),
                CommandScript.decode(Octets.fromHex("ae80" + "220580caff2100" + "0000")));
        assertEquals(
                Parsed.read(new ResponseScript(List.of(ResponseApdu.of(StatusWord.SUCCESS)))),
                ResponseScript.decode(Octets.fromHex("af80" + "800101" + "23029000" + "0000")));
        assertEquals(
                Parsed.read(new ResponseScript(List.of(ResponseApdu.of(StatusWord.SUCCESS)))),
                ResponseScript.decode(Octets.fromHex("af80" + "23029000" + "0000")));
    }

    @ParameterizedTest
    @CsvSource({
        "ab00, UNEXPECTED_TAG",
        "aa00, MISSING_TAG",
        "aa03810100, UNEXPECTED_TAG",
        "aa0482028100, UNEXPECTED_TAG",
        "aa052203800000, TRUNCATED",
        "ae80220580caff210000, TRUNCATED",
        "ae80, TRUNCATED",
        "aa07220580caff210000, BAD_TAG",
        "aa07220580caff21005300, TRAILING_OCTETS",
    })
    void whatIsNoScriptIsRefusedWithItsReason(String hex, Malformation reason) {
        assertEquals(Parsed.malformed(reason), CommandScript.decode(Octets.fromHex(hex)));
    }

    @Test
    void answersAreCounted() {
        ResponseScript script = new ResponseScript(
                List.of(ResponseApdu.success(Octets.ofInts(0)), ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED)));
        String hex = "ab0c" // response scripting template
                + "800102" // number of commands executed
                + "2303" + "009000" // R-APDU
                + "2302" + "6985";
        assertEquals(hex, script.encode().toHex());
        assertEquals(Parsed.read(script), ResponseScript.decode(Octets.fromHex(hex)));
    }

    @Test
    void aCountThatIsNotTrueIsRefused() {
        assertEquals(
                Parsed.malformed(Malformation.BAD_VALUE), ResponseScript.decode(Octets.fromHex("ab0780010223029000")));
        assertEquals(Parsed.malformed(Malformation.MISSING_TAG), ResponseScript.decode(Octets.fromHex("ab0423029000")));
    }

    @Test
    void aScriptThatCannotBeReadIsAnsweredWithBadFormat() {
        ResponseScript answer = ResponseScript.badFormat(ScriptFault.of(Malformation.UNEXPECTED_TAG));
        String hex = "ab06" + "800100" // nothing was executed
                + "900101"; // bad format: unknown tag
        assertEquals(hex, answer.encode().toHex());
        assertEquals(Parsed.read(answer), ResponseScript.decode(Octets.fromHex(hex)));
        assertEquals(
                Parsed.malformed(Malformation.UNEXPECTED_TAG),
                ResponseScript.decode(Octets.fromHex("ab06800100900109")));
    }
}
