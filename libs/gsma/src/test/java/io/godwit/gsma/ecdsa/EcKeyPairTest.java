package io.godwit.gsma.ecdsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.gsma.testing.Vectors;
import io.godwit.protocol.Octets;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcKeyPairTest {
    private final Vectors vectors = Vectors.load("ecdsa-p256.txt");
    private final Octets scalar = vectors.get("x");

    @Test
    void thePublicKeyIsThatOfRfc6979() {
        assertEquals(vectors.get("U"), EcKeyPair.of(scalar).publicKey().point());
    }

    @Test
    void itsSignaturesVerify() {
        EcKeyPair pair = EcKeyPair.generate(new SecureRandom());
        Octets message = Octets.utf8("to the group");
        Octets signature = pair.sign(message);
        assertTrue(pair.publicKey().verifies(message, signature));
        assertFalse(pair.publicKey().verifies(message.plus(message), signature));
        assertTrue(pair.publicKey().verifies(message, pair.sign(message)));
    }

    @Test
    void itTellsNothingOfThePrivateKey() {
        EcKeyPair pair = EcKeyPair.of(scalar);
        assertEquals("EcKeyPair[EcPublicKey[point=Octets[65]]]", pair.toString());
        assertNotEquals(pair, EcKeyPair.of(scalar));
        assertEquals(scalar, pair.reveal());
    }

    @Test
    void aWipedPairSignsNothingAndStillTellsItsPublicKey() {
        EcKeyPair unused = EcKeyPair.of(scalar);
        EcKeyPair used = EcKeyPair.of(scalar);
        used.sign(Octets.EMPTY);
        for (EcKeyPair pair : List.of(unused, used)) {
            pair.close();
            pair.close();
            assertTrue(pair.isDestroyed());
            assertThrows(IllegalStateException.class, () -> pair.sign(Octets.EMPTY));
            assertThrows(IllegalStateException.class, pair::reveal);
            assertEquals(vectors.get("U"), pair.publicKey().point());
        }
    }

    @Test
    void onlyNumbersBelowTheOrderArePrivateKeys() {
        List<Octets> wrong = List.of(
                Octets.EMPTY,
                scalar.from(1),
                Octets.ofInts(0).plus(scalar),
                Octets.of(new byte[32]),
                P256.fixed(P256.N),
                P256.fixed(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));
        for (Octets octets : wrong) {
            Exception refused = assertThrows(IllegalArgumentException.class, () -> EcKeyPair.of(octets));
            assertTrue(refused.getMessage().startsWith("private key: 32 octets expected"));
        }
        EcKeyPair.of(P256.fixed(BigInteger.ONE));
        EcKeyPair.of(P256.fixed(P256.N.subtract(BigInteger.ONE)));
    }

    @Test
    void scalarsOutOfRangeAreDrawnAgain() {
        int[] draws = {0};
        SecureRandom stubborn = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                java.util.Arrays.fill(bytes, (byte) (draws[0]++ == 0 ? 0xff : draws[0] == 2 ? 0x00 : 0x11));
            }
        };
        assertEquals("11".repeat(32), EcKeyPair.generate(stubborn).reveal().toHex());
        assertEquals(3, draws[0]);
    }

    @Test
    void anEphemeralPairBelongsTogetherAndIsNeverTheSame() {
        EcKeyPair one = EcKeyPair.ephemeral(new SecureRandom());
        EcKeyPair other = EcKeyPair.ephemeral(new SecureRandom());
        assertEquals(EcKeyPair.of(one.reveal()).publicKey(), one.publicKey());
        assertNotEquals(one.publicKey(), other.publicKey());
        Octets message = Octets.utf8("message");
        assertTrue(one.publicKey().verifies(message, one.sign(message)));
    }
}
