package io.godwit.provisioning.replacement;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.time.Instant;

/** What the new card does on the way forward: it takes the profile, and at the very end it enables it. */
final class Installing {
    private Installing() {}

    static ReplacementDecision on(Turn turn, ReplacementInput input) {
        if (turn.stage() == Stage.ENABLING) {
            return enabling(turn, input);
        }
        if (turn.replacement().forced()) {
            return ofItsOwn(turn, input);
        }
        if (input instanceof ReplacementInput.Cancelled) {
            return Withdrawing.begin(turn, Granting.cancelled());
        }
        if (input instanceof ReplacementInput.Removed removed) {
            return Withdrawing.begin(turn, Granting.removed(removed.side()));
        }
        if (input instanceof ReplacementInput.Forced forced) {
            return Forcing.instead(turn, forced.stolen());
        }
        return turn.isPeer() ? peer(turn, input) : reissue(turn, input);
    }

    private static ReplacementDecision reissue(Turn turn, ReplacementInput input) {
        if (!(input instanceof ReplacementInput.OrderEnded ended)) {
            return input instanceof ReplacementInput.Answered answered
                    ? Offering.answered(turn, answered)
                    : turn.ignore(Ignored.NOT_AWAITED);
        }
        if (turn.replacement().asking().find(ended.order()).isEmpty()) {
            return turn.ignore(Ignored.OLD_ORDER);
        }
        if (Finding.isDone(ended.outcome())) {
            return Deleting.begin(turn);
        }
        Outcome why = notInstalled(ended.outcome());
        if (ended.finding() == Finding.UNTOUCHED) {
            return turn.end(Stage.ENDED, why);
        }
        turn.set(turn.replacement().with(turn.replacement().asking().none()));
        return Withdrawing.begin(turn, why);
    }

    /** The card installs by itself what E2 has brought. A receipt is a hint to look; what counts is its answer to an audit. */
    private static ReplacementDecision peer(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Receipt receipt) {
            return Tickets.refusal(turn, receipt).map(turn::ignore).orElseGet(() -> audit(turn));
        }
        if (input instanceof ReplacementInput.Answered answered) {
            return Offering.answered(turn, answered);
        }
        if (input instanceof ReplacementInput.Presented presented) {
            return Offering.presentedAgain(turn, presented);
        }
        if (input instanceof ReplacementInput.OrderEnded ended) {
            return audited(turn, ended);
        }
        return input instanceof ReplacementInput.Due ? due(turn) : turn.ignore(Ignored.NOT_AWAITED);
    }

    private static ReplacementDecision audited(Turn turn, ReplacementInput.OrderEnded ended) {
        if (turn.replacement().asking().find(ended.order()).isEmpty()) {
            return turn.ignore(Ignored.OLD_ORDER);
        }
        if (ended.finding() == Finding.PRESENT) {
            return Deleting.begin(turn);
        }
        turn.set(turn.replacement().with(turn.replacement().asking().none()));
        return turn.until(earlier(turn));
    }

    /** The receipt may be lost, or E2 may be: the new card is audited, and the old one asked for the same E2 once more. */
    private static ReplacementDecision due(Turn turn) {
        if (turn.isExpired()) {
            return Withdrawing.begin(turn, Granting.expired());
        }
        Octets e1 = turn.replacement().request();
        if (e1 != null) {
            turn.set(turn.replacement().sent(e1));
            turn.republish(FlowStep.E1, Side.OLD, e1);
        }
        return audit(turn);
    }

    private static ReplacementDecision audit(Turn turn) {
        if (turn.replacement().asking().pending() == null) {
            turn.order(Side.NEW, Function.AUDIT);
        }
        return turn.until(earlier(turn));
    }

    private static Instant earlier(Turn turn) {
        Instant again = turn.now().plus(turn.rules().backOff(turn.replacement().sends()));
        return again.isBefore(turn.ticket().notAfter()) ? again : turn.ticket().notAfter();
    }

    /**
     * The right is the new card's already; whether it uses it decides nothing about the old one. One that is silent is asked until it
     * answers; a cancel ends that only when people were told of it, for one that was meant for an earlier stage may come late.
     */
    private static ReplacementDecision enabling(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Due) {
            return turn.due(
                    Side.NEW,
                    new Effect.Alarm(
                            "ENABLING_UNKNOWN",
                            "the new card does not say whether it has enabled the subscription, which is its own by now: bring"
                                    + " it online, or cancel, and order EnableProfile when it is there"));
        }
        if (input instanceof ReplacementInput.Online online && online.side() == Side.NEW) {
            return turn.askNow(Side.NEW);
        }
        if (input instanceof ReplacementInput.Cancelled) {
            return turn.replacement().alarmAt() == null
                    ? turn.end(Stage.ENDED, notEnabled(Outcome.failed("CANCELLED", "an operator waits no longer")))
                    : turn.ignore(Ignored.TOO_LATE_TO_CANCEL);
        }
        if (!(input instanceof ReplacementInput.OrderEnded ended)) {
            return turn.ignore(
                    input instanceof ReplacementInput.Forced ? Ignored.NOT_TO_BE_FORCED : Ignored.NOT_AWAITED);
        }
        if (turn.replacement().asking().find(ended.order()).isEmpty()) {
            return turn.ignore(Ignored.OLD_ORDER);
        }
        if (Finding.isDone(ended.outcome())) {
            return turn.end(Stage.COMPLETED, Outcome.SUCCEEDED);
        }
        return ended.outcome().status() == Outcome.Status.EXPIRED
                ? turn.later(Function.ENABLE)
                : turn.end(Stage.ENDED, notEnabled(ended.outcome()));
    }

    private static Outcome notEnabled(Outcome cause) {
        return Outcome.failed(
                "MOVED_NOT_ENABLED",
                "the subscription is the new card's, which has not said that it has enabled it (" + cause.code() + ": "
                        + cause.detail() + "): order EnableProfile");
    }

    /** A subscription that no other card has: nothing is to be guarded, and a download cleans up after itself. */
    private static ReplacementDecision ofItsOwn(Turn turn, ReplacementInput input) {
        if (!(input instanceof ReplacementInput.OrderEnded ended)) {
            return turn.ignore(
                    input instanceof ReplacementInput.Cancelled ? Ignored.TOO_LATE_TO_CANCEL : Ignored.NOT_AWAITED);
        }
        Iccid iccid = turn.replacement().successor();
        if (turn.replacement().asking().find(ended.order()).isEmpty() || iccid == null) {
            return turn.ignore(Ignored.OLD_ORDER);
        }
        if (!Finding.isDone(ended.outcome())) {
            return turn.end(Stage.ENDED, notInstalled(ended.outcome()));
        }
        turn.emit(new Effect.HolderChanged(iccid, null, turn.ticket().newNid()));
        return turn.end(Stage.COMPLETED, Outcome.SUCCEEDED);
    }

    private static Outcome notInstalled(Outcome cause) {
        return new Outcome(
                cause.status(),
                "NOT_INSTALLED",
                "the new card did not take the profile (" + cause.code() + ": " + cause.detail() + ")");
    }
}
