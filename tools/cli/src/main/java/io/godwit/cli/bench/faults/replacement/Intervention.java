package io.godwit.cli.bench.faults.replacement;

/** What an operator says when the profile is on its way to the new card, at <i>Installing</i>. */
public enum Intervention {
    /** Nothing: the replacement goes its way. */
    NONE(""),
    /** It is cancelled, and goes all the way back. */
    CANCEL(", cancelled"),
    /** The old card is given up: the successor gets a subscription of its own, and the old card, which comes back, deletes its one. */
    FORCE(", old card given up");

    private final String words;

    Intervention(String words) {
        this.words = words;
    }

    /** For people: what follows the mode. */
    String words() {
        return words;
    }
}
