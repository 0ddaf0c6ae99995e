package io.godwit.simulator.device;

import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.AgentState.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a device answers: at once, or after a part of the time that it was given; and the REFRESH comes after the answer. */
final class Replies {
    /** A device that holds back more than so many has been flooded, and answers at once. */
    private static final int MAX_WAITING = 16;

    private final Attachment attachment;

    Replies(Attachment attachment) {
        this.attachment = attachment;
    }

    /**
     * Answers, now or later.
     *
     * @param within milliseconds, of which a random part passes first
     * @param refresh whether the card asks for a REFRESH after this answer
     */
    Decision given(AgentState state, Publish answer, int within, boolean refresh, Moment moment) {
        // What is asked again while its answer waits is answered by that.
        if (state.replies().stream().anyMatch(waiting -> waiting.answer().equals(answer))) {
            return Decision.of(state);
        }
        Duration pause = moment.partOf(Duration.ofMillis(within));
        if (pause.isZero() || state.replies().size() >= MAX_WAITING) {
            return said(state, answer, refresh, moment);
        }
        List<Reply> waiting = new ArrayList<>(state.replies());
        waiting.add(new Reply(answer, moment.after(pause), refresh));
        return Decision.of(attachment.timed(state.replies(waiting), moment));
    }

    /** Says the first answer whose time has come; {@link AgentState#wakeAt} asks for the next one. */
    Decision due(AgentState state, Moment moment) {
        List<Reply> waiting = new ArrayList<>(state.replies());
        for (Reply reply : state.replies()) {
            if (state.link() == Link.ONLINE && !moment.now().isBefore(reply.at())) {
                waiting.remove(reply);
                return said(state.replies(waiting), reply.answer(), reply.refresh(), moment);
            }
        }
        return Decision.of(state);
    }

    private Decision said(AgentState state, Publish answer, boolean refresh, Moment moment) {
        AgentState next = attachment.timed(state.with(state.behaviour().afterAnswer()), moment);
        Decision said = new Decision(next, state.behaviour().say(answer));
        return refresh ? said.followed(attachment.refreshed(next, moment)) : said;
    }
}
