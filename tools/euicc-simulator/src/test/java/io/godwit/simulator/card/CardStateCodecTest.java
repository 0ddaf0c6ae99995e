package io.godwit.simulator.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.es5.EnableProfile;
import io.godwit.gsma.es5.EuiccCapabilityAudit;
import io.godwit.protocol.Octets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardStateCodecTest {
    private static CardState used() {
        TestSmSr smSr = new TestSmSr(CardFactory.declaringItself(TestCards.fresh()));
        smSr.send(EuiccCapabilityAudit.ofAll());
        smSr.send(new EnableProfile(TestCards.FIRST));
        return smSr.card().state();
    }

    @Test
    void aCardComesBackAsItWas() {
        CardState fresh = TestCards.fresh().state();
        assertEquals(Optional.of(fresh), CardStateCodec.decode(CardStateCodec.encode(fresh)));
        assertEquals(Optional.of(used()), CardStateCodec.decode(CardStateCodec.encode(used())));
        int size = CardStateCodec.encode(used()).length();
        assertTrue(size < 500, "a card takes " + size + " octets");
    }

    @Test
    void damagedOctetsAreNoCard() {
        Octets octets = CardStateCodec.encode(used());
        for (int bit = 0; bit < octets.length() * 8; bit++) {
            byte[] bytes = octets.toBytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Optional.empty(), CardStateCodec.decode(Octets.of(bytes)), "bit " + bit);
        }
        for (int length = 0; length < octets.length(); length++) {
            assertEquals(Optional.empty(), CardStateCodec.decode(octets.slice(0, length)), "cut at " + length);
        }
    }
}
