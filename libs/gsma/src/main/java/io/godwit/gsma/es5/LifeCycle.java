package io.godwit.gsma.es5;

import java.util.Optional;

/** The life cycle of an ISD-P as GET STATUS tells it (SGP.02 section 2.2.1.3). */
public enum LifeCycle {
    INSTALLED(0x03),
    /** "Created" in the words of an EIS. */
    SELECTABLE(0x07),
    /** It has its key set, and no profile yet. */
    PERSONALIZED(0x0f),
    DISABLED(0x1f),
    ENABLED(0x3f);

    private final int code;

    LifeCycle(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether a profile is in the ISD-P, enabled or not. */
    public boolean holdsProfile() {
        return this == DISABLED || this == ENABLED;
    }

    public static Optional<LifeCycle> ofCode(int code) {
        for (LifeCycle state : values()) {
            if (state.code == code) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
