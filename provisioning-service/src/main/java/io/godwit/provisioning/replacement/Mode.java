package io.godwit.provisioning.replacement;

/** How a subscription comes to another card. */
public enum Mode {
    /** The right moves: the SM-DP installs it on the new card once more, and no secret leaves the old one. */
    REISSUE("Reissue"),
    /** The paper's letter: the old card locks the profile and exports it, encrypted for the new one. */
    PEER("Peer"),
    /** The old card is dead, lost or stolen: the successor gets another subscription. */
    FORCED("Forced");

    private final String literal;

    Mode(String literal) {
        this.literal = literal;
    }

    /** As it stands in tickets, events and tables. */
    public String literal() {
        return literal;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static Mode of(String literal) {
        for (Mode mode : values()) {
            if (mode.literal.equals(literal)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode: use Reissue, Peer or Forced");
    }
}
