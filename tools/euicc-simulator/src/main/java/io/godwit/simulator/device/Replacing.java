package io.godwit.simulator.device;

import io.godwit.protocol.Address;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RspMessage;
import io.godwit.protocol.body.StepBody.ReplacementAnswer;
import io.godwit.protocol.body.StepBody.ReplacementRequest;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.protocol.body.StepBody.TicketGranted;
import io.godwit.simulator.device.Action.Acknowledge;
import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.Action.Tell;
import io.godwit.simulator.device.AgentState.Request;
import io.godwit.simulator.device.Behaviour.KeepsItsProfile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Flow E: a device that asks another one for its profile, and one that is asked for its own. The cards hear of it by B1 alone. */
final class Replacing {
    /** What the id of the second E1 has behind that of the first: another message, of the same request. */
    private static final String WITH_TICKET = ".t";

    private static final Acknowledge ACKNOWLEDGE = new Acknowledge();

    private final Errands errands;
    private final Replies replies;

    Replacing(Errands errands, Replies replies) {
        this.errands = errands;
        this.replies = replies;
    }

    /** What the owner of the new device has it ask for: first the ticket. */
    static Request request(Input.AskedPeer asked) {
        return new Request(asked.peer(), new ReplacementRequest(asked.id(), asked.reason(), asked.iccid(), null));
    }

    /** E1 has come, with the SM-SR's leave; {@code null} where there is none, and nothing to be said. */
    @Nullable
    Decision asked(AgentState state, RspMessage message, ReplacementRequest request, Moment moment) {
        String ticket = request.ticket();
        Nid successor = message.type().peer();
        if (ticket == null || successor == null) {
            return null;
        }
        String refusal = state.behaviour() instanceof KeepsItsProfile keeps ? keeps.reason() : null;
        Address address = message.address()
                .findGid()
                .<Address>map(gid -> new Address.Member(successor, gid))
                .orElseGet(() -> new Address.Single(successor));
        return replies.given(
                        state,
                        new Publish(address, new ReplacementAnswer(request.id(), ticket, refusal)),
                        0,
                        false,
                        moment)
                .preceded(ACKNOWLEDGE);
    }

    /** D2: the ticket is here, and the old device can be asked. */
    Decision granted(AgentState state, ReplacementRequest request, TicketGranted granted, Moment moment) {
        ReplacementRequest next =
                new ReplacementRequest(request.id() + WITH_TICKET, request.reason(), request.iccid(), granted.ticket());
        AgentState asking = state.requests(state.requests().stream()
                .map(waiting -> waiting.body().equals(request) ? new Request(waiting.address(), next) : waiting)
                .toList());
        return errands.next(asking, moment).preceded(ACKNOWLEDGE);
    }

    /** D2: no ticket, or one that is good no more. */
    Decision refused(AgentState state, ReplacementRequest request, RequestRefused refusal, Moment moment) {
        return ended(state, request, new Tell(owners(request), refusal), moment);
    }

    /** E2 has come; empty when this device has not asked for it. */
    Optional<Decision> answered(AgentState state, ReplacementAnswer answer, Moment moment) {
        return state.requests().stream()
                .map(Request::body)
                .filter(ReplacementRequest.class::isInstance)
                .map(ReplacementRequest.class::cast)
                .filter(request -> answer.ticket().equals(request.ticket()))
                .findFirst()
                .map(request -> ended(state, request, new Tell(owners(request), answer), moment));
    }

    private Decision ended(AgentState state, ReplacementRequest request, Tell tell, Moment moment) {
        return errands.next(Errands.without(state, request.id()), moment).preceded(ACKNOWLEDGE, tell);
    }

    /** The id by which the owner knows the request. */
    private static String owners(ReplacementRequest request) {
        return request.ticket() == null
                ? request.id()
                : request.id().substring(0, request.id().length() - WITH_TICKET.length());
    }
}
