package io.godwit.cli.bench.nodes;

import io.godwit.protocol.Nid;
import io.godwit.simulator.FleetProcess;
import io.godwit.simulator.device.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Devices that take their time, each another, so that outcomes come one by one and an order has a middle. */
final class SlowAnswers {
    private static final int STEPS = 30;

    private SlowAnswers() {}

    /** Each answer of a device takes from nothing to {@code spread}, always the same. */
    static void of(List<Nid> nids, Duration spread, FleetProcess fleet) {
        for (int step = 0; step < STEPS; step++) {
            List<Nid> those = new ArrayList<>();
            for (int i = step; i < nids.size(); i += STEPS) {
                those.add(nids.get(i));
            }
            if (!those.isEmpty()) {
                fleet.play(those, new Behaviour.Slow(spread.multipliedBy(step).dividedBy(STEPS)));
            }
        }
    }
}
