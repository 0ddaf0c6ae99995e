package io.godwit.registry.graph;

import io.godwit.registry.order.Campaign;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;
import org.jspecify.annotations.Nullable;

/** How an operation goes in group mode. */
@Type("Campaign")
@Description("How an operation goes in group mode: as it was ordered, and as the SM-SR told last.")
public record CampaignNode(
        @Description("Gathering, Triggered, Commanded, Paused, Stopped, Cancelled or Completed; absent until told")
        @Nullable
        String state,

        @Description(
                "whether nothing goes to the group now: paused by an operator, or stopped at its share of failures")
        boolean held,

        @Description("so many members get the command first; 0: all at once") @Nullable
        Integer canary,

        @Description("above this share of failed members nothing more is commanded") @Nullable
        Integer stopAtFailedPercent,

        @Nullable Integer answerWindowSeconds,
        @Description("A1 messages to the group so far") int triggers,
        @Description("C1 messages to the group so far") int commands,

        @Description("members that have their outcome by a command of their own, B1")
        int repaired) {

    static CampaignNode of(Campaign campaign) {
        String state = campaign.state();
        return new CampaignNode(
                state,
                "Paused".equals(state) || "Stopped".equals(state),
                campaign.canary(),
                campaign.stopAtFailedPercent(),
                campaign.answerWindowSeconds() == null
                        ? null
                        : Integer.valueOf(Counted.whole(campaign.answerWindowSeconds())),
                Counted.whole(campaign.triggers()),
                Counted.whole(campaign.commands()),
                Counted.whole(campaign.repaired()));
    }
}
