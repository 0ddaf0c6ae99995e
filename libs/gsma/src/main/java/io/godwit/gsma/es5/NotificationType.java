package io.godwit.gsma.es5;

import java.util.Optional;

/** What a card's notification reports (SGP.02 section 4.1.1.11). */
public enum NotificationType {
    /** The first attach to a network. */
    EUICC_DECLARATION(0x01),
    PROFILE_CHANGE_SUCCEEDED(0x02),
    /** The new profile found no network or no confirmation; the previous one is enabled again. */
    PROFILE_CHANGE_FAILED_AND_ROLLED_BACK(0x03),
    VOID(0x04),
    /** The profile with the fall-back attribute has been enabled. */
    PROFILE_CHANGE_AFTER_FALLBACK(0x05);

    private final int code;

    NotificationType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<NotificationType> ofCode(int code) {
        for (NotificationType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
