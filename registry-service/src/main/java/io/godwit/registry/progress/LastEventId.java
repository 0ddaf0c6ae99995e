package io.godwit.registry.progress;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The header with which a stream goes on where an earlier one stopped. */
final class LastEventId {
    static final String HEADER = "Last-Event-ID";

    private LastEventId() {}

    /**
     * The sequence of the last event that the caller has; 0 for none.
     *
     * @throws ProblemException 400 when it is not one that an event has had
     */
    static long parse(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return 0;
        }
        if (!value.matches("0|[1-9][0-9]{0,17}")) {
            throw malformed();
        }
        return Long.parseLong(value);
    }

    /**
     * @param last the operation's last event
     * @throws ProblemException 400 when no event of the operation has had that id
     */
    static void check(long told, long last) {
        if (told > last) {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.malformed(
                HEADER, "send the id of the last event of this operation, or leave it out to have all of them"));
    }
}
