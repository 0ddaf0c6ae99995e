package io.godwit.protocol.record;

import io.godwit.protocol.json.Json;
import java.time.Duration;

/**
 * How a group order is carried out in group mode: one trigger and one signed command for all.
 *
 * @param canary so many members get the command first, and the rest only when these have their outcomes; 0: all at once
 * @param stopAtFailedPercent above this share of failed members among those with an outcome nothing more is commanded;
 *     100: never
 * @param answerWindow how long members may take to answer the group's command before they are asked one by one
 */
public record CampaignPlan(int canary, int stopAtFailedPercent, Duration answerWindow) {
    private static final int MAX_CANARY = 1000;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** All members at once, to the end, with a window of half a minute. */
    public static final CampaignPlan DEFAULT = new CampaignPlan(0, 100, Duration.ofSeconds(30));

    /** @throws IllegalArgumentException when a number is out of range; the message names it */
    public CampaignPlan {
        if (canary < 0 || canary > MAX_CANARY) {
            throw new IllegalArgumentException("canary: a number of members from 0 to 1000 expected");
        }
        if (stopAtFailedPercent < 0 || stopAtFailedPercent > 100) {
            throw new IllegalArgumentException("stopAtFailedPercent: 0 to 100 expected");
        }
        if (answerWindow.compareTo(Duration.ofSeconds(1)) < 0 || answerWindow.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("answerWindowSeconds: 1 second to one day expected");
        }
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("canary", canary)
                .put("stopAtFailedPercent", stopAtFailedPercent)
                .put("answerWindowSeconds", answerWindow.toSeconds())
                .build();
    }

    /** @throws MalformedRecordException when a member is missing or out of range */
    public static CampaignPlan fromJson(Fields fields) {
        try {
            return new CampaignPlan(
                    fields.smallNumber("canary"),
                    fields.smallNumber("stopAtFailedPercent"),
                    Duration.ofSeconds(fields.number("answerWindowSeconds")));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("campaign", String.valueOf(e.getMessage()));
        }
    }
}
