package io.godwit.registry.reuse;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A card held a profile, as the API shows it.
 *
 * @param until absent: it holds it now
 * @param cause why it had it: {@code Replacement}, or why it was told first, for example {@code RegisterEIS}
 * @param endCause why no longer: {@code Replacement}, {@code Removed} (the card left the fleet), or by what the card has said it
 * @param ticket of the replacement that brought it, in place of another one where the old card was given up; with its mode, the
 *     successor's reason and who has approved or ordered it
 * @param evidence by which the old card has said that it has no such profile any more
 * @param successorEvidence by which this card has said that it has enabled it
 * @param revokedBy the ticket of the replacement by which the card was given up while it held the profile, which nobody gets again
 */
@Schema(name = "ProfileHolder")
public record HolderView(
        String iccid,
        String nid,
        Instant from,
        @Nullable Instant until,
        String cause,
        @Nullable String endCause,
        @Nullable String ticket,
        @Nullable String mode,
        @Nullable String reason,
        @Nullable String approvedBy,
        @Nullable String revokedBy,
        @Nullable Evidence evidence,
        @Nullable Evidence successorEvidence) {
    /**
     * A packet of a card, under its own keys.
     *
     * @param sha256 of the packet, in hexadecimal
     * @param packet base64
     */
    @Schema(name = "ReplacementEvidence")
    public record Evidence(String sha256, String packet) {}
}
