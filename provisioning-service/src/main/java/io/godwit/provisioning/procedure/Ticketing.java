package io.godwit.provisioning.procedure;

import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.replacement.Ineligible;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.request.Ticket;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What becomes of a ticket: it waits for an operator, for the end of quiet hours, for the stock, and begins once. */
record Ticketing(Folding folding) {
    /** An operator's answer, or the stock's. One that waits for none any more keeps what it has. */
    void answered(CardInput.TicketAnswered input) {
        Ticket ticket = input.ticket();
        if (input.refusal().isPresent() ? !ticket.stage().isOpen() : ticket.stage() != TicketStage.WAITING) {
            folding.ignore(Ignored.NOT_AWAITED);
        } else if (input.refusal().isPresent()) {
            drop(ticket.dropped(TicketStage.REFUSED, input.refusal().get()));
        } else {
            goOn(ticket);
        }
    }

    void due(Ticket ticket) {
        if (ticket.due().filter(at -> !at.isAfter(folding.moment().now())).isEmpty()) {
            folding.ignore(Ignored.NOTHING_DUE);
        } else if (ticket.stage() == TicketStage.QUIET || ticket.isQueued()) {
            goOn(ticket);
        } else {
            drop(ticket.dropped(
                    TicketStage.EXPIRED,
                    ticket.stage() == TicketStage.WAITING
                            ? new Refusal("NOT_APPROVED", "nobody has approved the request in time")
                            : new Refusal("NOT_ORDERED", "no profile was taken out of the stock in time")));
        }
    }

    private void goOn(Ticket ticket) {
        if (!folding.card().active()) {
            drop(ticket.dropped(
                    TicketStage.REFUSED, new Refusal("CARD_REMOVED", "the card was removed from the platform")));
            return;
        }
        if (folding.moment().quarantine().isPresent()) {
            drop(ticket.dropped(TicketStage.REFUSED, new Refusal(Quarantine.CODE, Ineligible.QUARANTINED.sentence())));
            return;
        }
        Ticket next = next(ticket);
        if (next.stage() == TicketStage.ORDERING) {
            folding.tell(new Fact.ClientAnswered(true, next.operation(), null, next.state()));
        }
        take(next);
    }

    /** Where a ticket stands that nobody has to approve any more. */
    Ticket next(Ticket ticket) {
        Instant now = folding.moment().now();
        Optional<Instant> quietUntil = ticket.quietUntil(now);
        if (quietUntil.isPresent()) {
            return ticket.at(TicketStage.QUIET, quietUntil);
        }
        return ticket.granted() instanceof Granted.FromStock
                ? ticket.at(
                        TicketStage.ORDERING,
                        Optional.of(now.plus(folding.moment().rules().clientValidity())))
                : ticket.at(TicketStage.GRANTED, Optional.empty());
    }

    /** Keeps it, and begins what it grants if its time has come. */
    void take(Ticket ticket) {
        folding.keep(ticket);
        if (ticket.stage() != TicketStage.GRANTED
                || ticket.isQueued()
                || !(ticket.granted() instanceof Granted.Function granted)) {
            return;
        }
        boolean triggers = ticket.trigger() == RequestRule.Trigger.A1;
        Instant validUntil =
                folding.moment().now().plus(folding.moment().rules().clientValidity());
        if (ticket.gid().isPresent()) {
            folding.orderForGroup(
                    new GroupRequest(ticket.operation(), ticket.gid().get(), granted.function(), validUntil, triggers));
            return;
        }
        folding.append(Procedure.queued(
                UUID.fromString(ticket.operation()),
                ticket.operation(),
                new Purpose.Carry(granted.function()),
                Origin.ofClient(triggers),
                validUntil));
    }

    private void drop(Ticket dropped) {
        Refusal why = dropped.refusal().orElseThrow();
        folding.keep(dropped);
        folding.tell(
                new Fact.ClientAnswered(false, dropped.operation(), why.code() + ": " + why.detail(), dropped.state()));
    }
}
