package io.godwit.cli.scenario;

import io.godwit.cli.registry.RegistryException;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.time.Duration;

/** When a fleet has come to rest after an order. */
public final class Settling {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 250;

    private Settling() {}

    /**
     * Waits until every device is connected and no card has anything unconfirmed.
     *
     * @throws RegistryException when they do not settle within two minutes
     */
    public static void await(EnrolledFleet fleet) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            FleetSnapshot snapshot = fleet.process().snapshot();
            if (snapshot.connected() == snapshot.registered()
                    && fleet.process().truth().stream().noneMatch(CardTruth::notificationPending)) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new RegistryException(0, "the devices did not settle within " + PATIENCE.toSeconds() + " s");
    }
}
