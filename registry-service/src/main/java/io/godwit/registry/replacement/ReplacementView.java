package io.godwit.registry.replacement;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A replacement as the API shows it.
 *
 * @param mode {@code Reissue}, {@code Peer} or {@code Forced}
 * @param gid the group of both devices
 * @param old the device whose profile moves
 * @param successor the device that takes its place
 * @param reason the successor's words
 * @param stage where it stands
 * @param quarantined whether the old card still has a profile that was revoked: nothing but its deletion goes to it
 * @param holder whose card has the right to the profile now, as the SM-SR has told
 * @param outcome how it has ended
 * @param stuck why it does not go on by itself
 * @param decision what an operator has said last
 * @param approvedBy who has approved it, whatever was said after; of one that is forced, who has ordered that; of
 *     one that the policy let through, {@code policy (moves: automatic)}
 * @param steps its way so far, oldest first; absent in lists
 */
@Schema(name = "Replacement")
public record ReplacementView(
        String ticket,
        String mode,
        String gid,
        String old,
        String successor,
        String iccid,
        String reason,
        String stage,
        boolean quarantined,
        String holder,
        @Nullable Outcome outcome,
        @Nullable Stuck stuck,
        @Nullable Decision decision,
        @Nullable String approvedBy,
        Instant requestedAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable List<Step> steps) {
    /** How it has ended: an SGP.02 function execution status, with a code and a sentence on failure. */
    @Schema(name = "ReplacementOutcome")
    public record Outcome(
            String status, @Nullable String code, @Nullable String detail) {}

    /** Why it does not go on: a code, and a sentence that says what to do. */
    @Schema(name = "ReplacementStuck")
    public record Stuck(Instant at, String code, String detail) {}

    /**
     * What an operator has said.
     *
     * @param verdict {@code approve}, {@code refuse} or {@code cancel}
     */
    @Schema(name = "ReplacementDecision")
    public record Decision(
            String verdict, String by, Instant at, @Nullable String reason, String order) {}

    /**
     * A stage that it came to, or, with a code, what keeps it there or has ended it.
     *
     * @param holder whose card had the right from then on
     */
    @Schema(name = "ReplacementStep")
    public record Step(
            Instant at,
            String stage,
            String holder,
            @Nullable String code,
            @Nullable String detail) {}

    ReplacementView with(List<Step> way) {
        return new ReplacementView(
                ticket,
                mode,
                gid,
                old,
                successor,
                iccid,
                reason,
                stage,
                quarantined,
                holder,
                outcome,
                stuck,
                decision,
                approvedBy,
                requestedAt,
                updatedAt,
                endedAt,
                List.copyOf(way));
    }
}
