package io.godwit.gsma.apdu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApduTest {
    @Test
    void theFourCasesOfTheShortFormAreTold() {
        Octets data = Octets.fromHex("4f00");
        assertRoundTrip(new CommandApdu(0x80, 0xf2, 0x40, 0x02, Octets.EMPTY), "80f24002");
        assertRoundTrip(
                new CommandApdu(0x80, 0xca, 0xff, 0x21, Octets.EMPTY, OptionalInt.of(0)),
                "80caff21" + "00"); // Le: as much as there is
        assertRoundTrip(new CommandApdu(0x80, 0xf2, 0x40, 0x02, data), "80f24002" + "02" + "4f00"); // Lc, data
        assertRoundTrip(
                new CommandApdu(0x80, 0xf2, 0x40, 0x02, data, OptionalInt.of(0)), "80f24002" + "02" + "4f00" + "00");
    }

    private static void assertRoundTrip(CommandApdu command, String hex) {
        assertEquals(hex, command.encode().toHex());
        assertEquals(Parsed.read(command), CommandApdu.decode(Octets.fromHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "80f240, TRUNCATED",
        "80f24002024f, TRUNCATED",
        "80f24002024f000001, TRAILING_OCTETS",
        "80f24002004f, BAD_VALUE",
    })
    void whatIsNoCommandIsRefusedWithItsReason(String hex, Malformation reason) {
        assertEquals(Parsed.malformed(reason), CommandApdu.decode(Octets.fromHex(hex)));
    }

    @Test
    void anAnswerEndsWithItsStatusWord() {
        ResponseApdu deleted = ResponseApdu.success(Octets.ofInts(0));
        assertEquals("009000", deleted.encode().toHex());
        assertEquals(Parsed.read(deleted), ResponseApdu.decode(Octets.fromHex("009000")));
        assertEquals(
                Parsed.read(ResponseApdu.of(StatusWord.POL1_FORBIDS)), ResponseApdu.decode(Octets.fromHex("69e1")));
        assertEquals(Parsed.malformed(Malformation.TRUNCATED), ResponseApdu.decode(Octets.fromHex("90")));
        assertEquals("69E1", StatusWord.POL1_FORBIDS.toString());
    }

    @Test
    void whatDoesNotFitTheShortFormCannotBeBuilt() {
        assertThrows(IllegalArgumentException.class, () -> new CommandApdu(0x80, 0xe2, 0, 0, Octets.of(new byte[256])));
        assertThrows(IllegalArgumentException.class, () -> new CommandApdu(0x180, 0xe2, 0, 0, Octets.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> new StatusWord(0x19000));
    }
}
