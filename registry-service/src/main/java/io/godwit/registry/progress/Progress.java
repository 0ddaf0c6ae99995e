package io.godwit.registry.progress;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How an operation stood after a change of it.
 *
 * @param sequence from 1, without a gap; the id of the event
 * @param last whether the operation has ended with it
 * @param members how many cards will each have one outcome; absent until a group order was expanded
 * @param counts cards by state
 * @param campaign absent until the SM-SR has told of one
 */
@Schema(name = "Progress")
public record Progress(
        @JsonIgnore @Schema(hidden = true) long sequence,
        @JsonIgnore @Schema(hidden = true) boolean last,
        String operation,
        Instant at,
        String status,
        @Nullable Long members,
        Map<String, Long> counts,
        long succeeded,
        long failed,
        long expired,
        @Nullable Stage campaign) {
    public Progress {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /**
     * How far a campaign has come.
     *
     * @param triggers A1 messages to the group so far
     * @param commands C1 messages to the group so far
     */
    @Schema(name = "CampaignStage")
    public record Stage(String state, long triggers, long commands) {}

    /** Whether an operation in that status has ended. */
    static boolean isEnd(String status) {
        return status.equals("Completed") || status.equals("Failed");
    }
}
