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
 */
public record DemoResult(
        OrderResult group, @Nullable OrderResult single, boolean requestGranted, boolean groupRequestGranted) {

    /** Every card succeeded, is where its EIS says it is, and those that asked were served. */
    public boolean isSound() {
        return group.isSound() && single != null && single.isSound() && requestGranted && groupRequestGranted;
    }

    /** One object; the last line of standard output with {@code --json}. */
    public Json.Obj toJson() {
        Json.ObjectBuilder json = group.toJson().put("repaired", group.repaired());
        if (single != null) {
            json.put("single", single.toJson().build());
        }
        return json.put("requestGranted", requestGranted)
                .put("groupRequestGranted", groupRequestGranted)
                .build();
    }
}
