package io.godwit.provisioning.replacement;

import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;

/**
 * The old card is to delete the profile. Only its own authenticated word moves the right: an answer to the deletion, or an
 * audit that shows the profile no longer. Only an audit that still shows it, after all deletions, leads back.
 */
final class Deleting {
    private Deleting() {}

    /** The new card has it, locked; the fall-back takes over on the old one. */
    static ReplacementDecision begin(Turn turn) {
        turn.enter(Stage.DELETING, null);
        turn.watch();
        return attempt(turn);
    }

    static ReplacementDecision on(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.OrderEnded ended) {
            return turn.replacement()
                    .asking()
                    .find(ended.order())
                    .map(order -> ended(turn, order.function(), ended))
                    .orElseGet(() -> turn.ignore(Ignored.OLD_ORDER));
        }
        if (input instanceof ReplacementInput.Due) {
            return turn.due(
                    Side.OLD,
                    new Effect.Alarm(
                            "DELETION_UNKNOWN",
                            "the old card does not say whether it has deleted the profile: bring it online, or force the"
                                    + " replacement, which takes a new subscription"));
        }
        if (input instanceof ReplacementInput.Online online && online.side() == Side.OLD) {
            return turn.askNow(Side.OLD);
        }
        if (input instanceof ReplacementInput.Forced forced) {
            return Forcing.instead(turn, forced.stolen());
        }
        return turn.ignore(
                input instanceof ReplacementInput.Cancelled ? Ignored.TOO_LATE_TO_CANCEL : Ignored.NOT_AWAITED);
    }

    private static ReplacementDecision attempt(Turn turn) {
        turn.set(turn.replacement().withAttempt());
        return turn.order(Side.OLD, Function.DISABLE);
    }

    private static ReplacementDecision ended(Turn turn, Function function, ReplacementInput.OrderEnded ended) {
        if (function == Function.AUDIT) {
            return audited(turn, ended.finding());
        }
        if (function == Function.DELETE && ended.finding() == Finding.ABSENT) {
            return deleted(turn);
        }
        if (function == Function.DISABLE && Finding.isDone(ended.outcome())) {
            return turn.order(Side.OLD, Function.DELETE);
        }
        turn.set(turn.replacement().with(ended.outcome()));
        return turn.order(Side.OLD, Function.AUDIT);
    }

    private static ReplacementDecision audited(Turn turn, Finding finding) {
        if (finding == Finding.ABSENT) {
            return deleted(turn);
        }
        if (finding != Finding.PRESENT) {
            return turn.later(Function.AUDIT);
        }
        if (turn.replacement().attempts() < turn.rules().deletions()) {
            return attempt(turn);
        }
        Outcome last = turn.replacement().outcome();
        return Withdrawing.begin(
                turn,
                Outcome.failed(
                        "NOT_DELETED",
                        "the old card keeps the profile and the subscription ("
                                + (last == null ? "no reason known" : last.code() + ": " + last.detail()) + ")"));
    }

    private static ReplacementDecision deleted(Turn turn) {
        Ticket ticket = turn.ticket();
        turn.enter(Stage.ENABLING, null);
        turn.watch();
        turn.emit(new Effect.HolderChanged(ticket.iccid(), ticket.oldNid(), ticket.newNid()));
        return turn.order(Side.NEW, Function.ENABLE);
    }
}
