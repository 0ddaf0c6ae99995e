package io.godwit.provisioning.procedure;

/** Why an input changed nothing: an expected decision, counted, and never an error. */
public enum Ignored {
    /** The procedure has its outcome already. */
    ENDED,
    /** It answers no message that is open now: late, or a second time. */
    NOT_AWAITED,
    /** Its checksum is not the card's. */
    NOT_AUTHENTIC,
    /** It speaks of another card. */
    FOREIGN_CARD,
    /** That notification was confirmed long ago. */
    REPLAYED_NOTIFICATION,
    /** A change that nobody ordered, or whose order has expired: unconfirmed, the card rolls it back. */
    UNSOLICITED_CHANGE,
    /** It waits in the queue already. */
    QUEUED_ALREADY,
    /** The card is not registered, or no longer. */
    NOT_REGISTERED,
    /** The connection that ended is not the one that is used. */
    OTHER_CONNECTION,
    /** It was answered, and the answer is no longer valid. */
    ANSWER_EXPIRED,
    /** There is nothing to do. */
    NOTHING_DUE
}
