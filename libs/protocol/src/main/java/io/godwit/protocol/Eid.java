package io.godwit.protocol;

import java.math.BigInteger;

/**
 * The identity of an eUICC: 32 decimal digits that start with 89 and end with two ISO 7064 MOD 97-10 check digits (GSMA
 * SGP.29), 16 octets of BCD on the wire.
 */
public record Eid(String digits) implements Comparable<Eid> {
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    /** @throws IllegalArgumentException when {@code digits} is not an EID; the message names the fault */
    public Eid {
        if (!digits.matches("89[0-9]{30}")) {
            throw new IllegalArgumentException("eid: 32 decimal digits starting with 89 expected");
        }
        if (new BigInteger(digits).mod(MODULUS).intValue() != 1) {
            throw new IllegalArgumentException("eid: the check digits are wrong (ISO 7064 MOD 97-10)");
        }
    }

    /**
     * Completes 30 digits with their check digits.
     *
     * @throws IllegalArgumentException when {@code base} is not 30 digits starting with 89
     */
    public static Eid withCheckDigits(String base) {
        if (!base.matches("89[0-9]{28}")) {
            throw new IllegalArgumentException("eid: 30 decimal digits starting with 89 expected before check digits");
        }
        int check = 98 - new BigInteger(base + "00").mod(MODULUS).intValue();
        return new Eid(base + (check < 10 ? "0" : "") + check);
    }

    /**
     * Reads 16 octets of BCD, as in tag 5A or 4C.
     *
     * @throws IllegalArgumentException when they do not hold an EID
     */
    public static Eid fromOctets(Octets bcd) {
        return new Eid(bcd.toHex());
    }

    /** 16 octets of BCD. */
    public Octets toOctets() {
        return Octets.fromHex(digits);
    }

    @Override
    public int compareTo(Eid other) {
        return digits.compareTo(other.digits);
    }

    @Override
    public String toString() {
        return digits;
    }
}
