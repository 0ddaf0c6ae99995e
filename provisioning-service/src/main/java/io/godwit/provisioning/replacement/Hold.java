package io.godwit.provisioning.replacement;

import io.godwit.protocol.Iccid;

/**
 * A profile that a replacement keeps for itself on one card. It is stored with the card and asked under the card's own lock,
 * from the arrival of the replacement's first order until its {@link Effect.Release}: nobody else's order, policy or
 * request enables, disables or deletes the profile meanwhile.
 *
 * @param by the replacement
 */
public record Hold(TicketId by, Iccid iccid) {
    /** What others are told. */
    public static final String CODE = "HELD_BY_REPLACEMENT";

    /**
     * Whether an order may go to the card.
     *
     * @param order its id
     * @param target the profile that it would change
     */
    public boolean permits(String order, Iccid target) {
        return !target.equals(iccid) || order.startsWith(by + ".");
    }

    /** Whether {@code release} ends it: an old replacement's does not end a newer one's. */
    public boolean endsWith(Effect.Release release) {
        return release.by().equals(by);
    }
}
