package io.godwit.provisioning.replacement;

/** Why an input changed nothing: an expected decision, counted, and never an error. */
public enum Ignored {
    ENDED("the replacement is over"),
    NOT_AWAITED("the replacement does not wait for that now"),
    OLD_ORDER("the order is not the one that is waited for"),
    WRONG_TICKET("the ticket is not the one that was issued: ask for one by an E1 without a ticket"),
    TICKET_EXPIRED("the ticket is no longer valid: ask for one by an E1 without a ticket"),
    WRONG_DEVICE("the ticket is for other devices"),
    WRONG_CERTIFICATE("the certificate is not the one that the ticket names: it is for another card"),
    TOO_LATE_TO_CANCEL("a card has been ordered what nothing takes back: wait for its answer;"
            + " while an old card stays silent, the replacement can be forced, and when a new one has been silent for long,"
            + " it can be cancelled"),
    NOT_TO_BE_FORCED("the old card has deleted the profile, and the right is the successor's: order EnableProfile"),
    FORCED_BEFORE("the old card is given up already: the successor gets a new subscription");

    private final String sentence;

    Ignored(String sentence) {
        this.sentence = sentence;
    }

    /** For whoever sent the input. */
    public String sentence() {
        return sentence;
    }
}
