package io.godwit.provisioning.campaign;

import java.util.List;

/**
 * What a campaign makes of an input; nothing of it has happened yet.
 *
 * @param news whether the registry is to hear where it stands now
 */
public record CampaignDecision(Campaign next, List<Effect> effects, boolean news) {
    /** What is to be done, in one transaction with the campaign's new state. */
    public enum Effect {
        /** A1 to the group. */
        TRIGGER,
        /** C1 to the group, for some of those that can be reached. */
        COMMAND_CANARY,
        /** C1 to the group, for all that can be reached and have no outcome. */
        COMMAND,
        /** Members that wait for the campaign look at it now. */
        WAKE
    }

    public CampaignDecision {
        effects = List.copyOf(effects);
    }

    static CampaignDecision nothing(Campaign campaign) {
        return new CampaignDecision(campaign, List.of(), false);
    }
}
