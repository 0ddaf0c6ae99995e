package io.godwit.simulator.card;

import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es5.Notification;
import io.godwit.gsma.es5.NotificationType;
import io.godwit.gsma.scp80.Counter;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.protocol.Eid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The EUM's factory: cards as they leave it, for fleets and for tests. */
public final class CardFactory {
    private static final int FREE_MEMORY = 262_144;

    private CardFactory() {}

    /**
     * A fresh card whose first ISD-P is the bootstrap profile: enabled, and the one to fall back to.
     *
     * @param isdPs profiles, disabled as {@link IsdP#withProfile} makes them; at least one
     * @throws IllegalArgumentException when no card could be in such a state
     */
    public static EuiccCard personalise(Eid eid, List<Scp80Keys> keys, List<IsdP> isdPs) {
        List<IsdP> installed = new ArrayList<>(isdPs);
        installed.set(0, isdPs.get(0).withState(LifeCycle.ENABLED).withFallback(true));
        return new EuiccCard(new CardState(
                eid,
                keys.stream().map(set -> new KeySet(set, Counter.ZERO)).toList(),
                installed,
                FREE_MEMORY,
                0,
                List.of(),
                Optional.empty(),
                false,
                ExecutionLog.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PeerMemory.NONE));
    }

    /** The same card with the group extension, a member of no group. */
    public static EuiccCard withGroupExtension(EuiccCard fresh) {
        return new EuiccCard(fresh.state().with(CardGroups.NONE));
    }

    /** The same card with the group extension, which has a certified key of its own. */
    public static EuiccCard withGroupExtension(EuiccCard fresh, ExtensionKey key) {
        CardState state = withGroupExtension(fresh).state();
        return new EuiccCard(new CardState(
                state.eid(),
                state.keySets(),
                state.isdPs(),
                state.freeMemory(),
                state.lastSequence(),
                state.pending(),
                state.rollBackTo(),
                state.refreshPending(),
                state.executions(),
                state.groups(),
                Optional.of(key),
                state.ecasd(),
                state.peer()));
    }

    /** The same card with an ECASD, so that profiles can be downloaded to it. */
    public static EuiccCard withEcasd(EuiccCard fresh, Ecasd ecasd) {
        return new EuiccCard(fresh.state().with(ecasd));
    }

    /** The same card, which will declare itself to the SM-SR at its first attach to a network (notification type 01). */
    public static EuiccCard declaringItself(EuiccCard fresh) {
        CardState state = fresh.state();
        Notification declaration = new Notification(
                state.eid(),
                NotificationType.EUICC_DECLARATION,
                1,
                state.enabled().aid());
        return new EuiccCard(new CardState(
                state.eid(),
                state.keySets(),
                state.isdPs(),
                state.freeMemory(),
                1,
                List.of(declaration),
                state.rollBackTo(),
                state.refreshPending(),
                state.executions(),
                state.groups(),
                state.extensionKey(),
                state.ecasd(),
                state.peer()));
    }
}
