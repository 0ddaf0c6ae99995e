package io.godwit.protocol;

/** Where a request stands that was given a ticket. */
public enum TicketStage {
    /** It is carried out, or was. */
    GRANTED("granted"),
    /** An operator is to say yes or no. */
    WAITING("waiting-for-approval"),
    /** It is granted, and begins when the quiet hours end. */
    QUIET("quiet"),
    /** It is granted, and the profile is being taken out of the stock. */
    ORDERING("ordering"),
    /** An operator said no, or there was nothing to give. */
    REFUSED("refused"),
    /** Nobody has answered in time. */
    EXPIRED("expired");

    private final String literal;

    TicketStage(String literal) {
        this.literal = literal;
    }

    public String literal() {
        return literal;
    }

    /** Whether it is to be carried out yet, and nothing of it was begun. */
    public boolean isOpen() {
        return this == WAITING || this == QUIET || this == ORDERING;
    }

    /** Whether nothing will come of it. */
    public boolean isDropped() {
        return this == REFUSED || this == EXPIRED;
    }

    /** @throws IllegalArgumentException when no stage has that name */
    public static TicketStage of(String literal) {
        for (TicketStage stage : values()) {
            if (stage.literal.equals(literal)) {
                return stage;
            }
        }
        throw new IllegalArgumentException("stage: no stage of a request has that name");
    }
}
