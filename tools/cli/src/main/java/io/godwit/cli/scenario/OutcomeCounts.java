package io.godwit.cli.scenario;

import io.godwit.protocol.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts an operation's cards by outcome. */
public final class OutcomeCounts {
    /** Where a card has no outcome. */
    public static final String NONE = "none";

    private OutcomeCounts() {}

    /** By status and code, as in {@code Failed ROLLED_BACK}; {@code members} as the registry lists them. */
    public static Map<String, Long> of(List<Json.Obj> members) {
        Map<String, Long> counts = new TreeMap<>();
        for (Json.Obj member : members) {
            counts.merge(member.object("outcome").map(OutcomeCounts::name).orElse(NONE), 1L, Long::sum);
        }
        return counts;
    }

    /** How many of an operation's cards have their outcome, whichever; {@code operation} as the registry shows it. */
    public static long ended(Json.Obj operation) {
        return Stream.of("succeeded", "failed", "expired")
                .mapToLong(kind -> operation.number(kind).orElse(0L))
                .sum();
    }

    private static String name(Json.Obj outcome) {
        String status = outcome.text("status").orElse(NONE);
        return outcome.text("code").map(code -> status + " " + code).orElse(status);
    }
}
