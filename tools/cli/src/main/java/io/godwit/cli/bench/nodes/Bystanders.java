package io.godwit.cli.bench.nodes;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.protocol.FlowStep;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Connected devices that an order does not concern: some of the same tenant in another group, some of another tenant in a
 * group of the same gid. Whatever reaches them is a wrong delivery.
 */
final class Bystanders implements AutoCloseable {
    private static final String OTHERS = "-others";

    private record Fleet(EnrolledFleet devices, long before) {}

    private final List<Fleet> fleets = new ArrayList<>();

    /**
     * Ends when all of them are connected and configured: from then on they are owed nothing.
     *
     * @param gid of the group that is ordered for
     * @param count of each kind
     */
    static Bystanders enrol(Installation installation, String tenant, String gid, int count)
            throws IOException, InterruptedException {
        Bystanders bystanders = new Bystanders();
        try {
            bystanders.add(installation, tenant, gid + OTHERS, count);
            bystanders.add(installation, tenant + OTHERS, gid, count);
        } catch (IOException | RuntimeException | InterruptedException e) {
            bystanders.close();
            throw e;
        }
        return bystanders;
    }

    private void add(Installation installation, String tenant, String gid, int count)
            throws IOException, InterruptedException {
        RegistryClient registry = Operator.of(installation, tenant);
        registry.putGroup(gid, null);
        EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry);
        fleets.add(new Fleet(fleet, 0));
        fleet.enrol(count, gid);
        fleet.connect(installation.mqtt(), AgentSettings.DEFAULT);
        fleet.awaitConfiguration(gid, count);
        fleets.set(fleets.size() - 1, new Fleet(fleet, delivered(fleet)));
    }

    /** Messages that have reached any of them since. */
    long wrongDeliveries() {
        return fleets.stream()
                .mapToLong(fleet -> delivered(fleet.devices()) - fleet.before())
                .sum();
    }

    private static long delivered(EnrolledFleet fleet) {
        FleetSnapshot now = fleet.process().snapshot();
        long played = Arrays.stream(FlowStep.values()).mapToLong(now::received).sum();
        return played + WrongDeliveries.ignored(now);
    }

    @Override
    public void close() throws IOException {
        for (Fleet fleet : fleets) {
            fleet.devices().close();
        }
    }
}
