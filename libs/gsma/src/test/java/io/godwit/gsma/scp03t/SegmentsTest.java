package io.godwit.gsma.scp03t;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp03.ChannelState;
import io.godwit.gsma.scp03.SecureMessaging;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SessionKeys;
import io.godwit.gsma.testing.Vectors;
import io.godwit.gsma.tlv.BerLength;
import io.godwit.protocol.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static final Vectors BSP = Vectors.load("bsp-segments.txt");

    private static SessionKeys keys(String name) {
        SecretOctets mac = SecretOctets.copyOf(BSP.get(name + ".S-MAC"));
        return new SessionKeys(SecretOctets.copyOf(BSP.get(name + ".S-ENC")), mac, mac);
    }

    private static ChannelState start(String name, SecurityLevel level) {
        return new ChannelState(BSP.get(name + ".mcv"), 0, level);
    }

    /** A channel that began with the chaining value of SGP.22's key derivation in place of EXTERNAL AUTHENTICATE's MAC. */
    @Test
    void largeSegmentsAreThoseOfAnotherImplementation() {
        Scp03tChannel channel =
                Scp03tChannel.resume(keys("ppk"), start("ppk", SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC));
        List<Scp03tChannel.Wrapped> wrapped = channel.wrapAll(List.of(BSP.get("segment0"), BSP.get("segment1")));
        assertEquals(BSP.get("segment0.protected"), wrapped.get(0).command());
        assertEquals(BSP.get("segment1.protected"), wrapped.get(1).command());
        Octets both = BSP.get("segment0").plus(BSP.get("segment1"));
        assertEquals(List.of(BSP.get("segment0"), BSP.get("segment1")), Segments.cut(both, Segments.MAX_TLV));
    }

    /** The tags 87 and 88 of SGP.22: one chain and one counter, the second without cipher. */
    @Test
    void theEngineProtectsABoundProfilePackage() {
        int[] tags = {0x87, 0x88, 0x87};
        SecureMessaging engine = new SecureMessaging(keys("first"), start("first", SecurityLevel.C_MAC));
        for (int i = 0; i < tags.length; i++) {
            SecurityLevel level = tags[i] == 0x88 ? SecurityLevel.C_MAC : SecurityLevel.C_DECRYPTION_C_MAC;
            ChannelState state = engine.state();
            engine = new SecureMessaging(
                    engine.keys(), new ChannelState(state.macChainingValue(), state.commands(), level));
            Octets tag = Octets.ofInts(tags[i]);
            SecureMessaging.Sealed sealed =
                    engine.sealCommand(length -> tag.plus(BerLength.encode(length)), BSP.get("clear" + i));
            Octets header = tag.plus(BerLength.encode(sealed.body().length()));
            assertEquals(BSP.get("protected" + i), header.plus(sealed.body()));
            engine = sealed.next();
        }
        assertEquals(3, engine.state().commands());
    }

    @Test
    void aSegmentIsAsLargeAsItCanBe() {
        assertEquals(1007, Segments.maxClear(1024));
        assertEquals(15, Segments.maxClear(26));
        Scp03tChannel channel =
                Scp03tChannel.resume(keys("ppk"), start("ppk", SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC));
        for (int maxTlv = 26; maxTlv <= Segments.MAX_TLV; maxTlv++) {
            int size = Segments.maxClear(maxTlv);
            assertTrue(channel.wrap(Octets.of(new byte[size])).command().length() <= maxTlv);
            if (size < 1007) {
                assertTrue(channel.wrap(Octets.of(new byte[size + 1])).command().length() > maxTlv);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Segments.maxClear(25));
        assertThrows(IllegalArgumentException.class, () -> Segments.maxClear(1025));
    }

    @Test
    void thePiecesAreThePackage() {
        byte[] bytes = new byte[2500];
        new java.util.Random(3).nextBytes(bytes);
        for (int length = 0; length <= bytes.length; length += 83) {
            Octets all = Octets.of(bytes).slice(0, length);
            for (int maxTlv : new int[] {26, 140, 255, 300, 1024}) {
                List<Octets> pieces = Segments.cut(all, maxTlv);
                assertEquals(all, Octets.concat(pieces.toArray(Octets[]::new)));
                int size = Segments.maxClear(maxTlv);
                assertEquals((length + size - 1) / size, pieces.size());
            }
        }
    }
}
