package io.godwit.simulator.device;

import io.godwit.gsma.profile.Imsi;
import io.godwit.protocol.Iccid;
import io.godwit.simulator.device.Action.Answer;
import io.godwit.simulator.device.Action.Attach;
import io.godwit.simulator.device.Action.Count;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.network.Coverage;
import io.godwit.simulator.network.UsimAnswer;
import java.util.Optional;

/** A device between its network and its card while it attaches: it carries the challenge to the one and the answer to the other. */
final class AttachProcedure {
    private final Coverage coverage;

    AttachProcedure(Coverage coverage) {
        this.coverage = coverage;
    }

    /** Whether the network wants the enabled profile to authenticate, which it has not done since the card has power. */
    boolean isWanted(AgentState state) {
        Card card = state.memory().card();
        return coverage.authenticating()
                && !card.enabledProfile().equals(state.attachedWith())
                && card.subscription().isPresent();
    }

    /** Asks for attachment; empty when the profile has keys and no IMSI, so that no network can know it. */
    Optional<Decision> begun(AgentState state) {
        Card card = state.memory().card();
        Iccid profile = card.enabledProfile();
        Optional<Imsi> imsi = card.subscription().flatMap(subscription -> subscription.imsi());
        return imsi.map(known -> Decision.of(
                state.with(Link.ATTACHING, state.failures()).attachedWith(profile), new Attach(profile, known)));
    }

    Decision challenged(AgentState state, Input.Challenged challenge) {
        if (!isUnderWay(state, challenge.profile())) {
            return Decision.of(state);
        }
        Card.Authentication done = state.memory().card().authenticate(challenge.rand(), challenge.autn());
        Decision answered = Decision.of(
                state.with(state.memory().with(done.next())),
                new Answer(challenge.profile(), challenge.imsi(), done.answer()));
        return done.answer() instanceof UsimAnswer.SyncFailure
                ? answered.preceded(new Count(AgentEvent.RESYNCHRONISED))
                : answered;
    }

    /** Whether the network speaks of what the device is doing, and not of a profile that the card has left. */
    static boolean isUnderWay(AgentState state, Iccid profile) {
        return state.link() == Link.ATTACHING
                && profile.equals(state.attachedWith())
                && profile.equals(state.memory().card().enabledProfile());
    }
}
