package io.godwit.gsma.scp80;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import org.junit.jupiter.api.Test;

class ResponsePacketTest {
    private final Vectors vectors = Vectors.load("scp80-es5.txt");
    private final Scp80Keys keys = Scp80Keys.of(1, vectors.get("KIC"), vectors.get("KID"));
    private final ResponsePacket answer =
            new ResponsePacket(new Tar(1), new Counter(5), ResponseStatus.POR_OK, Octets.fromHex("ab0780010123029000"));

    @Test
    void theHeaderStandsInClear() {
        Octets packet = answer.encode(keys);
        assertEquals(
                Octets.ofInts(
                        0x02, // RPI: response packet
                        0x24, // RPL: 36 octets follow
                        0x12, // RHL: 18 octets from TAR to CC
                        0x00, 0x00, 0x01), // TAR: ISD-R
                packet.slice(0, 6));
        assertEquals(6 + 32, packet.length());
    }

    @Test
    void everyLengthAndEveryStatusSurvives() {
        for (int length = 0; length < 300; length++) {
            ResponseStatus status = ResponseStatus.ofCode(length % 11).orElseThrow();
            ResponsePacket packet =
                    new ResponsePacket(new Tar(0xb00011), Counter.MAX, status, Octets.of(new byte[length]));
            assertEquals(new ResponsePacket.Opened(packet), ResponsePacket.open(packet.encode(keys), keys));
        }
    }

    @Test
    void everyFlippedBitIsRefused() {
        Octets packet = answer.encode(keys);
        for (int bit = 0; bit < packet.length() * 8; bit++) {
            byte[] bytes = packet.toBytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertInstanceOf(ResponsePacket.Refused.class, ResponsePacket.open(Octets.of(bytes), keys), "bit " + bit);
        }
    }

    @Test
    void aCommandIsNoAnswerAndAnAnswerNoCommand() {
        assertEquals(
                new ResponsePacket.Refused(PacketRefusal.MALFORMED),
                ResponsePacket.open(vectors.get("scp80_packet"), keys));
        assertEquals(
                new CommandPacket.Refused(PacketRefusal.MALFORMED),
                CommandPacket.open(answer.encode(keys), KeyLookup.of(keys)));
    }

    @Test
    void statusesHaveTheCodesOfTheStandard() {
        assertEquals(0x02, ResponseStatus.COUNTER_LOW.code());
        assertEquals(0x04, ResponseStatus.COUNTER_BLOCKED.code());
        assertEquals(0x09, ResponseStatus.TAR_UNKNOWN.code());
        assertEquals(0x0a, ResponseStatus.INSUFFICIENT_SECURITY_LEVEL.code());
    }
}
