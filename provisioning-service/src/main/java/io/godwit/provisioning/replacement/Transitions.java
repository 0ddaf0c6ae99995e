package io.godwit.provisioning.replacement;

import static io.godwit.provisioning.replacement.Stage.AGREED;
import static io.godwit.provisioning.replacement.Stage.AWAITING_APPROVAL;
import static io.godwit.provisioning.replacement.Stage.COMPLETED;
import static io.godwit.provisioning.replacement.Stage.DELETING;
import static io.godwit.provisioning.replacement.Stage.ENABLING;
import static io.godwit.provisioning.replacement.Stage.ENDED;
import static io.godwit.provisioning.replacement.Stage.FORCED;
import static io.godwit.provisioning.replacement.Stage.GRANTED;
import static io.godwit.provisioning.replacement.Stage.INSTALLING;
import static io.godwit.provisioning.replacement.Stage.OFFERED;
import static io.godwit.provisioning.replacement.Stage.REQUESTED;
import static io.godwit.provisioning.replacement.Stage.RESTORING;
import static io.godwit.provisioning.replacement.Stage.WITHDRAWING;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every step that a replacement may take from one stage to another, as data: the diagram in {@code docs/flows} is drawn from
 * it, and the simulation holds the machine to it in both directions. What is not in here leaves the stage as it is.
 */
public final class Transitions {
    /** From a stage, on an input (its {@link ReplacementInput#literal()}), to another stage. */
    public record Transition(Stage from, String on, Stage to) {}

    private static final Set<Transition> ALL = new LinkedHashSet<>();

    static {
        on("cards looked at", REQUESTED, AWAITING_APPROVAL, GRANTED, ENDED);
        on("approved", AWAITING_APPROVAL, GRANTED);
        on("declined", AWAITING_APPROVAL, ENDED);
        on("deadline", AWAITING_APPROVAL, ENDED);
        on("E1 with ticket", GRANTED, OFFERED);
        on("deadline", GRANTED, ENDED);
        for (Stage early : List.of(REQUESTED, AWAITING_APPROVAL, GRANTED)) {
            on("cancelled", early, ENDED);
            on("card removed", early, ENDED);
            on("superseded", early, ENDED);
        }
        on("E2", OFFERED, AGREED);
        on("E2 refused", OFFERED, WITHDRAWING, ENDED);
        on("deadline", OFFERED, WITHDRAWING, ENDED);
        on("cards looked at", AGREED, INSTALLING, WITHDRAWING, ENDED);
        for (Stage agreeing : List.of(OFFERED, AGREED)) {
            on("cancelled", agreeing, WITHDRAWING, ENDED);
            on("card removed", agreeing, WITHDRAWING, ENDED);
            on("superseded", agreeing, ENDED);
            on("forced", agreeing, WITHDRAWING);
        }
        on("order ended", INSTALLING, DELETING, WITHDRAWING, COMPLETED, ENDED);
        on("deadline", INSTALLING, WITHDRAWING);
        on("cancelled", INSTALLING, WITHDRAWING);
        on("card removed", INSTALLING, WITHDRAWING);
        on("forced", INSTALLING, WITHDRAWING);
        on("order ended", DELETING, ENABLING, WITHDRAWING);
        on("forced", DELETING, WITHDRAWING);
        on("order ended", ENABLING, COMPLETED, ENDED);
        on("cancelled", ENABLING, ENDED);
        on("order ended", WITHDRAWING, RESTORING, FORCED, ENDED);
        on("order ended", RESTORING, ENDED);
        on("forced", RESTORING, FORCED);
        on("subscription", FORCED, INSTALLING, ENDED);
        on("cancelled", FORCED, ENDED);
        on("card removed", FORCED, ENDED);
    }

    private Transitions() {}

    /** All of them, in the order of a replacement's way. */
    public static List<Transition> all() {
        return List.copyOf(ALL);
    }

    private static void on(String input, Stage from, Stage... to) {
        Arrays.stream(to).forEach(next -> ALL.add(new Transition(from, input, next)));
    }
}
