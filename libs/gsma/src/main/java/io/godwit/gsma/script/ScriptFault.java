package io.godwit.gsma.script;

import io.godwit.gsma.Malformation;
import java.util.Optional;

/** What a card says of a script that it cannot read: the value of the bad format TLV (TS 102 226, tag 90). */
public enum ScriptFault {
    UNKNOWN_TAG(0x01),
    WRONG_LENGTH(0x02),
    LENGTH_NOT_FOUND(0x03);

    private final int code;

    ScriptFault(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<ScriptFault> ofCode(int code) {
        for (ScriptFault fault : values()) {
            if (fault.code == code) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** The word that comes nearest to {@code reason}. */
    public static ScriptFault of(Malformation reason) {
        return switch (reason) {
            case BAD_TAG, UNEXPECTED_TAG, DUPLICATE_TAG, MISSING_TAG -> UNKNOWN_TAG;
            case TRUNCATED -> LENGTH_NOT_FOUND;
            case TRAILING_OCTETS, NON_MINIMAL_LENGTH, TOO_LONG, TOO_MANY_ELEMENTS, BAD_VALUE -> WRONG_LENGTH;
        };
    }
}
