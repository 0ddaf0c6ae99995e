package io.godwit.provisioning.procedure;

import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.RequestRule;
import io.godwit.provisioning.replacement.Ineligible;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.request.Asking;
import io.godwit.provisioning.request.Judgement;
import io.godwit.provisioning.request.Judgement.Ruled;
import io.godwit.provisioning.request.Judging;
import io.godwit.provisioning.request.Quotas;
import io.godwit.provisioning.request.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Flow D: the card asks, the policy of its group or of its tenant answers at once. */
record Requesting(Folding folding) {
    /** A card that asks and asks is told of once in this time, where it gets no ticket. */
    private static final Duration TELLING = Duration.ofHours(1);

    void requested(CardInput.Requested input) {
        StepBody.ClientRequest request = input.request();
        if (folding.answerAgain(request.id())) {
            return;
        }
        if (!folding.card().registered()) {
            folding.ignore(Ignored.NOT_REGISTERED);
            return;
        }
        if (folding.moment().quarantine().isPresent()) {
            refuse(
                    request,
                    new Judgement.Refused(Quarantine.CODE, Ineligible.QUARANTINED.sentence(), Optional.empty()));
            return;
        }
        Asking asking = input.asking();
        Optional<Ticket> known = asking.ticketOf(request.id());
        if (known.isPresent()) {
            new Replying(folding).replyOnce(answer(request.id(), known.get()));
            return;
        }
        Judgement judgement = Judging.of(request.cause(), input.address(), asking);
        if (!(judgement instanceof Ruled ruled)) {
            refuse(request, (Judgement.Refused) judgement);
            return;
        }
        Optional<StepBody> underWay = underWay(request, ruled, asking);
        if (underWay.isPresent()) {
            new Replying(folding).reply(underWay.get());
            return;
        }
        Optional<Judgement.Refused> exhausted =
                Quotas.exhausted(ruled, asking, folding.moment().now());
        if (exhausted.isPresent()) {
            refuse(request, exhausted.get());
            return;
        }
        accept(request, ruled, asking);
    }

    /** The D2 of a request for what is being done already. */
    private Optional<StepBody> underWay(StepBody.ClientRequest request, Ruled ruled, Asking asking) {
        Optional<Ticket> open = ruled.openTicket(asking);
        if (open.isPresent()) {
            return Optional.of(answer(request.id(), open.get()));
        }
        Optional<String> operation = ruled.group().isPresent()
                ? ruled.granted() instanceof Granted.Function granted
                        ? ruled.group().get().doing(granted.function())
                        : Optional.empty()
                : folding.procedures().stream()
                        .filter(procedure -> does(procedure, ruled.granted()))
                        .map(Procedure::operation)
                        .findFirst();
        operation.ifPresent(id -> tellSometimes(new Fact.ClientAnswered(true, id, null, null)));
        return operation.map(id -> new StepBody.RequestAccepted(request.id(), id));
    }

    /** What an operator of profiles has ordered may be for another target than the same words mean here. */
    private static boolean does(Procedure procedure, Granted granted) {
        if (!procedure.isReported()) {
            return false;
        }
        return granted instanceof Granted.Function asked
                ? procedure.purpose().equals(new Purpose.Carry(asked.function()))
                        || procedure.purpose().equals(new Purpose.Carry(asked.function(), true))
                : procedure.purpose() instanceof Purpose.DownloadProfile download
                        && download.profile().template().equals(Optional.of(((Granted.FromStock) granted).template()));
    }

    private void accept(StepBody.ClientRequest request, Ruled ruled, Asking asking) {
        Instant now = folding.moment().now();
        boolean waits = ruled.rule().grant() == RequestRule.Grant.APPROVAL;
        int place = waits
                ? asking.waiting()
                : asking.queue()
                        .orElseGet(() -> ruled.group()
                                .map(group -> group.campaigns().size())
                                .orElse(folding.procedures().size()));
        Ticket ticket = new Ticket(
                request.id(),
                Procedure.idOf(
                                folding.card().nid().value(),
                                ruled.group().isPresent() ? "group-request" : "request",
                                request.id(),
                                now.toString())
                        .toString(),
                ruled.scope(),
                ruled.gid(),
                request.cause(),
                ruled.granted(),
                ruled.rule().quietHours(),
                ruled.rule().trigger(),
                TicketStage.WAITING,
                now,
                Optional.of(now.plus(ruled.rule().approvalWithin())),
                place,
                Optional.empty());
        Ticket granted = waits ? ticket : new Ticketing(folding).next(ticket);
        boolean queued =
                granted.stage() == TicketStage.GRANTED && asking.queue().isPresent();
        Ticket next = queued ? granted.at(TicketStage.GRANTED, Optional.of(now)) : granted;
        new Replying(folding).replyOnce(answer(request.id(), next));
        folding.tell(new Fact.ClientAnswered(true, next.operation(), null, next.state()));
        new Ticketing(folding).take(next);
    }

    /** The D2 of a request with that ticket; the same octets as long as the ticket stands where it does. */
    private static StepBody answer(String d1, Ticket ticket) {
        if (ticket.stage().isDropped()) {
            return new StepBody.RequestRefused(
                    d1,
                    ticket.refusal().orElseThrow().detail(),
                    ticket.refusal().orElseThrow().code(),
                    null);
        }
        boolean waits = ticket.stage() == TicketStage.WAITING || ticket.stage() == TicketStage.QUIET;
        return new StepBody.RequestAccepted(
                d1,
                ticket.operation(),
                waits ? ticket.stage() : TicketStage.GRANTED,
                waits ? ticket.due().orElse(null) : null,
                ticket.place(),
                ticket.trigger() == RequestRule.Trigger.D2);
    }

    private void refuse(StepBody.ClientRequest request, Judgement.Refused refused) {
        new Replying(folding)
                .reply(new StepBody.RequestRefused(
                        request.id(),
                        refused.reason(),
                        refused.code(),
                        refused.retryAt().orElse(null)));
        tellSometimes(new Fact.ClientAnswered(false, null, refused.code() + ": " + refused.reason(), null));
    }

    private void tellSometimes(Fact.ClientAnswered fact) {
        Instant now = folding.moment().now();
        Instant before = folding.card().askingToldAt();
        if (before == null || !now.isBefore(before.plus(TELLING))) {
            folding.tell(fact);
            folding.toldOfAsking(now);
        }
    }
}
