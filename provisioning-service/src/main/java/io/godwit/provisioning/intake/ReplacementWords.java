package io.godwit.provisioning.intake;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.procedure.Outgoing;
import io.godwit.provisioning.replacement.Replacement;
import io.godwit.provisioning.replacement.Stage;
import io.godwit.provisioning.replacement.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the SM-SR says to the devices of a replacement. Nothing of it is kept: what gets lost is said again when the device asks
 * again, which it does until it is answered.
 *
 * @param successor the new device
 * @param request its E1, which D2 answers
 */
record ReplacementWords(TopicSet topics, TenantId tenant, Nid successor, String request, Instant now) {
    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final int MAX_REASON = 200;

    /** @param signed for the card, where the profile goes from card to card */
    Addressed ticket(Ticket ticket, @Nullable Octets signed) {
        return d2(
                successor,
                new StepBody.TicketGranted(request, ticket.id().toString(), ticket.notAfter(), signed),
                ticket.notAfter());
    }

    /** Nothing was granted yet: an operator answers, in any order, so that nobody has a place. */
    Addressed waiting(Replacement replacement) {
        return d2(
                successor,
                new StepBody.RequestAccepted(
                        request,
                        replacement.ticket().id().toString(),
                        TicketStage.WAITING,
                        replacement.stage() == Stage.AWAITING_APPROVAL ? replacement.due() : null,
                        0,
                        false),
                now.plus(VALIDITY));
    }

    /** Of a good end the device learns by what its card is told. */
    Optional<Addressed> end(Nid to, Outcome outcome) {
        return outcome.status() == Outcome.Status.EXECUTED_SUCCESS
                ? Optional.empty()
                : Optional.of(refused(to, String.valueOf(outcome.code()), String.valueOf(outcome.detail())));
    }

    /** @param code by which the device may know what else to do */
    Addressed refused(Nid to, String code, String why) {
        String text = code + ": " + why;
        String reason = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
        return d2(to, new StepBody.RequestRefused(request, reason, code, null), now.plus(VALIDITY));
    }

    /** E1 and E2 as they came: the same octets for the device that they are addressed to. */
    Addressed passedOn(FlowStep step, Nid to, Octets payload, Instant until) {
        return new Addressed(topics, tenant, to, new Outgoing.Message(step, request, payload, until));
    }

    private Addressed d2(Nid to, StepBody body, Instant until) {
        return new Addressed(
                topics,
                tenant,
                to,
                new Outgoing.Message(
                        FlowStep.D2, body.id(), RspMessageCodec.encode(body.toMessage(new Address.Single(to))), until));
    }
}
