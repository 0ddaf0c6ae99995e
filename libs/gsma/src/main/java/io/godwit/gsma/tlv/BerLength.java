package io.godwit.gsma.tlv;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;

/**
 * A definite BER length (ISO 8825-1 8.1.3) of up to 65,535, in its shortest form.
 *
 * @param value the number of octets that follow
 * @param end the index of the first of them
 */
public record BerLength(int value, int end) {
    /** No object of SGP.02 comes near it; what claims more is refused before anything is copied. */
    public static final int MAX = 0xffff;

    /**
     * The shortest form of {@code length}.
     *
     * @throws IllegalArgumentException when {@code length} is negative or above {@link #MAX}
     */
    public static Octets encode(int length) {
        if (length < 0 || length > MAX) {
            throw new IllegalArgumentException("length: 0 to 65535 expected");
        }
        if (length < 0x80) {
            return Octets.ofInts(length);
        }
        return length < 0x100 ? Octets.ofInts(0x81, length) : Octets.ofInts(0x82, length >> 8, length);
    }

    /** Reads the length that starts at index {@code at}; the octets it counts need not be there. */
    public static Parsed<BerLength> read(Octets octets, int at) {
        if (at >= octets.length()) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        int first = octets.at(at);
        if (first < 0x80) {
            return Parsed.read(new BerLength(first, at + 1));
        }
        int count = first - 0x80;
        if (count == 0 || count > 2) {
            return Parsed.malformed(count == 0 ? Malformation.BAD_VALUE : Malformation.TOO_LONG);
        }
        if (at + count >= octets.length()) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        int value = count == 1 ? octets.at(at + 1) : octets.at(at + 1) << 8 | octets.at(at + 2);
        if (value < (count == 1 ? 0x80 : 0x100)) {
            return Parsed.malformed(Malformation.NON_MINIMAL_LENGTH);
        }
        return Parsed.read(new BerLength(value, at + 1 + count));
    }
}
