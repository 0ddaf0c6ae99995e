package io.godwit.provisioning.replacement;

import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;

/** Without the old card: its copy loses the right, and the successor gets ICCID, IMSI and Ki of its own. */
final class Forcing {
    private Forcing() {}

    /** What happens at once to the old card, whatever becomes of the successor. */
    static void isolate(Turn turn, boolean stolen) {
        Ticket ticket = turn.ticket();
        turn.emit(new Effect.Revoke(ticket.iccid(), ticket.oldNid()));
        turn.emit(new Effect.Isolate(ticket.oldNid(), ticket.iccid(), stolen));
    }

    /** The subscription stays where it may be, without a right; the copy on the new card goes before another one comes. */
    static ReplacementDecision instead(Turn turn, boolean stolen) {
        turn.set(turn.replacement().nowForced());
        isolate(turn, stolen);
        return Withdrawing.begin(turn, forced());
    }

    static Outcome forced() {
        return Outcome.failed("FORCED", "the old card is given up: the successor gets a new subscription");
    }

    static ReplacementDecision begin(Turn turn) {
        turn.enter(Stage.FORCED, turn.now().plus(turn.rules().firstRetry()));
        turn.emit(new Effect.TakeSubscription());
        return turn.stay();
    }

    static ReplacementDecision on(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Supplied supplied) {
            return supplied(turn, supplied);
        }
        if (input instanceof ReplacementInput.Due) {
            turn.emit(new Effect.TakeSubscription());
            return turn.until(turn.now().plus(turn.rules().firstRetry()));
        }
        if (input instanceof ReplacementInput.Cancelled) {
            return turn.end(
                    Stage.ENDED, Outcome.failed("CANCELLED", "the successor gets nothing; the old card is isolated"));
        }
        return input instanceof ReplacementInput.Removed removed && removed.side() == Side.NEW
                ? turn.end(Stage.ENDED, Granting.removed(Side.NEW))
                : turn.ignore(Ignored.NOT_AWAITED);
    }

    private static ReplacementDecision supplied(Turn turn, ReplacementInput.Supplied supplied) {
        if (supplied.iccid() == null) {
            return turn.end(
                    Stage.ENDED,
                    Outcome.failed(
                            "STOCK_EMPTY", "the SM-DP has no subscription left: import more, and order it again"));
        }
        turn.set(turn.replacement().with(supplied.iccid()));
        turn.enter(Stage.INSTALLING, null);
        return turn.order(
                Side.NEW,
                Function.INSTALL_AND_ENABLE,
                supplied.iccid(),
                turn.rules().orderValidity());
    }
}
