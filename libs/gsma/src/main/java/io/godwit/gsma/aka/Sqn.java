package io.godwit.gsma.aka;

import io.godwit.protocol.Octets;

/**
 * A sequence number of 48 bits in the form of TS 33.102 annex C.3: 43 bits SEQ, then 5 bits IND, which says in which of 32
 * places the USIM remembers it.
 */
public record Sqn(long value) implements Comparable<Sqn> {
    public static final int OCTETS = 6;
    /** How many values IND has. */
    public static final int PLACES = 32;
    /** The highest SEQ. */
    public static final long MAX_SEQ = (1L << 43) - 1;

    public static final Sqn ZERO = new Sqn(0);

    private static final int IND_BITS = 5;

    /** @throws IllegalArgumentException when {@code value} has more than 48 bits */
    public Sqn {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException("sqn: 48 bits expected");
        }
    }

    /** @throws IllegalArgumentException when a part is out of range */
    public static Sqn of(long seq, int ind) {
        if (seq < 0 || seq > MAX_SEQ || ind < 0 || ind >= PLACES) {
            throw new IllegalArgumentException("sqn: 43 bits SEQ and 5 bits IND expected");
        }
        return new Sqn(seq << IND_BITS | ind);
    }

    /**
     * Reads six octets.
     *
     * @throws IllegalArgumentException when there are not six
     */
    public static Sqn of(Octets octets) {
        return new Sqn(number(octets));
    }

    static long number(Octets octets) {
        if (octets.length() != OCTETS) {
            throw new IllegalArgumentException("sqn: six octets expected");
        }
        long value = 0;
        for (int i = 0; i < OCTETS; i++) {
            value = value << 8 | octets.at(i);
        }
        return value;
    }

    public long seq() {
        return value >>> IND_BITS;
    }

    public int ind() {
        return (int) (value & (PLACES - 1));
    }

    /**
     * The one after it, as an authentication centre without a clock counts (annex C.1.1.1): SEQ and IND each go on by one.
     *
     * @throws IllegalStateException when there is none: the subscription is used up
     */
    public Sqn next() {
        if (seq() == MAX_SEQ) {
            throw new IllegalStateException("the sequence numbers of a subscription are used up");
        }
        return of(seq() + 1, (ind() + 1) % PLACES);
    }

    public Octets toOctets() {
        return Octets.ofInts(
                (int) (value >>> 40),
                (int) (value >>> 32),
                (int) (value >>> 24),
                (int) (value >>> 16),
                (int) (value >>> 8),
                (int) value);
    }

    @Override
    public int compareTo(Sqn other) {
        return Long.compare(value, other.value);
    }
}
