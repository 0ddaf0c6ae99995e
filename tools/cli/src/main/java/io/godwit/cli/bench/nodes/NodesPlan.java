package io.godwit.cli.bench.nodes;

import io.godwit.protocol.record.CampaignPlan;
import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param cards members of the group that is ordered for
 * @param bystanders devices that must not get anything of it: so many in another group, and as many of another tenant
 * @param marks a node is killed when this part of the outcomes is there, 0 to 1, in ascending order
 * @param down how long a killed node stays dead
 * @param spread devices take up to so long for each answer, so that there is a middle of the order
 * @param campaign how the order is carried out
 * @param patience how long the order may take
 */
public record NodesPlan(
        int cards,
        int bystanders,
        List<Double> marks,
        Duration down,
        Duration spread,
        CampaignPlan campaign,
        Duration patience) {
    /** At a quarter, a half and three quarters. */
    public static final List<Double> QUARTERS = List.of(0.25, 0.5, 0.75);

    public NodesPlan {
        marks = List.copyOf(marks);
    }
}
