package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.protocol.Nid;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSettings;
import java.util.List;

/**
 * Where the devices are, and how they come back after a strike.
 *
 * @param nids first those with a subscription, then as many without
 */
record StruckFleet(EnrolledFleet fleet, FleetSettings settings, Carrier carrier, String gid, List<Nid> nids) {
    StruckFleet {
        nids = List.copyOf(nids);
    }

    CardTruth card(Nid nid) {
        return fleet.card(nid).orElseThrow();
    }

    long subscriptionsOnCards() {
        return carrier.stock().number("Consumed").orElse(0L);
    }
}
