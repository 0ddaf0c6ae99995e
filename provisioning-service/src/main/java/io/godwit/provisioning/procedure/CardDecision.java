package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.provisioning.request.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of one input to a card.
 *
 * @param next the card and its procedures that have no outcome yet
 * @param ended those that got theirs now
 * @param steps the transitions that procedures made, in order
 * @param ignored why it, or a part of it, changed nothing
 * @param groupRequests orders on whole groups that were granted
 * @param tickets requests of the card that are new or have got further
 * @param keys the card's SCP80 key set from now on; {@code null}: the one from before
 */
public record CardDecision(
        CardFile next,
        List<Procedure> ended,
        List<Outgoing> send,
        List<Fact> facts,
        List<Transitions.Transition> steps,
        List<Ignored> ignored,
        List<GroupRequest> groupRequests,
        List<Ticket> tickets,
        @Nullable Scp80Keys keys) {
    public CardDecision {
        ended = List.copyOf(ended);
        send = List.copyOf(send);
        facts = List.copyOf(facts);
        steps = List.copyOf(steps);
        ignored = List.copyOf(ignored);
        groupRequests = List.copyOf(groupRequests);
        tickets = List.copyOf(tickets);
    }
}
