package io.godwit.registry.order;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is ordered and known of a campaign, in the columns of its operation; of no meaning in single mode. */
@Embeddable
record CampaignColumns(
        @Nullable Integer canary,

        @Column(name = "stop_at_failed_percent") @Nullable Integer stopAtFailedPercent,

        @Column(name = "answer_window_seconds") @Nullable Long answerWindowSeconds,

        @Column(name = "campaign_state") @Nullable String state,

        @Column(name = "campaign_triggers") long triggers,
        @Column(name = "campaign_commands") long commands) {

    Campaign view(long repaired) {
        return new Campaign(state, canary, stopAtFailedPercent, answerWindowSeconds, triggers, commands, repaired);
    }

    /**
     * How an operation goes in group mode.
     *
     * @param state {@code Gathering}, {@code Triggered}, {@code Commanded}, {@code Paused}, {@code Stopped},
     *     {@code Cancelled} or {@code Completed}; absent until the SM-SR has told one
     * @param canary as ordered, like the two members that follow; absent when a device began the operation
     * @param triggers A1 messages to the group so far
     * @param commands C1 messages to the group so far
     * @param repaired members that have their outcome by a command of their own, B1
     */
    @Schema(name = "Campaign")
    public record Campaign(
            @Nullable String state,
            @Nullable Integer canary,
            @Nullable Integer stopAtFailedPercent,
            @Nullable Long answerWindowSeconds,
            long triggers,
            long commands,
            long repaired) {}
}
