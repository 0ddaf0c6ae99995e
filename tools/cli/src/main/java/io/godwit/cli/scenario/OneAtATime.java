package io.godwit.cli.scenario;

import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.FleetProcess;
import io.godwit.simulator.FleetProcessException;
import io.godwit.simulator.fleet.CardTruth;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at the cards again and again while a subscription moves: once the successor has it enabled, the old card must be
 * without it, for ever.
 */
public final class OneAtATime implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final Supplier<FleetProcess> fleet;
    private final Nid old;
    private final Nid successor;
    private final Iccid iccid;
    private final Thread thread = new Thread(this::look, "one-at-a-time");
    private volatile boolean over;
    private volatile boolean enabled;
    private volatile boolean broken;
    private volatile boolean looked;
    private volatile boolean lookedToTheEnd;

    private OneAtATime(Supplier<FleetProcess> fleet, Nid old, Nid successor, Iccid iccid) {
        this.fleet = fleet;
        this.old = old;
        this.successor = successor;
        this.iccid = iccid;
        thread.setDaemon(true);
    }

    /** Begins to look at both cards, which one fleet plays; a process that is killed and started anew is waited for. */
    public static OneAtATime watch(Supplier<FleetProcess> fleet, Nid old, Nid successor, Iccid iccid) {
        OneAtATime watch = new OneAtATime(fleet, old, successor, iccid);
        watch.thread.start();
        return watch;
    }

    private void look() {
        try {
            while (!over) {
                try {
                    look(fleet.get().truth());
                } catch (FleetProcessException e) {
                    // Its power is cut; its cards change nothing meanwhile.
                }
                Thread.sleep(PERIOD_MILLIS);
            }
            lookedToTheEnd = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What an earlier look has shown held before all that this one shows, in whatever order the cards were read. */
    private void look(List<CardTruth> cards) {
        if (enabled && !states(cards, old).isEmpty()) {
            broken = true;
        }
        if (states(cards, successor).contains(ProfileState.State.ENABLED)) {
            enabled = true;
        }
        looked = true;
    }

    private List<ProfileState.State> states(List<CardTruth> cards, Nid nid) {
        return cards.stream()
                .filter(card -> nid.equals(card.nid()))
                .flatMap(card -> card.profiles().stream())
                .filter(profile -> profile.iccid().equals(iccid))
                .map(ProfileState::state)
                .toList();
    }

    /** Ends, and says whether it has looked, and never has seen both cards with it when the successor had it enabled. */
    public boolean held() throws InterruptedException {
        close();
        thread.join();
        return looked && lookedToTheEnd && !broken;
    }

    /** Looks no more. */
    @Override
    public void close() {
        over = true;
    }
}
