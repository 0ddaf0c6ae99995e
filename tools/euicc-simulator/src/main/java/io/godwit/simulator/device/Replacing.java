package io.godwit.simulator.device;

import io.godwit.protocol.Address;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.RspMessage;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.ReplacementAnswer;
import io.godwit.protocol.body.StepBody.ReplacementReceipt;
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

/**
 * Flow E: a device that asks another one for its profile, and one that is asked for its own. Where the profile is installed anew
 * the cards hear of it by B1 alone; where it goes from card to card, the devices carry what the cards say.
 */
final class Replacing {
    /** What the id of the second E1 has behind that of the first: another message, of the same request. */
    private static final String WITH_TICKET = ".t";

    /** The same for the D1 of a device that asks for a profile of its own instead. */
    private static final String OF_ITS_OWN = ".d";

    private static final Acknowledge ACKNOWLEDGE = new Acknowledge();

    private final Nid nid;
    private final Errands errands;
    private final Replies replies;

    Replacing(Nid nid, Errands errands, Replies replies) {
        this.nid = nid;
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
        Address address = message.address()
                .findGid()
                .<Address>map(gid -> new Address.Member(successor, gid))
                .orElseGet(() -> new Address.Single(successor));
        if (state.behaviour() instanceof KeepsItsProfile keeps) {
            return said(state, address, new ReplacementAnswer(request.id(), ticket, keeps.reason()), false, moment);
        }
        Octets offer = request.offer();
        if (offer == null) {
            return said(state, address, new ReplacementAnswer(request.id(), ticket, null), false, moment);
        }
        Card.PeerReaction reaction =
                state.memory().card().export(offer, moment.now().getEpochSecond());
        String refusal = reaction.refusal() == null ? null : refused(reaction.refusal());
        return said(
                state.with(state.memory().with(reaction.next())),
                address,
                new ReplacementAnswer(request.id(), ticket, refusal, reaction.message()),
                reaction.refresh(),
                moment);
    }

    private Decision said(AgentState state, Address address, ReplacementAnswer answer, boolean refresh, Moment moment) {
        return replies.given(state, new Publish(address, answer), 0, refresh, moment)
                .preceded(ACKNOWLEDGE);
    }

    private static String refused(String code) {
        return "the card refuses: " + code;
    }

    /** D2: the ticket is here, and the old device can be asked. */
    Decision granted(AgentState state, ReplacementRequest request, TicketGranted granted, Moment moment) {
        Octets signed = granted.signed();
        Card.PeerReaction offered = signed == null
                ? null
                : state.memory().card().offer(signed, moment.now().getEpochSecond());
        if (offered != null && offered.refusal() != null) {
            return refused(state, request, new RequestRefused(request.id(), refused(offered.refusal())), moment);
        }
        ReplacementRequest next = new ReplacementRequest(
                request.id() + WITH_TICKET,
                request.reason(),
                request.iccid(),
                granted.ticket(),
                offered == null ? null : offered.message());
        AgentState told = offered == null ? state : state.with(state.memory().with(offered.next()));
        AgentState asking = told.requests(state.requests().stream()
                .map(waiting -> waiting.body().equals(request) ? new Request(waiting.address(), next) : waiting)
                .toList());
        return errands.next(asking, moment).preceded(ACKNOWLEDGE);
    }

    /**
     * D2: no ticket, or one that is good no more. Where the old device's profile is none for this one, it asks for one of its
     * own (flow D), as the paper has it (IV.D).
     */
    Decision refused(AgentState state, ReplacementRequest request, RequestRefused refusal, Moment moment) {
        AgentState next = refusal.pointsToFlowD() ? Errands.with(state, ofItsOwn(request)) : state;
        return ended(next, request, new Tell(owners(request), refusal), moment);
    }

    private Request ofItsOwn(ReplacementRequest request) {
        return new Request(
                new Address.Single(nid),
                new ClientRequest(owners(request) + OF_ITS_OWN, RequestReason.REPLACEMENT.literal()));
    }

    /** E2 has come; empty when neither this device nor its card has asked for it. */
    Optional<Decision> answered(AgentState state, ReplacementAnswer answer, Moment moment) {
        return state.requests().stream()
                .map(Request::body)
                .filter(ReplacementRequest.class::isInstance)
                .map(ReplacementRequest.class::cast)
                .filter(request -> answer.ticket().equals(request.ticket()))
                .findFirst()
                .map(request -> answered(state, request, answer, moment))
                .or(() -> forgotten(state, answer, moment));
    }

    private Decision answered(AgentState state, ReplacementRequest request, ReplacementAnswer answer, Moment moment) {
        Octets profile = answer.profile();
        if (profile == null || request.offer() == null) {
            return ended(state, request, new Tell(owners(request), answer), moment);
        }
        Card.PeerReaction reaction = state.memory().card().install(profile);
        AgentState installed = state.with(state.memory().with(reaction.next()));
        Octets receipt = reaction.message();
        if (receipt == null) {
            RequestRefused refusal = new RequestRefused(request.id(), refused(String.valueOf(reaction.refusal())));
            return refused(installed, request, refusal, moment);
        }
        return ended(installed, request, new Tell(owners(request), answer), moment)
                .preceded(receipted(answer, receipt));
    }

    /** What a device has asked for does not survive a power cut; what its card has offered does, and the card takes nothing else. */
    private Optional<Decision> forgotten(AgentState state, ReplacementAnswer answer, Moment moment) {
        Octets profile = answer.profile();
        if (profile == null) {
            return Optional.empty();
        }
        Card.PeerReaction reaction = state.memory().card().install(profile);
        return Optional.ofNullable(reaction.message())
                .map(receipt -> errands.next(state.with(state.memory().with(reaction.next())), moment)
                        .preceded(ACKNOWLEDGE)
                        .preceded(receipted(answer, receipt)));
    }

    private Publish receipted(ReplacementAnswer answer, Octets receipt) {
        return new Publish(
                new Address.Single(nid), new ReplacementReceipt(Sha256.id("p-", receipt), answer.ticket(), receipt));
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
