package io.godwit.registry.order;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
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
}
