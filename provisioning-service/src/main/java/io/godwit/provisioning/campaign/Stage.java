package io.godwit.provisioning.campaign;

/** Where a campaign stands. */
public enum Stage {
    /** Its members get their procedures, one after the other as each card's turn comes. */
    GATHERING("Gathering"),
    /** A1 is out. */
    TRIGGERED("Triggered"),
    /** C1 is out for the canary alone. */
    CANARY("Canary"),
    /** C1 is out for all that it can reach; the others are served by B1. */
    COMMANDED("Commanded"),
    /** Too many members have failed: nothing more is commanded. */
    STOPPED("Stopped"),
    /** An operator has ended it: nothing more is commanded. */
    CANCELLED("Cancelled"),
    /** Every member has its outcome. */
    COMPLETED("Completed");

    private final String literal;

    Stage(String literal) {
        this.literal = literal;
    }

    /** As it stands in events and tables. */
    public String literal() {
        return literal;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static Stage of(String literal) {
        for (Stage stage : values()) {
            if (stage.literal.equals(literal)) {
                return stage;
            }
        }
        throw new IllegalArgumentException("stage: not one of a campaign");
    }

    /** Whether members may still get a command. */
    public boolean isOpen() {
        return this == GATHERING || this == TRIGGERED || this == CANARY || this == COMMANDED;
    }
}
