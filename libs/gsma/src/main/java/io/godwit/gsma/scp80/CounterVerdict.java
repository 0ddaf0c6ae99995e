package io.godwit.gsma.scp80;

/** What a card thinks of a packet's counter. */
public enum CounterVerdict {
    /** Strictly higher than the last one. */
    ACCEPTED,
    /** Not higher: an old packet, or one seen already. */
    TOO_LOW,
    /** The last one was the highest there is: the key set is spent. */
    BLOCKED
}
