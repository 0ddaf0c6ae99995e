package io.godwit.gsma.scp80;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.gsma.crypto.AesCbc;
import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import org.junit.jupiter.api.Test;

/** The cryptography of both forms against what a real card sent and took over SMS. */
class ProtectionTest {
    private final Vectors vectors = Vectors.load("scp80-sms.txt");
    private final Scp80Keys keys = Scp80Keys.of(2, vectors.get("KIC"), vectors.get("KID"));

    @Test
    void theCommandThatTheCardTookIsReproduced() {
        Octets header = vectors.get("command_header");
        Octets apdu = vectors.get("command_apdu");
        assertEquals(0x0b, Protection.padding(6, apdu.length()));
        Octets fixed = Octets.fromHex("0000000000" + "0b"); // CNTR, PCNTR
        Octets sealed = Protection.seal(keys, header, fixed, apdu);
        assertEquals(vectors.get("command_packet"), header.plus(sealed));
        assertEquals(
                vectors.get("command_cc"), AesCbc.decrypt(keys.kic(), sealed).slice(6, 14));
    }

    @Test
    void theAnswerThatTheCardGaveIsOpened() {
        Octets packet = vectors.get("response_packet");
        Octets header = packet.slice(0, 9); // UDH 027100, RPL 0024, RHL 12, TAR b00011
        Protection.Clear clear =
                Protection.unseal(keys, header, 7, packet.from(9)).orElseThrow();
        assertEquals("0000000000" + "0e" + "00", clear.fixed().toHex()); // CNTR, PCNTR, STATUS
        assertEquals(
                vectors.get("response_data"),
                Protection.unpad(clear.padded(), 0x0e).orElseThrow());
        assertEquals(
                vectors.get("response_cc"),
                AesCbc.decrypt(keys.kic(), packet.from(9)).slice(7, 15));
        assertEquals(packet.from(9), Protection.seal(keys, header, clear.fixed(), vectors.get("response_data")));
    }
}
