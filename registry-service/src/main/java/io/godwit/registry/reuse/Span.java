package io.godwit.registry.reuse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card has a profile, by what is told of that card alone.
 *
 * @param sequence of the card's event that told of it first
 * @param cause why that was told
 * @param gone when it was told to have it no more; {@code null}: it has it
 * @param goneCause why that was told, or {@link #REMOVED}
 */
record Span(
        String iccid,
        String nid,
        long sequence,
        Instant since,
        String cause,
        @Nullable Instant gone,
        @Nullable String goneCause) {
    /** The card left the fleet: nobody has said that it is without the profile. */
    static final String REMOVED = "Removed";

    /** It ends; not before it began, whatever the clocks of those who told it say. */
    Span until(Instant at, String why) {
        return new Span(iccid, nid, sequence, since, cause, at.isBefore(since) ? since : at, why);
    }

    boolean isOpen() {
        return gone == null;
    }
}
