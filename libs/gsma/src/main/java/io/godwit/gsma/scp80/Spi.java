package io.godwit.gsma.scp80;

/** The security parameter indicator of a command packet (TS 102 225 section 5.1.1): how it is protected, what comes back. */
public record Spi(int first, int second) {
    /**
     * What SGP.02 fixes for a command to the ISD-R: checksum, ciphering, a counter strictly higher than the last; the
     * answer is asked for always, with checksum, ciphered.
     */
    public static final Spi SGP02 = new Spi(0x16, 0x39);

    /** A card's notification here: checksum and ciphering, no counter (its sequence guards it), no answer asked for. */
    public static final Spi NOTIFICATION = new Spi(0x06, 0x00);

    /** @throws IllegalArgumentException when one is not an octet */
    public Spi {
        if ((first | second) >>> 8 != 0) {
            throw new IllegalArgumentException("spi: two octets expected");
        }
    }
}
