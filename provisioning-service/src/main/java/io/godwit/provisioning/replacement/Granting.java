package io.godwit.provisioning.replacement;

import io.godwit.protocol.record.Outcome;

/** From the request to the ticket, and to the E1 that shows it: no card has been touched, so each end is a plain one. */
final class Granting {
    private Granting() {}

    static ReplacementDecision on(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Cancelled) {
            return turn.end(Stage.ENDED, cancelled());
        }
        if (input instanceof ReplacementInput.Superseded) {
            return turn.end(Stage.ENDED, superseded());
        }
        if (input instanceof ReplacementInput.Removed removed) {
            return turn.end(Stage.ENDED, removed(removed.side()));
        }
        if (input instanceof ReplacementInput.Repeated) {
            return repeated(turn);
        }
        return switch (turn.stage()) {
            case REQUESTED -> requested(turn, input);
            case AWAITING_APPROVAL -> awaitingApproval(turn, input);
            default -> granted(turn, input);
        };
    }

    private static ReplacementDecision requested(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Due) {
            turn.emit(new Effect.Look());
            return turn.until(turn.now().plus(turn.rules().firstRetry()));
        }
        if (!(input instanceof ReplacementInput.Looked looked)) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        if (looked.refusal().isPresent()) {
            return turn.end(Stage.ENDED, looked.refusal().get().outcome());
        }
        turn.set(turn.replacement().withEnabled(looked.enabled()));
        if (looked.needsApproval()) {
            turn.enter(Stage.AWAITING_APPROVAL, turn.now().plus(turn.rules().approvalValidity()));
            turn.emit(new Effect.TellWaiting(turn.ticket().newNid()));
            return turn.stay();
        }
        return grant(turn);
    }

    private static ReplacementDecision awaitingApproval(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Approved approved) {
            if (approved.refusal().isPresent()) {
                return turn.end(Stage.ENDED, approved.refusal().get().outcome());
            }
            turn.set(turn.replacement().with(turn.ticket().in(approved.mode())));
            return grant(turn);
        }
        if (input instanceof ReplacementInput.Declined declined) {
            return turn.end(Stage.ENDED, Outcome.failed("DECLINED", declined.reason()));
        }
        return input instanceof ReplacementInput.Due
                ? turn.end(Stage.ENDED, Outcome.expired("NOT_APPROVED", "nobody has approved the request: ask again"))
                : turn.ignore(Ignored.NOT_AWAITED);
    }

    private static ReplacementDecision grant(Turn turn) {
        Ticket ticket = turn.ticket().until(turn.now().plus(turn.rules().ticketValidity()));
        turn.set(turn.replacement().with(ticket));
        turn.enter(Stage.GRANTED, ticket.notAfter());
        turn.emit(new Effect.TellTicket(ticket));
        return turn.stay();
    }

    private static ReplacementDecision granted(Turn turn, ReplacementInput input) {
        if (input instanceof ReplacementInput.Due) {
            return turn.end(Stage.ENDED, expired());
        }
        if (!(input instanceof ReplacementInput.Presented presented)) {
            return turn.ignore(Ignored.NOT_AWAITED);
        }
        return Tickets.refusal(turn, presented).map(turn::ignore).orElseGet(() -> {
            turn.enter(Stage.OFFERED, null);
            return Offering.offer(turn, presented.payload());
        });
    }

    /** The device has not heard what was decided, or nothing has been. */
    private static ReplacementDecision repeated(Turn turn) {
        turn.emit(
                turn.stage() == Stage.GRANTED
                        ? new Effect.TellTicket(turn.ticket())
                        : new Effect.TellWaiting(turn.ticket().newNid()));
        return turn.stay();
    }

    static Outcome cancelled() {
        return Outcome.failed("CANCELLED", "the replacement was cancelled; the subscription is the old card's");
    }

    static Outcome superseded() {
        return Outcome.failed("SUPERSEDED", "an operator has ordered another replacement for one of the two cards");
    }

    static Outcome removed(Side side) {
        return side == Side.OLD
                ? Outcome.failed("OLD_CARD_REMOVED", "the old device was taken out of the fleet")
                : Outcome.failed("NEW_CARD_REMOVED", "the new device was taken out of the fleet");
    }

    static Outcome expired() {
        return Outcome.expired(
                "TICKET_EXPIRED", "the ticket was not used in time; the subscription is the old card's: ask again");
    }
}
