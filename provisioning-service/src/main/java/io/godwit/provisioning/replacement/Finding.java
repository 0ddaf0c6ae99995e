package io.godwit.provisioning.replacement;

import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.util.Set;

/** What is certain of the profile on a card after an order has ended: by what the card itself has said under its keys. */
public enum Finding {
    /** Nothing of the order has gone to the card, and nothing will. */
    UNTOUCHED,
    /** The card does not have the profile, and no command that is still on its way brings it. */
    ABSENT,
    /** It has it, and no command that is still on its way takes it away. */
    PRESENT,
    /** Neither is certain. */
    UNKNOWN;

    /** The outcomes that a procedure draws from an audit of its own. */
    private static final Set<String> AUDITED_ABSENT = Set.of("TARGET_NOT_ON_CARD", "ALREADY_SO");

    /**
     * What an outcome proves. The EIS alone proves nothing: where only it has spoken, an audit has to.
     *
     * @param onCard after an audit that was answered: whether the card has told of the profile
     * @param sent whether anything of the order has gone to the card
     */
    public static Finding after(Function function, Outcome outcome, boolean onCard, boolean sent) {
        boolean done = isDone(outcome);
        return switch (function) {
            case AUDIT, RAISE_FLOOR, UNLOCK -> !done ? UNKNOWN : onCard ? PRESENT : ABSENT;
            case DELETE, MASTER_DELETE ->
                (outcome.status() == Outcome.Status.EXECUTED_SUCCESS || AUDITED_ABSENT.contains(outcome.code()))
                        ? ABSENT
                        : UNKNOWN;
            case INSTALL, INSTALL_AND_ENABLE -> done ? PRESENT : sent ? UNKNOWN : UNTOUCHED;
            case ENABLE, DISABLE -> done ? PRESENT : UNKNOWN;
        };
    }

    static boolean isDone(Outcome outcome) {
        return outcome.status() == Outcome.Status.EXECUTED_SUCCESS
                || outcome.status() == Outcome.Status.EXECUTED_WITH_WARNING;
    }
}
