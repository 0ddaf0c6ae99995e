package io.godwit.gsma.scp80;

import io.godwit.protocol.Octets;

/**
 * The counter of a packet (TS 102 225 section 5.1.4): five octets, the guard against replay. Its top octet is an epoch
 * here: raised when a database is restored from a backup, so that no counter is ever given twice.
 */
public record Counter(long value) implements Comparable<Counter> {
    public static final Counter ZERO = new Counter(0);
    /** After it no packet is accepted under the same keys. */
    public static final Counter MAX = new Counter(0xff_ffff_ffffL);

    private static final int EPOCH_SHIFT = 32;

    /** @throws IllegalArgumentException when {@code value} is not five octets */
    public Counter {
        if (value >>> 40 != 0) {
            throw new IllegalArgumentException("counter: five octets expected");
        }
    }

    /**
     * Reads five octets.
     *
     * @throws IllegalArgumentException when there are not five
     */
    public static Counter of(Octets octets) {
        if (octets.length() != 5) {
            throw new IllegalArgumentException("counter: five octets expected");
        }
        long value = 0;
        for (int i = 0; i < 5; i++) {
            value = value << 8 | octets.at(i);
        }
        return new Counter(value);
    }

    public int epoch() {
        return (int) (value >>> EPOCH_SHIFT);
    }

    /**
     * The counter of the next packet.
     *
     * @throws IllegalStateException when this is {@link #MAX}: the key set has to be replaced
     */
    public Counter next() {
        if (isExhausted()) {
            throw new IllegalStateException("the counter is exhausted: the key set has to be replaced");
        }
        return new Counter(value + 1);
    }

    public boolean isExhausted() {
        return equals(MAX);
    }

    /**
     * This counter under another epoch, above every counter of the epochs before.
     *
     * @throws IllegalArgumentException when {@code epoch} is not an octet, or is below the present one
     */
    public Counter withEpoch(int epoch) {
        if (epoch >>> 8 != 0 || epoch < epoch()) {
            throw new IllegalArgumentException("epoch: one octet, not below the present epoch, expected");
        }
        return new Counter((long) epoch << EPOCH_SHIFT | (value & 0xffff_ffffL));
    }

    /**
     * The card's rule for a counter that must be strictly higher.
     *
     * @param lastAccepted the highest counter that this key set has accepted; {@link #ZERO} for a new key set
     */
    public CounterVerdict judgedAfter(Counter lastAccepted) {
        if (lastAccepted.isExhausted()) {
            return CounterVerdict.BLOCKED;
        }
        return value > lastAccepted.value ? CounterVerdict.ACCEPTED : CounterVerdict.TOO_LOW;
    }

    public Octets toOctets() {
        return Octets.ofInts(
                (int) (value >>> 32), (int) (value >>> 24), (int) (value >>> 16), (int) (value >>> 8), (int) value);
    }

    @Override
    public int compareTo(Counter other) {
        return Long.compare(value, other.value);
    }
}
