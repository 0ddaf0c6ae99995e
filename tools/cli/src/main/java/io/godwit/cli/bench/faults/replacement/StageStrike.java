package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Fault;
import java.util.List;
import java.util.Locale;

/**
 * Processes that are killed when a replacement has come to a stage.
 *
 * @param stage as REST tells it
 * @param victims components, or {@link Fault#DEVICES}
 * @param downMillis after which they are started anew
 */
public record StageStrike(String stage, List<String> victims, long downMillis) {
    public StageStrike {
        victims = List.copyOf(victims);
    }

    /** For people: where, what, and how long it was down. */
    String describe() {
        return String.format(Locale.ROOT, "%s: %s (%.1f s)", stage, String.join(" + ", victims), downMillis / 1_000.0);
    }
}
