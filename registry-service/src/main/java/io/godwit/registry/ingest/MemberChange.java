package io.godwit.registry.ingest;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.Outcome;
import io.godwit.registry.order.FunctionColumns;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one card stands in one operation.
 *
 * @param state as provisioning names it, or {@code Succeeded}, {@code Failed}, {@code Expired} with an outcome
 * @param commandedBy the step that brought the command to the card, told with the outcome
 */
record MemberChange(
        String operation,
        Nid nid,
        String procedure,
        FunctionColumns function,
        String state,
        @Nullable Outcome outcome,
        @Nullable String commandedBy,
        Instant at) {
    static final String SUCCEEDED = "Succeeded";
    static final String FAILED = "Failed";
    static final String EXPIRED = "Expired";

    /** States in which a member stays. */
    static final Set<String> FINAL = Set.of(SUCCEEDED, FAILED, EXPIRED);

    static MemberChange ended(
            String operation,
            Nid nid,
            String procedure,
            FunctionColumns function,
            Outcome outcome,
            @Nullable String commandedBy,
            Instant at) {
        String state =
                switch (outcome.status()) {
                    case EXECUTED_SUCCESS, EXECUTED_WITH_WARNING -> SUCCEEDED;
                    case FAILED -> FAILED;
                    case EXPIRED -> EXPIRED;
                };
        return new MemberChange(operation, nid, procedure, function, state, outcome, commandedBy, at);
    }

    /** Whether the card had a command of its own. */
    boolean isCommandedSingly() {
        return FlowStep.B1.name().equals(commandedBy);
    }

    /** Which member. */
    record Key(String operation, Nid nid) {}

    Key key() {
        return new Key(operation, nid);
    }
}
