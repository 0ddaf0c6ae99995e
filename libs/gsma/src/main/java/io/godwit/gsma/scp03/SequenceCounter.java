package io.godwit.gsma.scp03;

import io.godwit.protocol.Octets;

/**
 * How many INITIALIZE UPDATEs a key set has seen, three octets; the card counts up before it answers, and a new key set
 * starts from 0 (GP Amendment D 6.2.2.1). With it the card's next challenge is known.
 */
public record SequenceCounter(int value) {
    /** Of a key set that has not been used yet. */
    public static final SequenceCounter ZERO = new SequenceCounter(0);

    public static final SequenceCounter MAX = new SequenceCounter(0xff_ffff);

    /** @throws IllegalArgumentException when {@code value} is not three octets */
    public SequenceCounter {
        if (value >>> 24 != 0) {
            throw new IllegalArgumentException("sequence counter: three octets expected");
        }
    }

    /** Reads three octets at {@code at}. */
    static SequenceCounter read(Octets octets, int at) {
        return new SequenceCounter(octets.at(at) << 16 | octets.at(at + 1) << 8 | octets.at(at + 2));
    }

    /**
     * The counter of the next session.
     *
     * @throws IllegalStateException when this is {@link #MAX}: the card refuses with 6985, and the keys have to be replaced
     */
    public SequenceCounter next() {
        if (equals(MAX)) {
            throw new IllegalStateException("the sequence counter is exhausted: the key set has to be replaced");
        }
        return new SequenceCounter(value + 1);
    }

    public Octets toOctets() {
        return Octets.ofInts(value >> 16, value >> 8, value);
    }
}
