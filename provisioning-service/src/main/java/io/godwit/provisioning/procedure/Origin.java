package io.godwit.provisioning.procedure;

import java.util.Locale;

/** Where a procedure comes from. */
public enum Origin {
    /** An operator's order: it begins with A1. */
    ORDER,
    /** The card's own request, granted by a policy (flow D): it begins with B1, D2 has stood for A1. */
    CLIENT,
    /** The same with a trigger of its own (flow D-A-B): it begins with A1. */
    CLIENT_TRIGGERED,
    /** POL2: a profile is to be deleted once it is disabled. */
    POLICY,
    /** A replacement, which tells of itself: the operation is the name of its order. */
    REPLACEMENT,
    /** A forced replacement, for what its successor gets: the operation is the registry's, and is told of like an order. */
    SUCCESSION,
    /** The platform itself: audits and confirmations. */
    PLATFORM;

    /** Whether the world hears of its steps and its outcome. */
    public boolean isReported() {
        return this == ORDER || this == CLIENT || this == CLIENT_TRIGGERED || this == SUCCESSION;
    }

    /** Whether the card is asked by an A1 first. */
    boolean beginsWithTrigger() {
        return this == ORDER || this == CLIENT_TRIGGERED;
    }

    /** Of what a card has asked for. */
    public static Origin ofClient(boolean triggers) {
        return triggers ? CLIENT_TRIGGERED : CLIENT;
    }

    /** As it stands in events. */
    public String literal() {
        return switch (this) {
            case CLIENT_TRIGGERED -> CLIENT.literal();
            case SUCCESSION -> ORDER.literal();
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}
