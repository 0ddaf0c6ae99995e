package io.godwit.registry.order;

import java.util.Locale;

/** How an operation reaches its cards. */
public enum OperationMode {
    /** One message a card (flow A-B). */
    SINGLE,
    /** One trigger and one signed command for the whole group (flow A-C). */
    GROUP;

    /** As it stands in the API and in the database. */
    public String literal() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code literal} is none of them */
    static OperationMode of(String literal) {
        for (OperationMode mode : values()) {
            if (mode.literal().equals(literal)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("single or group expected");
    }
}
