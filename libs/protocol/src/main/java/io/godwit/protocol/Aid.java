package io.godwit.protocol;

import java.util.Locale;

/**
 * An application identifier (ISO 7816-5), 5 to 16 octets, written in upper-case hexadecimal: an ISD-P, the ISD-R, the
 * ECASD or an applet.
 */
public record Aid(String hex) implements Comparable<Aid> {
    /** @throws IllegalArgumentException when {@code hex} is not 10 to 32 hexadecimal digits */
    public Aid {
        hex = hex.toUpperCase(Locale.ROOT);
        if (hex.length() % 2 != 0 || !hex.matches("[0-9A-F]{10,32}")) {
            throw new IllegalArgumentException("aid: 5 to 16 octets in hexadecimal expected");
        }
    }

    public static Aid of(Octets octets) {
        return new Aid(octets.toHex());
    }

    public Octets toOctets() {
        return Octets.fromHex(hex);
    }

    @Override
    public int compareTo(Aid other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
