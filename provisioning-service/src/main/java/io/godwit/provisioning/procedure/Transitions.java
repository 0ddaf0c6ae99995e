package io.godwit.provisioning.procedure;

import static io.godwit.provisioning.procedure.ProcedureState.Kind.AUDITING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.AWAITING_NOTIFICATION;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.COMMANDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.CONFIRMING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.CREATING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.DEFERRED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.DOWNLOADING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.ENDED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.ESTABLISHING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.FINALISING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.PRESENTING;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.QUEUED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.READY;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.SUMMONED;
import static io.godwit.provisioning.procedure.ProcedureState.Kind.TRIGGERED;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every step that a procedure may take, as data: the diagram in {@code docs/flows} is drawn from it, and tests hold the
 * machine to it in both directions. What is not in here is ignored, or leaves the state as it is.
 */
public final class Transitions {
    /** From a state, on an input (its {@link ProcedureInput#literal()}), to another state or the same. */
    public record Transition(ProcedureState.Kind from, String on, ProcedureState.Kind to) {}

    private static final Set<Transition> ALL = new LinkedHashSet<>();

    static {
        on(
                "its turn",
                QUEUED,
                SUMMONED,
                DEFERRED,
                TRIGGERED,
                COMMANDED,
                CREATING,
                FINALISING,
                CONFIRMING,
                AUDITING,
                ENDED);
        on("D1 notification", QUEUED, ENDED);
        on("deadline", QUEUED, ENDED);
        on("card removed", QUEUED, ENDED);
        on("A2", SUMMONED, READY, AUDITING, ENDED);
        on("C2", SUMMONED, AWAITING_NOTIFICATION, AUDITING, ENDED);
        on("D1 notification", SUMMONED, CONFIRMING, ENDED);
        on("card online", SUMMONED, COMMANDED);
        on("deadline", SUMMONED, SUMMONED, COMMANDED, AUDITING, ENDED);
        on("card removed", SUMMONED, ENDED);
        on("C2", READY, AWAITING_NOTIFICATION, AUDITING, ENDED);
        on("D1 notification", READY, CONFIRMING, ENDED);
        on("card online", READY, COMMANDED);
        on("deadline", READY, READY, COMMANDED, AUDITING, ENDED);
        on("card removed", READY, ENDED);
        on("card online", DEFERRED, COMMANDED);
        on("deadline", DEFERRED, DEFERRED, COMMANDED, ENDED);
        on("card removed", DEFERRED, ENDED);
        on("A2", TRIGGERED, COMMANDED, CREATING, PRESENTING, ENDED);
        on("card online", TRIGGERED, TRIGGERED);
        on("deadline", TRIGGERED, TRIGGERED, ENDED);
        on("card removed", TRIGGERED, ENDED);
        on("B2", CREATING, CREATING, ESTABLISHING, AUDITING, ENDED);
        on("B2", PRESENTING, PRESENTING, ESTABLISHING, AUDITING, ENDED);
        on("B2", ESTABLISHING, PRESENTING, DOWNLOADING, FINALISING, AUDITING, ENDED);
        on("B2", DOWNLOADING, PRESENTING, DOWNLOADING, COMMANDED, AUDITING, ENDED);
        for (ProcedureState.Kind step : List.of(CREATING, PRESENTING, ESTABLISHING, DOWNLOADING)) {
            on("card online", step, step);
            on("deadline", step, step, AUDITING, ENDED);
            on("card removed", step, ENDED);
        }
        on("B2", FINALISING, FINALISING, ENDED);
        on("card online", FINALISING, FINALISING);
        on("deadline", FINALISING, FINALISING, ENDED);
        on("card removed", FINALISING, ENDED);
        on("B2", COMMANDED, COMMANDED, AWAITING_NOTIFICATION, AUDITING, ENDED);
        on("D1 notification", COMMANDED, CONFIRMING, ENDED);
        on("card online", COMMANDED, COMMANDED);
        on("deadline", COMMANDED, COMMANDED, AUDITING, ENDED);
        on("card removed", COMMANDED, ENDED);
        on("D1 notification", AWAITING_NOTIFICATION, CONFIRMING, ENDED);
        on("card online", AWAITING_NOTIFICATION, AWAITING_NOTIFICATION);
        on("deadline", AWAITING_NOTIFICATION, AWAITING_NOTIFICATION, AUDITING, ENDED);
        on("card removed", AWAITING_NOTIFICATION, ENDED);
        on("D1 notification", CONFIRMING, CONFIRMING, ENDED);
        on("D1 confirmation result", CONFIRMING, AUDITING, ENDED);
        on("card online", CONFIRMING, CONFIRMING);
        on("deadline", CONFIRMING, CONFIRMING, ENDED);
        on("card removed", CONFIRMING, ENDED);
        on("B2", AUDITING, AUDITING, COMMANDED, CREATING, PRESENTING, DOWNLOADING, AWAITING_NOTIFICATION, ENDED);
        on("D1 notification", AUDITING, CONFIRMING, ENDED);
        on("card online", AUDITING, AUDITING);
        on("deadline", AUDITING, AUDITING, ENDED);
        on("card removed", AUDITING, ENDED);
    }

    private Transitions() {}

    /** All of them, in the order of a procedure's way. */
    public static List<Transition> all() {
        return List.copyOf(ALL);
    }

    private static void on(String input, ProcedureState.Kind from, ProcedureState.Kind... to) {
        Arrays.stream(to).forEach(next -> ALL.add(new Transition(from, input, next)));
    }
}
