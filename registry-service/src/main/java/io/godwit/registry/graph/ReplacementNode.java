package io.godwit.registry.graph;

import io.godwit.registry.replacement.ReplacementView;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** The replacement of a device by another one. */
@Type("Replacement")
@Description("The replacement of a device by another one.")
public record ReplacementNode(
        @NonNull String ticket,

        @Description("Reissue, Peer or Forced") @NonNull String mode,

        @NonNull String gid,

        @Description("the device whose profile moves") @NonNull
        String old,

        @Description("the device that takes its place") @NonNull
        String successor,

        @NonNull String iccid,
        @NonNull String reason,
        @NonNull String stage,

        @Description("whether the old card still has a profile that was revoked")
        boolean quarantined,

        @Description("whose card has the right to the profile now") @NonNull
        String holder,

        @Nullable Outcome outcome,

        @Description("why it does not go on by itself") @Nullable
        Stuck stuck,

        @Description("what an operator has said last") @Nullable
        Decision decision,

        @Nullable String approvedBy,
        @NonNull Instant requestedAt,
        @NonNull Instant updatedAt,
        @Nullable Instant endedAt) {
    /** How it has ended. */
    @Type("ReplacementOutcome")
    public record Outcome(
            @NonNull String status,
            @Nullable String code,
            @Nullable String detail) {}

    /** Why it does not go on. */
    @Type("ReplacementStuck")
    public record Stuck(
            @NonNull Instant at,
            @NonNull String code,
            @NonNull String detail) {}

    /** What an operator has said. */
    @Type("ReplacementDecision")
    public record Decision(
            @Description("approve, refuse or cancel") @NonNull
            String verdict,

            @NonNull String by,
            @NonNull Instant at,
            @Nullable String reason,
            @NonNull String order) {}

    /** A stage that it came to, or what keeps it there. */
    @Type("ReplacementStep")
    public record Step(
            @NonNull Instant at,
            @NonNull String stage,
            @NonNull String holder,
            @Nullable String code,
            @Nullable String detail) {
        static Step of(ReplacementView.Step step) {
            return new Step(step.at(), step.stage(), step.holder(), step.code(), step.detail());
        }
    }

    static ReplacementNode of(ReplacementView view) {
        ReplacementView.Outcome outcome = view.outcome();
        ReplacementView.Stuck stuck = view.stuck();
        ReplacementView.Decision said = view.decision();
        return new ReplacementNode(
                view.ticket(),
                view.mode(),
                view.gid(),
                view.old(),
                view.successor(),
                view.iccid(),
                view.reason(),
                view.stage(),
                view.quarantined(),
                view.holder(),
                outcome == null ? null : new Outcome(outcome.status(), outcome.code(), outcome.detail()),
                stuck == null ? null : new Stuck(stuck.at(), stuck.code(), stuck.detail()),
                said == null ? null : new Decision(said.verdict(), said.by(), said.at(), said.reason(), said.order()),
                view.approvedBy(),
                view.requestedAt(),
                view.updatedAt(),
                view.endedAt());
    }
}
