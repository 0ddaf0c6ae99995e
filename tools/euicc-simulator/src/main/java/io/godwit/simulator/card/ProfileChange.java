package io.godwit.simulator.card;

import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.protocol.Aid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From one enabled profile to another, and what hangs on it: the notification, the way back, the REFRESH. In one step, so
 * that there is no moment with no profile enabled, or with two.
 */
final class ProfileChange {
    private ProfileChange() {}

    /** What the SM-SR has asked for; it can be rolled back until it is confirmed. */
    static CardState commanded(CardState state, IsdP target) {
        return change(
                state,
                target,
                NotificationType.PROFILE_CHANGE_SUCCEEDED,
                Optional.of(state.enabled().aid()));
    }

    /** The new profile is not confirmed in time, or has no network: back to the previous one, or on to the fall-back. */
    static CardState afterNoConfirmation(CardState state) {
        Optional<IsdP> previous = state.rollBackTo().flatMap(state::isdP);
        if (previous.isPresent()) {
            return change(
                    state, previous.get(), NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK, Optional.empty());
        }
        boolean rolledBack = state.unconfirmedChange()
                .filter(last -> last.type() == NotificationType.PROFILE_CHANGE_FAILED_AND_ROLLED_BACK)
                .isPresent();
        return rolledBack ? toFallback(state) : state;
    }

    /** The enabled profile has no network any more. POL1 does not keep the card from falling back. */
    static CardState afterNetworkLoss(CardState state) {
        return state.rollBackTo().isPresent() ? afterNoConfirmation(state) : toFallback(state);
    }

    /** The notification is known to the SM-SR; nothing is rolled back after that. */
    static CardState confirmed(CardState state, Notification notification) {
        List<Notification> left = state.pending().stream()
                .filter(waiting -> !waiting.equals(notification))
                .toList();
        boolean change = notification.type() != NotificationType.EUICC_DECLARATION;
        return new CardState(
                state.eid(),
                state.keySets(),
                state.isdPs(),
                state.freeMemory(),
                state.lastSequence(),
                left,
                change ? Optional.empty() : state.rollBackTo(),
                state.refreshPending(),
                state.executions(),
                state.groups(),
                state.extensionKey(),
                state.ecasd(),
                state.peer());
    }

    /** The enabled profile goes to another card: the fall-back takes over, without a way back. */
    static CardState handedOver(CardState state) {
        return toFallback(state);
    }

    private static CardState toFallback(CardState state) {
        IsdP fallback = state.fallback();
        return fallback.isEnabled()
                ? state
                : change(state, fallback, NotificationType.PROFILE_CHANGE_AFTER_FALLBACK, Optional.empty());
    }

    private static CardState change(CardState state, IsdP target, NotificationType type, Optional<Aid> rollBackTo) {
        List<IsdP> isdPs =
                state.isdPs().stream().map(isdP -> switched(isdP, target)).toList();
        int sequence = nextSequence(state.lastSequence());
        // The report of an earlier change is no longer true, so the new one takes its place.
        List<Notification> pending = new ArrayList<>(state.pending());
        state.unconfirmedChange().ifPresent(pending::remove);
        pending.add(new Notification(state.eid(), type, sequence, target.aid()));
        return new CardState(
                state.eid(),
                state.keySets(),
                isdPs,
                state.freeMemory(),
                sequence,
                pending,
                rollBackTo,
                true,
                state.executions(),
                state.groups(),
                state.extensionKey(),
                state.ecasd(),
                state.peer());
    }

    private static IsdP switched(IsdP isdP, IsdP target) {
        if (isdP.aid().equals(target.aid())) {
            return isdP.withState(LifeCycle.ENABLED);
        }
        return isdP.isEnabled() ? isdP.withState(LifeCycle.DISABLED) : isdP;
    }

    /** Two octets, never 0. */
    private static int nextSequence(int last) {
        return last == 0xffff ? 1 : last + 1;
    }
}
