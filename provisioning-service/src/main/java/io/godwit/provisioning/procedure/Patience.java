package io.godwit.provisioning.procedure;

import java.time.Instant;
import java.util.Optional;

/** What silence means: a card that is there is asked again, at growing distances; one that is not is left alone. */
final class Patience {
    private Patience() {}

    /** The due time has come, and the validity lasts. */
    static Decision atDeadline(Turn turn) {
        ProcedureState state = turn.procedure().state();
        if (state.isWithGroup() || state instanceof ProcedureState.Deferred) {
            return GroupMode.atDeadline(turn);
        }
        if (!turn.card().online()) {
            return turn.enter(state, turn.procedure().validUntil());
        }
        if (state instanceof ProcedureState.AwaitingNotification) {
            return turn.audit(Doubt.NO_NOTIFICATION);
        }
        boolean unanswered = state.isCommand()
                && state.pending().orElseThrow().sends()
                        >= turn.moment().rules().silentSends();
        // An audit answers only with its own counter, so that after it the silent command can no longer be executed.
        return unanswered && turn.procedure().target() != null ? turn.audit(Doubt.SILENCE) : turn.resend();
    }

    /** The card has subscribed, {@code at} by the node's clock. */
    static Decision whenOnline(Turn turn, Instant at) {
        ProcedureState state = turn.procedure().state();
        if (state.isWithGroup() || state instanceof ProcedureState.Deferred) {
            return GroupMode.whenOnline(turn, at);
        }
        if (state instanceof ProcedureState.AwaitingNotification) {
            Instant due = turn.moment().now().plus(turn.moment().rules().notificationPatience());
            return turn.enter(state, turn.earlier(due));
        }
        Optional<Pending> pending = state.pending();
        if (pending.isEmpty() || turn.isExpired()) {
            return turn.ignore(Ignored.NOTHING_DUE);
        }
        Instant sentAt = pending.get().sentAt();
        Instant recent = turn.moment().now().minus(turn.moment().rules().resendAfter());
        boolean isUnderWay = sentAt != null && !sentAt.isBefore(at) && sentAt.isAfter(recent);
        return isUnderWay ? turn.ignore(Ignored.NOTHING_DUE) : turn.resend();
    }
}
