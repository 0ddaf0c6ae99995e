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
 * @param stock what the carrier brought, and what is left of it; {@code null} when it did not come to that
 */
public record DemoResult(
        OrderResult group,
        @Nullable OrderResult single,
        boolean requestGranted,
        boolean groupRequestGranted,
        @Nullable Downloaded downloaded,
        @Nullable Stock stock) {

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

    /**
     * A carrier's subscriptions.
     *
     * @param imported how many the SM-DP took
     * @param states how many were in which state at the end
     */
    public record Stock(long imported, Json.Obj states, Refused refused) {}

    /**
     * What became of the profile that the carrier's network did not let in.
     *
     * @param code the outcome's
     * @param detail the same for people
     * @param back whether the card has another profile enabled again
     */
    public record Refused(String code, String detail, boolean back) {
        boolean isSound() {
            return code.equals("ROLLED_BACK") && back;
        }
    }

    /** A run that ended with an order for which patience had run out. */
    static DemoResult brokenOff(OrderResult group, @Nullable OrderResult single) {
        return new DemoResult(group, single, false, false, null, null);
    }

    /** Every card succeeded, is where its EIS says it is, and those that asked were served. */
    public boolean isSound() {
        return group.isSound()
                && single != null
                && single.isSound()
                && requestGranted
                && groupRequestGranted
                && downloaded != null
                && downloaded.isSound()
                && stock != null
                && stock.refused().isSound();
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
        if (stock != null) {
            json.put("subscriptionsImported", stock.imported())
                    .put("subscriptions", stock.states())
                    .put("wrongKi", stock.refused().code())
                    .put("wrongKiRolledBack", stock.refused().back());
        }
        return json.put("requestGranted", requestGranted)
                .put("groupRequestGranted", groupRequestGranted)
                .build();
    }
}
