package io.godwit.simulator.device;

import io.godwit.protocol.Address;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessage;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.Command;
import io.godwit.protocol.body.StepBody.CommandResult;
import io.godwit.protocol.body.StepBody.ConfirmationResult;
import io.godwit.protocol.body.StepBody.GroupCommand;
import io.godwit.protocol.body.StepBody.GroupResult;
import io.godwit.protocol.body.StepBody.Received;
import io.godwit.protocol.body.StepBody.ReplacementAnswer;
import io.godwit.protocol.body.StepBody.ReplacementRequest;
import io.godwit.protocol.body.StepBody.RequestAccepted;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.body.StepBody.TicketGranted;
import io.godwit.protocol.body.StepBody.Trigger;
import io.godwit.protocol.body.StepBody.TriggerResult;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.simulator.device.Action.Acknowledge;
import io.godwit.simulator.device.Action.Count;
import io.godwit.simulator.device.Action.CountReceived;
import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.Action.Tell;
import io.godwit.simulator.device.Behaviour.RebootsBeforeAnswering;
import io.godwit.simulator.device.Behaviour.RefusesTriggers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a device makes of a message: A1, B1, C1, D2 and flow E it plays, everything else is ignored and counted. */
final class Conversation {
    private static final Set<FlowStep> PLAYED =
            EnumSet.of(FlowStep.A1, FlowStep.B1, FlowStep.C1, FlowStep.D2, FlowStep.E1, FlowStep.E2);
    private static final Acknowledge ACKNOWLEDGE = new Acknowledge();

    private final Nid nid;
    private final RspMessageCodec codec;
    private final Attachment attachment;
    private final Errands errands;
    private final Replies replies;
    private final Replacing replacing;

    Conversation(
            Nid nid,
            RspMessageCodec codec,
            Attachment attachment,
            Errands errands,
            Replies replies,
            Replacing replacing) {
        this.nid = nid;
        this.codec = codec;
        this.attachment = attachment;
        this.errands = errands;
        this.replies = replies;
        this.replacing = replacing;
    }

    Decision delivered(AgentState state, Octets payload, Moment moment) {
        if (!(codec.decode(MqttTopic.TO_EUICC, payload) instanceof RspMessageCodec.Decoded decoded)) {
            return ignored(state, AgentEvent.IGNORED_MALFORMED);
        }
        RspMessage message = decoded.message();
        if (message.address()
                .findNid()
                .filter(addressee -> !addressee.equals(nid))
                .isPresent()) {
            return ignored(state, AgentEvent.IGNORED_FOREIGN);
        }
        if (!PLAYED.contains(decoded.step())) {
            return ignored(state, AgentEvent.IGNORED_UNEXPECTED);
        }
        if (!(StepBodyCodec.decode(decoded.step(), message.body()) instanceof StepBodyCodec.Decoded readable)) {
            return ignored(state, AgentEvent.IGNORED_MALFORMED);
        }
        return understood(state, message, readable.body(), moment).preceded(new CountReceived(decoded.step()));
    }

    private Decision understood(AgentState state, RspMessage message, StepBody body, Moment moment) {
        Address address = message.address();
        if (body instanceof Trigger trigger) {
            return triggered(state, address, trigger, moment);
        }
        if (body instanceof GroupCommand command) {
            return commanded(state, address, command, moment);
        }
        if (body instanceof ReplacementRequest request) {
            Decision answer = replacing.asked(state, message, request, moment);
            return answer == null ? ignored(state, AgentEvent.IGNORED_UNEXPECTED) : answer;
        }
        if (body instanceof ReplacementAnswer answer) {
            return replacing
                    .answered(state, answer, moment)
                    .orElseGet(() -> ignored(state, AgentEvent.IGNORED_UNEXPECTED));
        }
        return body instanceof Command command ? commanded(state, command, moment) : answered(state, body, moment);
    }

    /** A reply to a group's message names its author. */
    private Address author(Address address) {
        return address.findGid()
                .<Address>map(gid -> new Address.Member(nid, gid))
                .orElse(new Address.Single(nid));
    }

    /** A1. */
    private Decision triggered(AgentState state, Address address, Trigger trigger, Moment moment) {
        StepBody result = state.behaviour() instanceof RefusesTriggers refuses
                ? new TriggerResult(trigger.id(), false, refuses.reason())
                : new TriggerResult(trigger.id(), true, null);
        return replies.given(state, new Publish(author(address), result), trigger.replyWithin(), false, moment)
                .preceded(ACKNOWLEDGE);
    }

    /** B1. */
    private Decision commanded(AgentState state, Command command, Moment moment) {
        Optional<Octets> recorded = state.memory().answers().find(command.packet());
        if (recorded.isPresent()) {
            return replies.given(state, result(command, recorded.get()), 0, false, moment)
                    .preceded(ACKNOWLEDGE, new Count(AgentEvent.ANSWERED_FROM_RECORD));
        }
        Card.Reaction reaction = state.memory().card().receive(command.packet());
        AgentState done = attachment.timed(state.with(state.memory().after(command.packet(), reaction)), moment);
        Count count = worked(reaction, AgentEvent.EXECUTED);
        if (state.behaviour() instanceof RebootsBeforeAnswering && reaction.response() != null) {
            return powerLost(done, moment).preceded(count);
        }
        return replies.given(done, result(command, reaction.response()), 0, reaction.refresh(), moment)
                .preceded(ACKNOWLEDGE, count);
    }

