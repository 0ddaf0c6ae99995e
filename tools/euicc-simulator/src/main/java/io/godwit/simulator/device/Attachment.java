package io.godwit.simulator.device;

import io.godwit.simulator.device.Action.Connect;
import io.godwit.simulator.device.Action.Count;
import io.godwit.simulator.device.Action.Disconnect;
import io.godwit.simulator.device.AgentState.Link;
import io.godwit.simulator.device.Behaviour.NoNetworkWithNewProfile;
import io.godwit.simulator.device.Behaviour.Offline;
import io.godwit.simulator.network.AttachRefusal;
import io.godwit.simulator.network.Coverage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a device goes on the air and leaves it: power, REFRESH, lost connections, profiles without network, timers. */
final class Attachment {
    private final AgentSettings settings;
    private final Coverage coverage;
    private final AttachProcedure procedure;

    Attachment(AgentSettings settings, Coverage coverage, AttachProcedure procedure) {
        this.settings = settings;
        this.coverage = coverage;
        this.procedure = procedure;
    }

    Decision started(AgentState state, Moment moment) {
        return goOnline(timed(restarted(state), moment), Duration.ZERO, moment);
    }

    /** The connection is gone: wanted after a REFRESH or by the script, unwanted otherwise. */
    Decision lost(AgentState state, Moment moment) {
        if (state.link() == Link.LEAVING) {
            return rebooted(state.with(Link.OFF, 0), moment);
        }
        int failures = state.failures() + 1;
        Duration pause = moment.jittered(settings.reconnectAfter(failures));
        return goOnline(state.with(Link.OFF, failures), pause, moment).preceded(new Count(AgentEvent.CONNECTION_LOST));
    }

    /** Leaves the connection, to come back; a device without one just starts again. */
    Decision refreshed(AgentState state, Moment moment) {
        return switch (state.link()) {
            case ONLINE -> Decision.of(state.with(Link.LEAVING, 0), new Disconnect());
            case NO_NETWORK -> rebooted(state.with(Link.OFF, 0), moment);
            case ATTACHING ->
                state.memory().card().enabledProfile().equals(state.attachedWith())
                        ? Decision.of(state)
                        : rebooted(state.with(Link.OFF, 0), moment);
            // A connection that is being made comes up with the profile that is enabled by then, if that need not
            // attach.
            case CONNECTING ->
                procedure.isWanted(restarted(state))
                        ? Decision.of(state.with(Link.LEAVING, 0), new Disconnect())
                        : Decision.of(restarted(state));
            case LEAVING, OFF -> Decision.of(state);
        };
    }

    /** The card has lost its power for a moment: a REFRESH that was owed is done. */
    private static AgentState restarted(AgentState state) {
        return state.with(state.memory().with(state.memory().card().rebooted()))
                .replies(state.replies().stream().map(Reply::refreshed).toList())
                .attachedWith(null);
    }

    /** Gives the card the timer events whose time has come. */
    Decision timersChecked(AgentState state, Moment moment) {
        Card card = state.memory().card();
        if (isDue(state.confirmBy(), moment)) {
            // A scripted dead zone was for the profile that is now rolled back.
            Behaviour next =
                    state.behaviour() instanceof NoNetworkWithNewProfile ? new Behaviour.Obeys() : state.behaviour();
            return afterTimer(state.confirmBy(null).with(next), card.timerExpired(), AgentEvent.TIMER_EXPIRED, moment);
        }
        if (isDue(state.attachBy(), moment)) {
            return afterTimer(
                    state.attachBy(moment.after(settings.networkLossTimeout())),
                    card.networkLost(),
                    AgentEvent.NETWORK_LOST,
                    moment);
        }
        return Decision.of(state);
    }

    private Decision afterTimer(AgentState state, Card.Reaction reaction, AgentEvent event, Moment moment) {
        AgentState told = timed(state.with(state.memory().with(reaction.next())), moment);
        return (reaction.refresh() ? refreshed(told, moment) : Decision.of(told)).preceded(new Count(event));
    }

    private Decision rebooted(AgentState state, Moment moment) {
        return goOnline(timed(restarted(state), moment), moment.jittered(settings.reboot()), moment)
                .preceded(new Count(AgentEvent.REBOOTED));
    }

    private Decision goOnline(AgentState state, Duration pause, Moment moment) {
        return attaches(state) && procedure.isWanted(state)
                ? procedure.begun(state).orElseGet(() -> refused(state, AttachRefusal.UNKNOWN_SUBSCRIBER, moment))
                : connecting(state, pause, moment);
    }

    /** The network has let the device attach; that takes as long as a REFRESH does. */
    Decision attached(AgentState state, Moment moment) {
        AgentState attached = state.with(state.memory().attached());
        return connecting(attached, moment.jittered(settings.reboot()), moment)
                .preceded(new Count(AgentEvent.ATTACHED));
    }

    /**
     * The network does not want the profile. Nothing but another profile, or another start, is worth another attempt; what has
     * to be done is done by the timers.
     */
    Decision refused(AgentState state, AttachRefusal reason, Moment moment) {
        AgentEvent event =
                switch (reason) {
                    case UNKNOWN_SUBSCRIBER -> AgentEvent.REFUSED_UNKNOWN_SUBSCRIBER;
                    case MAC_FAILURE -> AgentEvent.REFUSED_MAC_FAILURE;
                    case RES_MISMATCH -> AgentEvent.REFUSED_RES_MISMATCH;
                    case SYNC_FAILURE -> AgentEvent.REFUSED_SYNC_FAILURE;
                };
        return withoutNetwork(state.with(state.memory().refusing(reason)).attachedWith(null), moment)
                .preceded(new Count(event));
    }

    private Decision connecting(AgentState state, Duration pause, Moment moment) {
        if (state.behaviour() instanceof Offline offline) {
            return Decision.of(
                    state.with(new Behaviour.Obeys()).with(Link.CONNECTING, state.failures()),
                    new Connect(offline.time()));
        }
        return attaches(state)
                ? Decision.of(state.with(Link.CONNECTING, state.failures()), new Connect(pause))
                : withoutNetwork(state, moment);
    }

    private Decision withoutNetwork(AgentState state, Moment moment) {
        AgentState without = state.with(Link.NO_NETWORK, 0);
        // A profile that is not confirmed yet is the confirmation timer's business.
        return Decision.of(
                without.confirmBy() == null ? without.attachBy(moment.after(settings.networkLossTimeout())) : without);
    }

    private boolean attaches(AgentState state) {
        Card card = state.memory().card();
        boolean barred = state.behaviour() instanceof NoNetworkWithNewProfile && card.awaitsConfirmation();
        return !barred && coverage.attaches(card.enabledProfile());
    }

    /**
     * The confirmation timer runs while the card waits, from the change on; when an answer to a group's message has to go
     * before the REFRESH, from that answer on.
     */
    AgentState timed(AgentState state, Moment moment) {
        if (!state.memory().card().awaitsConfirmation() || state.owesRefresh()) {
            return state.confirmBy() == null ? state : state.confirmBy(null);
        }
        return state.confirmBy() != null ? state : state.confirmBy(moment.after(settings.confirmationTimeout()));
    }

    private static boolean isDue(@Nullable Instant deadline, Moment moment) {
        return deadline != null && !moment.now().isBefore(deadline);
    }
}
