package io.godwit.gsma.scp80;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.crypto.AesCbc;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandPacketTest {
    private final Vectors vectors = Vectors.load("scp80-es5.txt");
    private final Scp80Keys keys = Scp80Keys.of(1, vectors.get("KIC"), vectors.get("KID"));
    private final CommandPacket enable =
            new CommandPacket(Spi.SGP02, 1, SecurityDomains.ISD_R_TAR, new Counter(1), vectors.get("script_AA"));

    @Test
    void thePacketOfTheTranscriptIsReproducedByteForByte() {
        assertEquals(vectors.get("scp80_packet"), enable.encode(keys));
        assertEquals(
                new CommandPacket.Opened(enable), CommandPacket.open(vectors.get("scp80_packet"), KeyLookup.of(keys)));
    }

    @Test
    void eachFieldIsThatOfTheTranscript() {
        Octets packet = enable.encode(keys);
        assertEquals(vectors.get("scp80_header"), packet.slice(0, 10));
        Octets clear = AesCbc.decrypt(keys.kic(), packet.from(10));
        assertEquals("0000000001", clear.slice(0, 5).toHex());
        assertEquals(vectors.get("scp80_pcntr"), clear.slice(5, 6));
        assertEquals(vectors.get("scp80_cc"), clear.slice(6, 14));
        assertEquals(vectors.get("script_AA"), clear.slice(14, 44));
    }

    @Test
    void theHeaderStandsInClear() {
        assertEquals(
                Octets.ofInts(
                        0x01, // CPI: command packet
                        0x38, // CPL: 56 octets follow
                        0x15, // CHL: 21 octets from SPI to CC
                        0x16, 0x39, // SPI
                        0x12, 0x12, // KIc, KID: key set 1, AES
                        0x00, 0x00, 0x01), // TAR: ISD-R
                enable.encode(keys).slice(0, 10));
    }

    @Test
    void theAddresseeIsReadWithoutKeys() {
        assertEquals(Optional.of(SecurityDomains.ISD_R_TAR), CommandPacket.addressee(enable.encode(keys)));
        Octets large = new CommandPacket(
                        Spi.SGP02, 1, SecurityDomains.MNO_SD_TAR, new Counter(1), Octets.of(new byte[300]))
                .encode(keys);
        assertEquals(Optional.of(SecurityDomains.MNO_SD_TAR), CommandPacket.addressee(large));
        for (String none : List.of("", "01", "0100", "0200", "01081516391212000001")) {
            assertEquals(Optional.empty(), CommandPacket.addressee(Octets.fromHex(none)), none);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', MALFORMED",
        "01, MALFORMED",
        "0100, MALFORMED",
        "0200, MALFORMED",
        "01081516391212000001, MALFORMED",
        "018138151639121200000167cd8ea7740d3e88b38cb620f5fe9d3c, MALFORMED",
        // one block of noise under the right header
        "0118151639121200000167cd8ea7740d3e88b38cb620f5fe9d3c, NOT_AUTHENTIC",
        "0117151639121200000167cd8ea7740d3e88b38cb620f5fe9d, NOT_AUTHENTIC",
        // no counter check asked for; no answer asked for; no cipher; another key set; triple DES; two key sets
        "0118150639121200000167cd8ea7740d3e88b38cb620f5fe9d3c, LEVEL_NOT_ALLOWED",
        "0118151600121200000167cd8ea7740d3e88b38cb620f5fe9d3c, LEVEL_NOT_ALLOWED",
        "0118151239121200000167cd8ea7740d3e88b38cb620f5fe9d3c, LEVEL_NOT_ALLOWED",
        "0118151639222200000167cd8ea7740d3e88b38cb620f5fe9d3c, UNKNOWN_KEY_SET",
        "0118151639151500000167cd8ea7740d3e88b38cb620f5fe9d3c, LEVEL_NOT_ALLOWED",
        "0118151639122200000167cd8ea7740d3e88b38cb620f5fe9d3c, LEVEL_NOT_ALLOWED",
    })
    void whatIsNoPacketForUsIsRefusedWithItsReason(String hex, PacketRefusal reason) {
        assertEquals(new CommandPacket.Refused(reason), CommandPacket.open(Octets.fromHex(hex), KeyLookup.of(keys)));
    }

    @Test
    void everyLengthOfDataSurvives() {
        for (int length = 0; length < 300; length++) {
            CommandPacket packet =
                    new CommandPacket(Spi.SGP02, 1, new Tar(0xffee), Counter.MAX, Octets.of(new byte[length]));
            assertEquals(new CommandPacket.Opened(packet), CommandPacket.open(packet.encode(keys), KeyLookup.of(keys)));
        }
        Octets largest = Octets.of(new byte[CommandPacket.MAX_DATA]);
        CommandPacket packet = new CommandPacket(Spi.SGP02, 1, new Tar(1), new Counter(7), largest);
        assertEquals(new CommandPacket.Opened(packet), CommandPacket.open(packet.encode(keys), KeyLookup.of(keys)));
    }

    @Test
    void everyFlippedBitIsRefused() {
        Octets packet = enable.encode(keys);
        for (int bit = 0; bit < packet.length() * 8; bit++) {
            byte[] bytes = packet.toBytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertInstanceOf(
                    CommandPacket.Refused.class,
                    CommandPacket.open(Octets.of(bytes), version -> Optional.of(keys)),
                    "bit " + bit);
        }
    }

    @Test
    void otherKeysOpenNothing() {
        Scp80Keys others = Scp80Keys.of(1, vectors.get("KIC"), vectors.get("KIC"));
        assertEquals(
                new CommandPacket.Refused(PacketRefusal.NOT_AUTHENTIC),
                CommandPacket.open(enable.encode(keys), KeyLookup.of(others)));
        Scp80Keys otherVersion = Scp80Keys.of(2, vectors.get("KIC"), vectors.get("KID"));
        assertThrows(IllegalArgumentException.class, () -> enable.encode(otherVersion));
    }

    @Test
    void keysAreHiddenAndCanBeWiped() {
        assertEquals("Scp80Keys[keySetVersion=1]", keys.toString());
        assertFalse(keys.isDestroyed());
        keys.destroy();
        assertThrows(IllegalStateException.class, () -> enable.encode(keys));
    }
}
