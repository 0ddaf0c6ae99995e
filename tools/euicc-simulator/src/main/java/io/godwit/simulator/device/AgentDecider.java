package io.godwit.simulator.device;

import io.godwit.protocol.Nid;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody.ClientRequest;
import io.godwit.protocol.body.StepBody.RequestRefused;
import io.godwit.simulator.device.Action.Disconnect;
import io.godwit.simulator.device.Action.Tell;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.device.AgentState.Request;
import io.godwit.simulator.network.Coverage;
import java.util.List;

/**
 * What one device does: a pure function from what it is and what happens to what it is then and has to do. An input that
 * does not fit the state changes nothing.
 */
public final class AgentDecider {
    private static final int MAX_REQUESTS = 8;
    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    private final AttachProcedure procedure;
    private final Attachment attachment;
    private final Errands errands;
    private final Replies replies;
    private final Conversation conversation;

    public AgentDecider(Nid nid, AgentSettings settings, Coverage coverage) {
        this.procedure = new AttachProcedure(coverage);
        this.attachment = new Attachment(settings, coverage, procedure);
        this.errands = new Errands(nid, settings);
        this.replies = new Replies(attachment);
        this.conversation =
                new Conversation(nid, CODEC, attachment, errands, replies, new Replacing(nid, errands, replies));
    }

    public Decision decide(AgentState state, Input input, Moment moment) {
        if (input instanceof Input.Delivered delivered) {
            // Off the air nothing is acknowledged either: the broker keeps it, or the SM-SR sends it again.
            return state.link() == Link.ONLINE
                    ? conversation.delivered(state, delivered.payload(), moment)
                    : Decision.of(state);
        }
        if (input instanceof Input.Woken) {
            Decision timers = attachment.timersChecked(state, moment);
            Decision answers = timers.followed(replies.due(timers.next(), moment));
            return answers.followed(errands.repeated(answers.next(), moment));
        }
        if (input instanceof Input.Connected) {
            return state.link() == Link.CONNECTING
                    ? errands.next(state.with(Link.ONLINE, 0), moment)
                    : Decision.of(state);
        }
        if (input instanceof Input.Lost) {
            return state.hasConnection() ? attachment.lost(state, moment) : Decision.of(state);
        }
        if (input instanceof Input.Challenged challenge) {
            return procedure.challenged(state, challenge);
        }
        if (input instanceof Input.Attached attached) {
            return AttachProcedure.isUnderWay(state, attached.profile())
                    ? attachment.attached(state, moment)
                    : Decision.of(state);
        }
        if (input instanceof Input.AttachRefused refused) {
            return AttachProcedure.isUnderWay(state, refused.profile())
                    ? attachment.refused(state, refused.reason(), moment)
                    : Decision.of(state);
        }
        if (input instanceof Input.Asked asked) {
            return wanted(state, new Request(asked.address(), new ClientRequest(asked.id(), asked.reason())), moment);
        }
        if (input instanceof Input.AskedPeer asked) {
            return wanted(state, Replacing.request(asked), moment);
        }
        if (input instanceof Input.Scripted scripted) {
            AgentState other = state.with(scripted.behaviour());
            return scripted.behaviour() instanceof Behaviour.Offline
                    ? attachment.refreshed(other, moment)
                    : Decision.of(other);
        }
        if (input instanceof Input.Stopped) {
            return state.link() == Link.OFF
                    ? Decision.of(state)
                    : Decision.of(state.with(Link.OFF, 0).replies(List.of()).confirmBy(null), new Disconnect());
        }
        return state.link() == Link.OFF ? attachment.started(state, moment) : Decision.of(state);
    }

    private Decision wanted(AgentState state, Request request, Moment moment) {
        String id = request.body().id();
        return state.requests().size() >= MAX_REQUESTS
                ? Decision.of(state, new Tell(id, new RequestRefused(id, "too many requests wait for an answer")))
                : errands.next(Errands.with(state, request), moment);
    }
}
