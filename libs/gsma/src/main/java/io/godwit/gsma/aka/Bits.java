package io.godwit.gsma.aka;

import io.godwit.protocol.Octets;

/** What the algorithms do with whole strings of bits. */
final class Bits {
    private Bits() {}

    /** Bit by bit; both have the same length. */
    static Octets xor(Octets one, Octets other) {
        byte[] result = one.toBytes();
        byte[] second = other.toBytes();
        if (result.length != second.length) {
            throw new IllegalArgumentException("xor: two strings of the same length expected");
        }
        for (int i = 0; i < result.length; i++) {
            result[i] ^= second[i];
        }
        return Octets.of(result);
    }

    /** Towards the most significant bit, which comes back as the least significant. */
    static Octets rotatedLeft(Octets octets, int bits) {
        int length = octets.length();
        int whole = bits / 8;
        int part = bits % 8;
        int[] rotated = new int[length];
        for (int i = 0; i < length; i++) {
            int high = octets.at((i + whole) % length);
            int low = octets.at((i + whole + 1) % length);
            rotated[i] = high << part | low >> (8 - part);
        }
        return Octets.ofInts(rotated);
    }

    static Octets reversed(Octets octets) {
        int length = octets.length();
        int[] reversed = new int[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = octets.at(length - 1 - i);
        }
        return Octets.ofInts(reversed);
    }

    static void require(Octets octets, int length, String what) {
        if (octets.length() != length) {
            throw new IllegalArgumentException(what + ": " + length + " octets expected");
        }
    }
}
