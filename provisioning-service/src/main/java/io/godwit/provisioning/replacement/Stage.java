package io.godwit.provisioning.replacement;

/** Where a replacement stands. The diagram in {@code docs/flows/E.md} is drawn from {@link Transitions}. */
public enum Stage {
    /** E1 without a ticket has come; both cards are to be looked at. */
    REQUESTED("Requested", Party.NOBODY),
    /** The policy wants a person to decide. */
    AWAITING_APPROVAL("AwaitingApproval", Party.OPERATOR),
    /** The new device has been told the ticket; its E1 with the ticket is awaited. */
    GRANTED("Granted", Party.NEW_DEVICE),
    /** E1 went on to the old device; its E2 is awaited. In peer mode its card may be locked from now on. */
    OFFERED("Offered", Party.OLD_DEVICE),
    /** E2 has come and went on to the new device; both cards are looked at once more. */
    AGREED("Agreed", Party.NOBODY),
    /** The profile comes to the new card, where nobody enables it. The old card has the right. */
    INSTALLING("Installing", Party.NEW_CARD),
    /** The old card is to delete it: no way back but what the old card itself says. */
    DELETING("Deleting", Party.OLD_CARD),
    /** The old card has deleted it: the right is the new card's. */
    ENABLING("Enabling", Party.NEW_CARD),
    /** The way back: the profile is to leave the new card, which has to say so itself. */
    WITHDRAWING("Withdrawing", Party.NEW_CARD),
    /** The end of the way back: the old card is unlocked in peer mode, and gets back what was disabled on it. */
    RESTORING("Restoring", Party.OLD_CARD),
    /** A subscription of its own is sought for the successor. */
    FORCED("Forced", Party.NOBODY),
    /** The new card has the subscription, enabled. */
    COMPLETED("Completed", Party.NOBODY),
    /** It is over otherwise; the outcome says how, and who has the right. */
    ENDED("Ended", Party.NOBODY);

    private final String literal;
    private final Party waitsFor;

    Stage(String literal, Party waitsFor) {
        this.literal = literal;
        this.waitsFor = waitsFor;
    }

    /** As it stands in events, tables and diagrams. */
    public String literal() {
        return literal;
    }

    /** Who has to do something next. */
    public Party waitsFor() {
        return waitsFor;
    }

    public boolean isOpen() {
        return this != COMPLETED && this != ENDED;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static Stage of(String literal) {
        for (Stage stage : values()) {
            if (stage.literal.equals(literal)) {
                return stage;
            }
        }
        throw new IllegalArgumentException("stage: not one of a replacement");
    }
}
