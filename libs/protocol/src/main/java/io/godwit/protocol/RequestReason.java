package io.godwit.protocol;

/** Why a card or its device asks for provisioning (D1). Policies go by it. */
public enum RequestReason {
    /** The device is new: it has nothing but what it was made with. */
    FIRST_ATTACH("first-attach"),
    /** The network of the enabled profile is gone, or does not want it any more. */
    LOST_CONNECTIVITY("lost-connectivity"),
    /** The subscription of the enabled profile is about to end. */
    PROFILE_EXPIRING("profile-expiring"),
    /** Somebody at the device has asked for it. */
    LOCAL_BUTTON("local-button"),
    /** The device takes the place of another one. */
    REPLACEMENT("replacement"),
    /** Whatever else a device may say, for people. */
    OTHER("other");

    private final String literal;

    RequestReason(String literal) {
        this.literal = literal;
    }

    public String literal() {
        return literal;
    }

    /**
     * As a policy names it.
     *
     * @throws IllegalArgumentException when no reason has that name
     */
    public static RequestReason of(String literal) {
        for (RequestReason reason : values()) {
            if (reason.literal.equals(literal)) {
                return reason;
            }
        }
        throw new IllegalArgumentException(
                "reason: use first-attach, lost-connectivity, profile-expiring, local-button,"
                        + " replacement or other");
    }

    /** As a device says it: what is no reason's name is a sentence for people. */
    public static RequestReason said(String text) {
        for (RequestReason reason : values()) {
            if (reason.literal.equals(text)) {
                return reason;
            }
        }
        return OTHER;
    }
}
