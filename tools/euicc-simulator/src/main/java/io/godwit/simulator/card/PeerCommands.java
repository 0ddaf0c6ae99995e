package io.godwit.simulator.card;

import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.peer.PeerAnswer;
import io.godwit.gsma.peer.PeerCommand;

/** What the SM-SR orders the extension under the card's own keys. There is no other way to an unlock. */
final class PeerCommands {
    private PeerCommands() {}

    /** The card after a command, and what it answers. */
    record Result(CardState next, ResponseApdu answer) {}

    static Result execute(CardState state, PeerCommand command) {
        PeerMemory next =
                command instanceof PeerCommand.Ask ? state.peer() : state.peer().notBelow(command.counter());
        if (command instanceof PeerCommand.Unlock unlock) {
            next = next.unlocked(unlock.ticket());
        }
        CardState after = state.with(next);
        return new Result(after, ResponseApdu.success(answer(after, command).encode()));
    }

    private static PeerAnswer answer(CardState state, PeerCommand command) {
        return new PeerAnswer(
                state.peer().floor(),
                state.profile(command.iccid())
                        .map(isdP ->
                                new PeerAnswer.Held(isdP.aid(), state.peer().state(isdP.aid()))));
    }
}
