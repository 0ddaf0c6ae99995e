package io.godwit.registry.reuse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replacement, as far as it concerns who holds a profile.
 *
 * @param begun since when the successor's card may have a copy
 * @param moved when the right came to be the successor's; {@code null}: it did not, or not yet
 * @param ended when the replacement was over; {@code null}: it is not
 */
record Move(
        String ticket,
        String iccid,
        String old,
        String successor,
        Instant begun,
        @Nullable Instant moved,
        @Nullable Instant ended) {
    /** Whether that span is the successor's copy: it had no such profile when this began. */
    boolean copies(Span span) {
        return span.nid().equals(successor)
                && (span.gone() == null || !span.gone().isBefore(begun))
                && (ended == null || !span.since().isAfter(ended));
    }

    /** Whether the old card was told to be without it at that moment because the right is about to move. */
    boolean explains(String nid, Instant gone) {
        return nid.equals(old) && moved != null && !moved.isBefore(gone) && !begun.isAfter(gone);
    }
}
