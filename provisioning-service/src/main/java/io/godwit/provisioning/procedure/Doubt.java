package io.godwit.provisioning.procedure;

/** Why the card is audited: what we do not know, and must not guess. */
public enum Doubt {
    /** No answer to a command, although the card was there. */
    SILENCE,
    /** The device says that the card gave no answer. */
    NO_ANSWER,
    /** The card has seen a higher counter. */
    COUNTER_LOW,
    /** The card refused, so its state is not the one of our EIS (6985, unknown ISD-P). */
    REFUSED,
    /** The card accepted a change and never told of its end. */
    NO_NOTIFICATION,
    /** The card does not know what we confirm. */
    NOTHING_TO_CONFIRM,
    /** The validity ended before the command's fate was known. */
    EXPIRY
}
