package io.godwit.registry.reuse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card holds a profile.
 *
 * @param until {@code null}: it does now
 * @param cause why it has it
 * @param endCause why no longer
 * @param ticket of the replacement that brought it; the cause is another one where the old card was given up
 */
record Holding(
        String iccid,
        String nid,
        Instant from,
        @Nullable Instant until,
        String cause,
        @Nullable String endCause,
        @Nullable String ticket) {
    /** The cause of a holding that a replacement brought, and the end of the one before. */
    static final String REPLACEMENT = "Replacement";

    Holding until(Instant at, String why) {
        return new Holding(iccid, nid, from, at, cause, why, ticket);
    }
}
