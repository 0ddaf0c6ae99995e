package io.godwit.broker.uplink;

import io.godwit.protocol.Refusal;

/** Why a message is refused for good: a name to count by. */
public enum Grounds {
    TOPIC,
    RETAINED,
    QOS,
    RATE,
    FOREIGN_NID,
    NOT_A_MEMBER,
    TOO_LARGE,
    NOT_UTF8,
    NOT_JSON,
    TOO_DEEP,
    DUPLICATE_MEMBER,
    UNKNOWN_MEMBER,
    MISSING_MEMBER,
    WRONG_TYPE,
    BAD_VALUE,
    TRAILING_DATA,
    NO_ADDRESS,
    NO_SUCH_STEP,
    /** A defect of ours, counted apart; it must never look like success. */
    DEFECT;

    /** The grounds of the same name as the decoder's reason. */
    static Grounds of(Refusal.Reason reason) {
        return valueOf(reason.name());
    }
}
