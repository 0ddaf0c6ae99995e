package io.godwit.cli.bench.faults;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;

/**
 * What a fault strikes, by its name: a component, or {@link Fault#DEVICES}.
 *
 * @param settings with which devices come back
 */
public record Victims(Installation installation, EnrolledFleet fleet, FleetSettings settings) {
    public void kill(String victim) throws InterruptedException {
        if (victim.equals(Fault.DEVICES)) {
            fleet.powerCut();
        } else {
            installation.kill(victim);
        }
    }

    /** Returns when the component serves; devices boot and connect behind it. */
    public void restart(String victim) throws IOException {
        if (victim.equals(Fault.DEVICES)) {
            fleet.powerUp(settings);
        } else {
            installation.restart(victim);
        }
    }
}
