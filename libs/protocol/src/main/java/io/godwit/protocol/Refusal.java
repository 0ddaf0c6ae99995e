package io.godwit.protocol;

/**
 * Why a message was not accepted: a reason that operators can count, the member at fault, and what to do about it. Holds
 * nothing of the message's content.
 */
public record Refusal(Reason reason, String field, String remedy) {
    /** The closed list of reasons; metrics and dead letters carry its names. */
    public enum Reason {
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
        NO_SUCH_STEP
    }

    @Override
    public String toString() {
        return reason + " at " + field + ": " + remedy;
    }
}
