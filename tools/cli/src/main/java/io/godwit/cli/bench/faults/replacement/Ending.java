package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.scenario.ReplacementWatch;
import io.godwit.protocol.json.Json;
import java.util.Optional;

/** How a replacement ends, of the ways in which it may. */
enum Ending {
    /** The successor has the subscription. */
    MOVED("Completed"),
    /** All is as it was. */
    CANCELLED("Ended, cancelled"),
    /** The successor has one of its own. */
    GIVEN_UP("Completed, with another subscription");

    private final String words;

    Ending(String words) {
        this.words = words;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** Empty when it has ended in another way, or not at all. */
    static Optional<Ending> of(Json.Obj replacement) {
        boolean forced = ReplacementWatch.stages(replacement).contains("Forced");
        Optional<String> stage = replacement.text("stage");
        if (stage.equals(Optional.of("Completed"))) {
            return Optional.of(forced ? GIVEN_UP : MOVED);
        }
        Optional<String> code = replacement.object("outcome").flatMap(outcome -> outcome.text("code"));
        return stage.equals(Optional.of("Ended")) && code.equals(Optional.of("CANCELLED"))
                ? Optional.of(CANCELLED)
                : Optional.empty();
    }

    /** Whether it may end so; an operator's word may come too late, and nobody's does not come. */
    boolean isPossible(Intervention said) {
        return switch (this) {
            case MOVED -> true;
            case CANCELLED -> said == Intervention.CANCEL;
            case GIVEN_UP -> said == Intervention.FORCE;
        };
    }
}
