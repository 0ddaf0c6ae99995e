package io.godwit.provisioning.replacement;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.time.Instant;
import java.util.Optional;

/**
 * From E1 with the ticket to E2. In reissue mode these are words between devices, and an end is a plain one; in peer mode
 * the old card may be locked as soon as E1 went on to it, and each end leads over {@link Withdrawing}.
 */
final class Offering {
    private Offering() {}

    static ReplacementDecision on(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Cancelled) {
            return giveUp(turn, Granting.cancelled());
        }
        if (input instanceof ReplacementInput.Removed removed) {
            return giveUp(turn, Granting.removed(removed.side()));
        }
        if (input instanceof ReplacementInput.Superseded && !turn.isPeer()) {
            return turn.end(Stage.ENDED, Granting.superseded());
        }
        if (input instanceof ReplacementInput.Forced forced && turn.isPeer()) {
            return Forcing.instead(turn, forced.stolen());
        }
        if (input instanceof ReplacementInput.Presented presented) {
            return presentedAgain(turn, presented);
        }
        if (input instanceof ReplacementInput.Answered answered) {
            return answered(turn, answered);
        }
        if (input instanceof ReplacementInput.Kept kept) {
            return kept(turn, kept);
        }
        return turn.stage() == Stage.OFFERED ? offered(turn, input) : agreed(turn, input);
    }

    /** Once it has agreed, only the operator takes that back. */
    private static ReplacementDecision kept(Turn turn, ReplacementInput.Kept kept) {
        return Tickets.refusal(turn, kept)
                .or(() -> turn.stage() == Stage.OFFERED ? Optional.empty() : Optional.of(Ignored.NOT_AWAITED))
                .map(turn::ignore)
                .orElseGet(() ->
                        giveUp(turn, Outcome.failed("KEPT", "the old device keeps its profile: " + kept.reason())));
    }

    /** E1 goes on to the old device, at growing distances until it answers. */
    static ReplacementDecision offer(Turn turn, Octets e1) {
        turn.set(turn.replacement().sent(e1));
        turn.republish(FlowStep.E1, Side.OLD, e1);
        Instant again = turn.now().plus(turn.rules().backOff(turn.replacement().sends()));
        Instant last = turn.ticket().notAfter();
        return turn.until(again.isBefore(last) ? again : last);
    }

    /** The new device has seen no E2: the old one is asked again, which answers the same. */
    static ReplacementDecision presentedAgain(Turn turn, ReplacementInput.Presented presented) {
        return Tickets.refusal(turn, presented).map(turn::ignore).orElseGet(() -> {
            turn.republish(FlowStep.E1, Side.OLD, presented.payload());
            return turn.stay();
        });
    }

    /** E2 goes on, the first and each further one: the new device may have missed it. */
    static ReplacementDecision answered(Turn turn, ReplacementInput.Answered answered) {
        Optional<Ignored> refusal = Tickets.refusal(turn, answered);
        if (refusal.isPresent()) {
            return turn.ignore(refusal.get());
        }
        if (turn.isExpired()) {
            return turn.ignore(Ignored.TICKET_EXPIRED);
        }
        turn.republish(FlowStep.E2, Side.NEW, answered.payload());
        if (turn.stage() != Stage.OFFERED) {
            return turn.stay();
        }
        turn.enter(Stage.AGREED, turn.now().plus(turn.rules().firstRetry()));
        turn.emit(new Effect.Look());
        return turn.stay();
    }

    private static ReplacementDecision offered(Turn turn, ReplacementInput input) {
        Octets e1 = turn.replacement().request();
        if (input instanceof ReplacementInput.Due && turn.isExpired()) {
            return giveUp(turn, Granting.expired());
        }
        boolean asks = input instanceof ReplacementInput.Due
                || (input instanceof ReplacementInput.Online online && online.side() == Side.OLD);
        return asks && e1 != null && !turn.isExpired() ? offer(turn, e1) : turn.ignore(Ignored.NOT_AWAITED);
    }

    /** Since the request things may have changed: policies, memory, groups, a revocation. */
    private static ReplacementDecision agreed(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Due) {
            turn.emit(new Effect.Look());
            return turn.until(turn.now().plus(turn.rules().firstRetry()));
        }
        if (!(input instanceof ReplacementInput.Looked looked)) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        // E2 has gone on already, and a card may be faster than the look at it.
        boolean isOwnCopy = turn.isPeer() && looked.refusal().equals(Optional.of(Ineligible.ICCID_ON_CARD));
        if (looked.refusal().isPresent() && !isOwnCopy) {
            return giveUp(turn, looked.refusal().get().outcome());
        }
        if (!turn.isPeer()) {
            turn.set(turn.replacement().withEnabled(looked.enabled()));
        }
        turn.enter(Stage.INSTALLING, turn.now().plus(turn.rules().firstRetry()));
        return turn.isPeer() ? turn.stay() : turn.order(Side.NEW, Function.INSTALL);
    }

    private static ReplacementDecision giveUp(Turn turn, Outcome why) {
        return turn.isPeer() ? Withdrawing.begin(turn, why) : turn.end(Stage.ENDED, why);
    }
}
