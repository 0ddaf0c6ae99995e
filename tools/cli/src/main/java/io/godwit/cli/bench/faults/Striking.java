package io.godwit.cli.bench.faults;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.FlowStep;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Strikes at an order that is under way: each fault when the order has come as far as the fault says. */
final class Striking {
    /** A2, B2 or C2, the notification and the answer to its confirmation. */
    private static final int MESSAGES_PER_CARD = 4;

    /** A2, five B2, the notification and the answer to its confirmation. */
    private static final int MESSAGES_PER_DOWNLOAD = 8;

    /** An order that makes no progress is struck nevertheless. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    private static final long POLL_MILLIS = 50;

    private final EnrolledFleet fleet;
    private final Victims victims;
    private final DeviceBehaviours behaviours;
    private final int messagesPerCard;
    private final Map<Eid, Aid> before;
    private final PrintWriter out;

    /** What dead processes have published, less what was published before the order. */
    private final Map<FlowStep, Long> publishedElsewhere = new EnumMap<>(FlowStep.class);

    /**
     * To be made before the order.
     *
     * @param before the enabled ISD-P of each card before the order
     */
    Striking(
            Installation installation,
            EnrolledFleet fleet,
            FleetSettings settings,
            DeviceBehaviours behaviours,
            OrderMode mode,
            Map<Eid, Aid> before,
            PrintWriter out) {
        this.fleet = fleet;
        this.victims = new Victims(installation, fleet, settings);
        this.behaviours = behaviours;
        this.messagesPerCard = messagesPerCard(mode);
        this.before = before;
        this.out = out;
        FleetSnapshot now = fleet.process().snapshot();
        for (FlowStep step : FlowStep.values()) {
            publishedElsewhere.put(step, -now.published(step));
        }
    }

    static int messagesPerCard(OrderMode mode) {
        return mode == OrderMode.DOWNLOAD ? MESSAGES_PER_DOWNLOAD : MESSAGES_PER_CARD;
    }

    /** Ends when all faults have been played, or when every card is done: what would come then would strike nothing. */
    List<Strike> strike(List<Fault> faults) throws IOException, InterruptedException {
        List<Strike> strikes = new ArrayList<>();
        for (Fault fault : faults) {
            await(fault.at() * messagesPerCard * before.size());
            FleetSnapshot now = fleet.process().snapshot();
            Strike strike = new Strike(fault, published(now, FlowStep.A2), answered(now), done());
            if (strike.done() == before.size()) {
                break;
            }
            out.println("  kill -9 " + strike.describe() + ", back after " + fault.downMillis() + " ms");
            out.flush();
            for (String victim : fault.victims()) {
                kill(victim);
            }
            Thread.sleep(fault.downMillis());
            for (String victim : fault.victims()) {
                restart(victim);
            }
            strikes.add(strike);
        }
        return strikes;
    }

    private void await(double messages) throws InterruptedException {
        long deadline = System.nanoTime() + STANDSTILL.toNanos();
        while (published(fleet.process().snapshot()) < messages
                && done() < before.size()
                && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private long published(FleetSnapshot now) {
        return published(now, FlowStep.A2) + answered(now) + published(now, FlowStep.D1);
    }

    private long answered(FleetSnapshot now) {
        return published(now, FlowStep.B2) + published(now, FlowStep.C2);
    }

    private long published(FleetSnapshot now, FlowStep step) {
        return publishedElsewhere.getOrDefault(step, 0L) + now.published(step);
    }

    private int done() {
        int done = 0;
        for (CardTruth card : fleet.process().truth()) {
            done += !card.notificationPending() && !card.enabledIsdP().equals(before.get(card.eid())) ? 1 : 0;
        }
        return done;
    }

    private void kill(String victim) throws InterruptedException {
        if (victim.equals(Fault.DEVICES)) {
            FleetSnapshot last = fleet.process().snapshot();
            for (FlowStep step : FlowStep.values()) {
                publishedElsewhere.merge(step, last.published(step), Long::sum);
            }
        }
        victims.kill(victim);
    }

    private void restart(String victim) throws IOException {
        victims.restart(victim);
        if (victim.equals(Fault.DEVICES)) {
            behaviours.playedBy(fleet.process());
        }
    }
}
