package io.godwit.registry.replacement;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which replacements are asked for.
 *
 * @param state of all where {@link State#ANY}
 * @param nid of that device, the old or the new one; {@code null}: any
 * @param iccid of that profile; {@code null}: any
 */
public record ReplacementFilter(
        State state, @Nullable String nid, @Nullable String iccid) {
    /** Sets of stages; each a condition on the rows. */
    enum State {
        ANY("true"),
        OPEN("stage NOT IN ('Completed', 'Ended')"),
        /** For people: for an approval that nobody has given or refused, or because it does not go on by itself. */
        WAITING("stage NOT IN ('Completed', 'Ended')"
                + " AND (stuck_at IS NOT NULL OR stage = 'AwaitingApproval' AND verdict IS NULL)"),
        ENDED("stage IN ('Completed', 'Ended')");

        private final String condition;

        State(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    /** @throws ProblemException 422 when {@code state} is none of the three */
    public static ReplacementFilter of(@Nullable String state, @Nullable String nid, @Nullable String iccid) {
        return new ReplacementFilter(state == null ? State.ANY : state(state), nid, iccid);
    }

    private static State state(String state) {
        return switch (state) {
            case "open" -> State.OPEN;
            case "waiting" -> State.WAITING;
            case "ended" -> State.ENDED;
            default -> throw new ProblemException(Problem.invalid("state", "use open, waiting or ended"));
        };
    }
}
