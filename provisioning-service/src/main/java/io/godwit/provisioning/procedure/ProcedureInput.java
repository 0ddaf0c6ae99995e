package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.Notification;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.Ineligible;
import io.godwit.provisioning.replacement.Quarantine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can happen to a procedure. */
public sealed interface ProcedureInput {
    /** The card's place is free: it is this procedure's turn. */
    record Started() implements ProcedureInput {}

    /** A2. */
    record TriggerAnswered(StepBody.TriggerResult result) implements ProcedureInput {}

    /** B2, its packet not opened yet. */
    record CommandAnswered(StepBody.CommandResult result) implements ProcedureInput {}

    /** C2, its packet not opened yet. */
    record GroupAnswered(StepBody.GroupResult result) implements ProcedureInput {}

    /**
     * D1 with a notification of this card, authentic and new.
     *
     * @param attachRefused why a network refused a profile before, in the device's own word: good for people and for nothing
     *     else
     */
    record Notified(
            String d1, Notification notification, @Nullable String attachRefused) implements ProcedureInput {}

    /** D1 with the card's answer to a confirmation, its packet not opened yet. */
    record ConfirmationAnswered(StepBody.ConfirmationResult result) implements ProcedureInput {}

    /** The card can be served. */
    record CardOnline(Instant at) implements ProcedureInput {}

    /** Its due time has come. */
    record DeadlinePassed() implements ProcedureInput {}

    /** Nothing of it goes to the card any more: the card left the platform, or is in quarantine. */
    record CardRemoved(Outcome outcome) implements ProcedureInput {
        static final CardRemoved FROM_THE_FLEET =
                new CardRemoved(Outcome.failed("CARD_REMOVED", "the card was removed from the platform"));
        static final CardRemoved INTO_QUARANTINE =
                new CardRemoved(Outcome.failed(Quarantine.CODE, Ineligible.QUARANTINED.sentence()));
    }

    /** The name in the diagram: the paper's step where there is one. */
    default String literal() {
        if (this instanceof TriggerAnswered) {
            return "A2";
        }
        if (this instanceof CommandAnswered) {
            return "B2";
        }
        if (this instanceof GroupAnswered) {
            return "C2";
        }
        if (this instanceof Notified) {
            return "D1 notification";
        }
        if (this instanceof ConfirmationAnswered) {
            return "D1 confirmation result";
        }
        if (this instanceof CardOnline) {
            return "card online";
        }
        if (this instanceof DeadlinePassed) {
            return "deadline";
        }
        return this instanceof Started ? "its turn" : "card removed";
    }
}
