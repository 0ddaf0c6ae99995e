package io.godwit.gsma.crypto;

import io.godwit.protocol.Octets;
import org.bouncycastle.util.Pack;

/**
 * Keccak-f[1600] (FIPS 202 section 3.3): 24 rounds over 25 lanes of 64 bits. The library uses it within its hashes and does
 * not give it away by itself, and TUAK wants it several times in a row.
 */
public final class KeccakPermutation {
    /** Octets of the state. */
    public static final int STATE = 200;

    private static final int LANES = 25;
    private static final int SIDE = 5;
    private static final int ROUNDS = 24;

    private KeccakPermutation() {}

    /**
     * Permutes a state, so many times.
     *
     * @throws IllegalArgumentException when it is not {@value #STATE} octets
     */
    public static Octets apply(Octets state, int times) {
        if (state.length() != STATE) {
            throw new IllegalArgumentException("keccak: a state of 200 octets expected");
        }
        long[] lanes = new long[LANES];
        Pack.littleEndianToLong(state.toBytes(), 0, lanes);
        for (int i = 0; i < times; i++) {
            permute(lanes);
        }
        return Octets.of(Pack.longToLittleEndian(lanes));
    }

    private static void permute(long[] lanes) {
        // The bits of a linear feedback shift register are the round constants (section 3.2.5).
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            theta(lanes);
            chi(rhoAndPi(lanes), lanes);
            for (int j = 0; j <= 6; j++) {
                lanes[0] ^= (register & 1L) << ((1 << j) - 1);
                register = register << 1 ^ (register >> 7) * 0x171;
            }
        }
    }

    private static void theta(long[] lanes) {
        long[] parity = new long[SIDE];
        for (int i = 0; i < LANES; i++) {
            parity[i % SIDE] ^= lanes[i];
        }
        for (int i = 0; i < LANES; i++) {
            lanes[i] ^= parity[(i + 4) % SIDE] ^ Long.rotateLeft(parity[(i + 1) % SIDE], 1);
        }
    }

    private static long[] rhoAndPi(long[] lanes) {
        long[] moved = new long[LANES];
        moved[0] = lanes[0];
        int x = 1;
        int y = 0;
        for (int t = 0; t < ROUNDS; t++) {
            int nextX = y;
            int nextY = (2 * x + 3 * y) % SIDE;
            moved[nextX + SIDE * nextY] = Long.rotateLeft(lanes[x + SIDE * y], (t + 1) * (t + 2) / 2);
            x = nextX;
            y = nextY;
        }
        return moved;
    }

    private static void chi(long[] from, long[] into) {
        for (int row = 0; row < LANES; row += SIDE) {
            for (int x = 0; x < SIDE; x++) {
                into[row + x] = from[row + x] ^ (~from[row + (x + 1) % SIDE] & from[row + (x + 2) % SIDE]);
            }
        }
    }
}
