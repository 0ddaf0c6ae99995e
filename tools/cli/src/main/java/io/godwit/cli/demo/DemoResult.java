package io.godwit.cli.demo;

import io.godwit.cli.scenario.OrderResult;
import io.godwit.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param group the order in group mode
 * @param single the order in single mode for the same cards; {@code null} when the first one did not end
 * @param requestGranted whether the card that asked by itself (flow D) got what it asked for
 * @param groupRequestGranted whether the spokesman that asked for its group (flow D-C) got that for every member
 * @param downloaded the profiles that were downloaded at the end; {@code null} when it did not come to that
 */
public record DemoResult(
        OrderResult group,
        @Nullable OrderResult single,
        boolean requestGranted,
        boolean groupRequestGranted,
        @Nullable Downloaded downloaded) {

    /**
     * What became of downloads.
     *
     * @param first whether the first card got its profile, and enabled it by a second order
     * @param others the cards that got theirs, and enabled it, by one order each
     */
    public record Downloaded(boolean first, OrderResult others) {
        boolean isSound() {
            return first && others.isSound();
        }
    }

    /** A run that ended with an order for which patience had run out. */
    static DemoResult brokenOff(OrderResult group, @Nullable OrderResult single) {
        return new DemoResult(group, single, false, false, null);
    }

    /** Every card succeeded, is where its EIS says it is, and those that asked were served. */
    public boolean isSound() {
        return group.isSound()
                && single != null
                && single.isSound()
                && requestGranted
                && groupRequestGranted
                && downloaded != null
                && downloaded.isSound();
    }

    /** One object; the last line of standard output with {@code --json}. */
    public Json.Obj toJson() {
        Json.ObjectBuilder json = group.toJson().put("repaired", group.repaired());
        if (single != null) {
            json.put("single", single.toJson().build());
        }
        if (downloaded != null) {
            json.put("firstDownloadEnabled", downloaded.first())
                    .put("downloads", downloaded.others().toJson().build());
        }
        return json.put("requestGranted", requestGranted)
                .put("groupRequestGranted", groupRequestGranted)
                .build();
    }
}
