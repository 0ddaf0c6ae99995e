package io.godwit.gsma.scp80;

import io.godwit.protocol.Octets;
import java.util.Locale;

/** A toolkit application reference: three octets that say which security domain of the card a packet is for. */
public record Tar(int value) {
    /** @throws IllegalArgumentException when {@code value} is not three octets */
    public Tar {
        if (value >>> 24 != 0) {
            throw new IllegalArgumentException("tar: three octets expected");
        }
    }

    /**
     * Reads three octets.
     *
     * @throws IllegalArgumentException when there are not three
     */
    public static Tar of(Octets octets) {
        if (octets.length() != 3) {
            throw new IllegalArgumentException("tar: three octets expected");
        }
        return new Tar(octets.at(0) << 16 | octets.at(1) << 8 | octets.at(2));
    }

    public Octets toOctets() {
        return Octets.ofInts(value >> 16, value >> 8, value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%06X", value);
    }
}
