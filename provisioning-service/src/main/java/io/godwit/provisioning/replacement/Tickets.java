package io.godwit.provisioning.replacement;

import java.util.Optional;

/** Whether a device's E1, E2 or receipt belongs to this replacement. */
final class Tickets {
    private Tickets() {}

    /** Equality with what is stored is more than a signature shows: forged, altered and foreign tickets fail alike. */
    static Optional<Ignored> refusal(Turn turn, ReplacementInput.Presented presented) {
        Ticket ticket = turn.ticket();
        if (!presented.ticket().equals(ticket)) {
            return Optional.of(Ignored.WRONG_TICKET);
        }
        if (!presented.from().equals(ticket.newNid()) || !presented.to().equals(ticket.oldNid())) {
            return Optional.of(Ignored.WRONG_DEVICE);
        }
        if (!presented.certificateHash().equals(ticket.certificateHash())) {
            return Optional.of(Ignored.WRONG_CERTIFICATE);
        }
        return turn.isExpired() ? Optional.of(Ignored.TICKET_EXPIRED) : Optional.empty();
    }

    static Optional<Ignored> refusal(Turn turn, ReplacementInput.Answered answered) {
        Ticket ticket = turn.ticket();
        if (!answered.ticket().equals(ticket.id())) {
            return Optional.of(Ignored.WRONG_TICKET);
        }
        return answered.from().equals(ticket.oldNid()) && answered.to().equals(ticket.newNid())
                ? Optional.empty()
                : Optional.of(Ignored.WRONG_DEVICE);
    }

    static Optional<Ignored> refusal(Turn turn, ReplacementInput.Receipt receipt) {
        if (!receipt.ticket().equals(turn.ticket().id())) {
            return Optional.of(Ignored.WRONG_TICKET);
        }
        return receipt.from().equals(turn.ticket().newNid()) ? Optional.empty() : Optional.of(Ignored.WRONG_DEVICE);
    }
}
