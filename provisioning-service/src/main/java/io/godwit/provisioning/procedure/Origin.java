package io.godwit.provisioning.procedure;

import java.util.Locale;

/** Where a procedure comes from. */
public enum Origin {
    /** An operator's order: it begins with A1. */
    ORDER,
    /** The card's own request, granted by its group's policy (flow D): it begins with B1. */
    CLIENT,
    /** POL2: a profile is to be deleted once it is disabled. */
    POLICY,
    /** A replacement, which tells of itself: the operation is the name of its order. */
    REPLACEMENT,
    /** The platform itself: audits and confirmations. */
    PLATFORM;

    /** Whether the world hears of its steps and its outcome. */
    public boolean isReported() {
        return this == ORDER || this == CLIENT;
    }

    /** As it stands in events. */
    public String literal() {
        return name().toLowerCase(Locale.ROOT);
    }
}