    private Decision powerLost(AgentState state, Moment moment) {
        return attachment.refreshed(state.with(state.behaviour().afterReboot()).replies(List.of()), moment);
    }

    /** C1. A card that it does not concern gives no answer, and its device says nothing. */
    private Decision commanded(AgentState state, Address address, GroupCommand command, Moment moment) {
        Optional<Octets> recorded = state.memory().answers().find(command.groupPackage());
        if (recorded.isPresent()) {
            Publish again = new Publish(author(address), new GroupResult(command.id(), recorded.get()));
            return replies.given(state, again, command.replyWithin(), false, moment)
                    .preceded(ACKNOWLEDGE, new Count(AgentEvent.ANSWERED_FROM_RECORD));
        }
        Card.Reaction reaction = state.memory().card().receiveGroupPackage(command.groupPackage());
        AgentState done = state.with(state.memory().after(command.groupPackage(), reaction));
        Count count = worked(reaction, AgentEvent.EXECUTED_FOR_GROUP);
        Octets response = reaction.response();
        if (response == null) {
            return Decision.of(done, ACKNOWLEDGE, count);
        }
        if (state.behaviour() instanceof RebootsBeforeAnswering) {
            return powerLost(attachment.timed(done, moment), moment).preceded(count);
        }
        Publish answer = new Publish(author(address), new GroupResult(command.id(), response));
        return replies.given(done, answer, command.replyWithin(), reaction.refresh(), moment)
                .preceded(ACKNOWLEDGE, count);
    }

    /** D2. */
    private Decision answered(AgentState state, StepBody body, Moment moment) {
        Errand errand = state.errand();
        if (errand == null || !errand.body().id().equals(body.id())) {
            return ignored(state, AgentEvent.IGNORED_UNEXPECTED);
        }
        if (errand.body() instanceof ClientRequest
                && (body instanceof RequestAccepted || body instanceof RequestRefused)) {
            return errands.next(Errands.without(state, body.id()), moment)
                    .preceded(ACKNOWLEDGE, new Tell(body.id(), body));
        }
        if (errand.body() instanceof ReplacementRequest request) {
            return answered(state, request, body, moment);
        }
        if (errand.body() instanceof ConfirmationResult && body instanceof Received) {
            return errands.next(state.with(state.memory().owing(null)), moment).preceded(ACKNOWLEDGE);
        }
        return errand.body() instanceof CardNotification && body instanceof Received received
                ? confirmed(state, received, moment)
                : ignored(state, AgentEvent.IGNORED_UNEXPECTED);
    }

    /** D2 to an E1. */
    private Decision answered(AgentState state, ReplacementRequest request, StepBody body, Moment moment) {
        if (body instanceof TicketGranted granted && request.ticket() == null) {
            return replacing.granted(state, request, granted, moment);
        }
        if (body instanceof RequestRefused refused) {
            return replacing.refused(state, request, refused, moment);
        }
        // Somebody is being asked for his leave: the device goes on asking, at its longest pauses by and by.
        return body instanceof RequestAccepted
                ? Decision.of(state, ACKNOWLEDGE)
                : ignored(state, AgentEvent.IGNORED_UNEXPECTED);
    }

    /** The SM-SR has the notification; with a packet, its confirmation goes to the card. */
    private Decision confirmed(AgentState state, Received received, Moment moment) {
        Octets packet = received.packet();
        if (packet == null) {
            return errands.next(state.settled(received.id()), moment).preceded(ACKNOWLEDGE);
        }
        Optional<Octets> recorded = state.memory().answers().find(packet);
        if (recorded.isPresent()) {
            DeviceMemory owing = state.memory().owing(confirmationResult(recorded.get()));
            return errands.next(state.settled(received.id()).with(owing), moment)
                    .preceded(ACKNOWLEDGE, new Count(AgentEvent.ANSWERED_FROM_RECORD));
        }
        Card.Reaction reaction = state.memory().card().receive(packet);
        Octets response = reaction.response();
        if (response == null) {
            // Not the SM-SR's packet, or a damaged one: the notification is still to be confirmed, and goes on.
            return Decision.of(
                    attachment.timed(state.with(state.memory().with(reaction.next())), moment),
                    ACKNOWLEDGE,
                    worked(reaction, AgentEvent.EXECUTED));
        }
        DeviceMemory told = state.memory().after(packet, reaction);
        // What was told with a notification is told when the card has no such notification any more.
        DeviceMemory owing = (reaction.next().pendingNotification().isEmpty() ? told.told() : told)
                .owing(confirmationResult(response));
        AgentState done = attachment.timed(state.settled(received.id()).with(owing), moment);
        Decision next = reaction.refresh() ? attachment.refreshed(done, moment) : errands.next(done, moment);
        return next.preceded(ACKNOWLEDGE, worked(reaction, AgentEvent.EXECUTED));
    }

    private Publish result(Command command, @Nullable Octets response) {
        return new Publish(new Address.Single(nid), new CommandResult(command.id(), command.sequence(), response));
    }

    private static ConfirmationResult confirmationResult(Octets response) {
        return new ConfirmationResult(Sha256.id("r-", response), response);
    }

    private static Count worked(Card.Reaction reaction, AgentEvent executed) {
        return new Count(reaction.response() == null ? AgentEvent.DROPPED_BY_CARD : executed);
    }

    private static Decision ignored(AgentState state, AgentEvent reason) {
        return Decision.of(state, ACKNOWLEDGE, new Count(reason));
    }
}
