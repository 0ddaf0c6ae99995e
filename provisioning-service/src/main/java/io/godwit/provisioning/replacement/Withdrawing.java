package io.godwit.provisioning.replacement;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;

/**
 * The way back: the new card is to be without the profile and has to say so itself; until then it stays locked there. In
 * peer mode its ticket floor is raised first, so that an E2 that comes late is refused, and the old card is unlocked last.
 * There is no other way to an unlock. What a deletion that failed has disabled on the old card is enabled again.
 */
final class Withdrawing {
    private Withdrawing() {}

    static ReplacementDecision begin(Turn turn, Outcome why) {
        CardOrder pending = turn.replacement().asking().pending();
        boolean installs = pending != null && pending.function() == Function.INSTALL;
        Asking asking = turn.replacement().asking();
        turn.enter(Stage.WITHDRAWING, null);
        turn.set(turn.replacement().with(why));
        turn.watch();
        if (installs) {
            // A download has its one outcome in any case, and no deletion can overtake it.
            turn.set(turn.replacement().with(asking));
            return turn.until(requireNonNull(turn.replacement().alarmAt(), "alarmAt is null"));
        }
        return turn.order(Side.NEW, turn.isPeer() ? Function.RAISE_FLOOR : Function.DELETE);
    }

    static ReplacementDecision on(Turn turn, ReplacementInput input) {
        Side side = turn.stage() == Stage.WITHDRAWING ? Side.NEW : Side.OLD;
        if (input instanceof ReplacementInput.OrderEnded ended) {
            return turn.replacement()
                    .asking()
                    .find(ended.order())
                    .map(order -> ended(turn, order.function(), ended))
                    .orElseGet(() -> turn.ignore(Ignored.OLD_ORDER));
        }
        if (input instanceof ReplacementInput.Due) {
            return turn.due(
                    side,
                    side == Side.NEW
                            ? new Effect.Alarm(
                                    "WITHDRAWAL_UNKNOWN",
                                    "the new card does not say whether it is without the profile: bring it online; the"
                                            + " profile stays locked there")
                            : new Effect.Alarm(
                                    "UNLOCK_UNKNOWN",
                                    "the old card does not say whether it is unlocked: bring it online"));
        }
        if (input instanceof ReplacementInput.Online online && online.side() == side) {
            return turn.askNow(side);
        }
        if (input instanceof ReplacementInput.Forced forced
                && !turn.replacement().forced()) {
            return forced(turn, forced.stolen());
        }
        return turn.ignore(input instanceof ReplacementInput.Forced ? Ignored.FORCED_BEFORE : Ignored.NOT_AWAITED);
    }

    /** The old card is lost on the way back to it. What it was ordered last may still reach it, and gives it no right. */
    private static ReplacementDecision forced(Turn turn, boolean stolen) {
        turn.set(turn.replacement().nowForced().with(Forcing.forced()));
        Forcing.isolate(turn, stolen);
        if (turn.stage() != Stage.WITHDRAWING) {
            return Forcing.begin(turn);
        }
        // The stage is the same and the right is not: others hear of it before the old card's word that it is without.
        turn.emit(new Effect.Progressed(Stage.WITHDRAWING, null));
        return turn.stay();
    }

    private static ReplacementDecision ended(Turn turn, Function function, ReplacementInput.OrderEnded ended) {
        Finding finding = ended.finding();
        return switch (function) {
            case INSTALL -> finding == Finding.UNTOUCHED ? absent(turn) : turn.order(Side.NEW, Function.DELETE);
            case RAISE_FLOOR ->
                !Finding.isDone(ended.outcome())
                        ? turn.later(Function.RAISE_FLOOR)
                        : finding == Finding.ABSENT ? absent(turn) : turn.order(Side.NEW, Function.DELETE);
            case DELETE -> finding == Finding.ABSENT ? absent(turn) : turn.order(Side.NEW, Function.AUDIT);
            case UNLOCK -> Finding.isDone(ended.outcome()) ? enableAgain(turn) : turn.later(Function.UNLOCK);
            // Enabled or not: the right is the old card's, and an ordinary EnableProfile may follow.
            case ENABLE -> turn.end(Stage.ENDED, why(turn));
            default ->
                switch (finding) {
                    case ABSENT -> absent(turn);
                    case PRESENT -> turn.later(Function.DELETE);
                    default -> turn.later(Function.AUDIT);
                };
        };
    }

    /** The new card is without it, for good. A card that is revoked stays locked. */
    private static ReplacementDecision absent(Turn turn) {
        if (turn.replacement().forced()) {
            return Forcing.begin(turn);
        }
        boolean disabled = turn.isPeer() || turn.replacement().attempts() > 0;
        if (!disabled) {
            return turn.end(Stage.ENDED, why(turn));
        }
        turn.enter(Stage.RESTORING, null);
        turn.watch();
        return turn.isPeer() ? turn.order(Side.OLD, Function.UNLOCK) : enableAgain(turn);
    }

    private static ReplacementDecision enableAgain(Turn turn) {
        return turn.replacement().wasEnabled()
                ? turn.order(Side.OLD, Function.ENABLE)
                : turn.end(Stage.ENDED, why(turn));
    }

    private static Outcome why(Turn turn) {
        return requireNonNull(turn.replacement().outcome(), "outcome is null");
    }
}
