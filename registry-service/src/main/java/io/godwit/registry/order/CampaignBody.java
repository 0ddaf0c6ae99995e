package io.godwit.registry.order;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.record.CampaignPlan;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a group order is carried out in group mode, as the API writes it; what is absent is as {@link CampaignPlan#DEFAULT}.
 *
 * @param canary so many members get the command first, 0 to 1000; 0: all at once
 * @param stopAtFailedPercent above this share of failed members nothing more is commanded, 0 to 100; 100: never
 * @param answerWindowSeconds how long members may take to answer before they are commanded one by one, up to a day
 */
@Schema(name = "CampaignPlan")
public record CampaignBody(
        @Nullable Integer canary,
        @Nullable Integer stopAtFailedPercent,
        @Nullable Long answerWindowSeconds) {

    /** @throws ProblemException 422 that names the member which is out of its bounds */
    CampaignPlan parse(String field) {
        CampaignPlan standard = CampaignPlan.DEFAULT;
        try {
            return new CampaignPlan(
                    canary == null ? standard.canary() : canary,
                    stopAtFailedPercent == null ? standard.stopAtFailedPercent() : stopAtFailedPercent,
                    answerWindowSeconds == null ? standard.answerWindow() : Duration.ofSeconds(answerWindowSeconds));
        } catch (IllegalArgumentException e) {
            // The plan's messages begin with the member at fault.
            String[] fault = String.valueOf(e.getMessage()).split(": ", 2);
            throw new ProblemException(Problem.invalid(field + "." + fault[0], fault[fault.length - 1]));
        }
    }
}
