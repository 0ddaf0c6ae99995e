package io.godwit.gsma.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.protocol.Octets;
import java.util.Random;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;

class KeccakPermutationTest {
    private static final int RATE = 136;

    /** SHAKE256 of a message shorter than its rate is one permutation of the padded message. */
    @Test
    void agreesWithTheLibrarysShake() {
        Random random = new Random(1);
        for (int length = 0; length < RATE - 1; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            byte[] state = new byte[KeccakPermutation.STATE];
            System.arraycopy(message, 0, state, 0, length);
            state[length] = 0x1f;
            state[RATE - 1] = (byte) 0x80;

            Octets permuted = KeccakPermutation.apply(Octets.of(state), 1);

            SHAKEDigest shake = new SHAKEDigest(256);
            shake.update(message, 0, length);
            byte[] expected = new byte[RATE];
            shake.doFinal(expected, 0, RATE);
            assertEquals(Octets.of(expected), permuted.slice(0, RATE), "length " + length);
        }
    }

    @Test
    void severalTimesIsOneAfterTheOther() {
        Octets zeros = Octets.of(new byte[KeccakPermutation.STATE]);
        Octets once = KeccakPermutation.apply(zeros, 1);
        assertEquals(KeccakPermutation.apply(KeccakPermutation.apply(once, 1), 1), KeccakPermutation.apply(zeros, 3));
        assertThrows(IllegalArgumentException.class, () -> KeccakPermutation.apply(Octets.EMPTY, 1));
    }
}
