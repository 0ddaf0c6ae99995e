package io.godwit.simulator.device;

import io.godwit.protocol.Address;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBody.CardNotification;
import io.godwit.simulator.device.Action.Count;
import io.godwit.simulator.device.Action.Publish;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.device.AgentState.Request;
import io.godwit.simulator.network.AttachRefusal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a device has to say by D1 or E1, one at a time: first the card's answer to a confirmation, then its notification, then
 * what the owner asks for.
 */
final class Errands {
    private final Address self;
    private final AgentSettings settings;

    Errands(Nid nid, AgentSettings settings) {
        this.self = new Address.Single(nid);
        this.settings = settings;
    }

    /** Takes up what is to be said now, if that is not under way already. */
    Decision next(AgentState state, Moment moment) {
        Optional<Errand> wanted = state.link() == Link.ONLINE ? wanted(state, moment) : Optional.empty();
        if (wanted.isEmpty()) {
            return Decision.of(state.errand(null));
        }
        Errand errand = wanted.get();
        if (state.errand() != null
                && state.errand().body().id().equals(errand.body().id())) {
            return Decision.of(state);
        }
        // Said on this connection already, and still pending: the SM-SR's confirmation did not satisfy the card.
        boolean settled = errand.body().id().equals(state.settledNotification());
        return settled ? Decision.of(state.errand(errand)) : said(state, errand, moment);
    }

    /** Says it again when its time has come. */
    Decision repeated(AgentState state, Moment moment) {
        Errand errand = state.errand();
        if (errand == null || moment.now().isBefore(errand.repeatAt()) || state.link() != Link.ONLINE) {
            return Decision.of(state);
        }
        return said(state, sealedAnew(errand, state, moment), moment).preceded(new Count(AgentEvent.REPEATED_D1));
    }

    /** The card may protect its notification with other keys by now, which the SM-SR knows in place of those from before. */
    private Errand sealedAnew(Errand errand, AgentState state, Moment moment) {
        return wanted(state, moment)
                .filter(now -> now.body() instanceof CardNotification
                        && errand.body() instanceof CardNotification
                        && !now.body().id().equals(errand.body().id()))
                .map(now -> new Errand(now.address(), now.body(), errand.attempts(), errand.repeatAt()))
                .orElse(errand);
    }

    private Decision said(AgentState state, Errand errand, Moment moment) {
        int attempts = errand.attempts() + 1;
        Duration pause = moment.jittered(settings.repeatAfter(attempts));
        return Decision.of(
                state.errand(new Errand(errand.address(), errand.body(), attempts, moment.after(pause))),
                new Publish(errand.address(), errand.body()));
    }

    private Optional<Errand> wanted(AgentState state, Moment moment) {
        if (state.memory().undelivered() != null) {
            return Optional.of(errand(self, state.memory().undelivered(), moment));
        }
        Optional<Octets> notification = state.memory().card().pendingNotification();
        if (notification.isPresent()) {
            StepBody body = new CardNotification(
                    Sha256.id("n-", notification.get()),
                    notification.get(),
                    state.memory().toTell().map(AttachRefusal::name).orElse(null));
            return Optional.of(errand(self, body, moment));
        }
        return state.requests().stream().findFirst().map(request -> errand(request.address(), request.body(), moment));
    }

    private Errand errand(Address address, StepBody body, Moment moment) {
        return new Errand(address, body, 0, moment.after(settings.longestRepeat()));
    }

    /** The request with that id is answered. */
    static AgentState without(AgentState state, String request) {
        return state.requests(state.requests().stream()
                .filter(waiting -> !waiting.body().id().equals(request))
                .toList());
    }

    /** One more request, behind those that wait. */
    static AgentState with(AgentState state, Request request) {
        return state.requests(
                Stream.concat(state.requests().stream(), Stream.of(request)).toList());
    }
}
