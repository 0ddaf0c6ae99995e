package io.godwit.cli.bench.connections;

import io.godwit.cli.demo.Demo;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.CpuMeter;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.local.ComponentUsage;
import io.godwit.simulator.device.AgentSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Enrols and connects many cards, and looks at every process before, behind, and after a minute of quiet. */
public final class ConnectionsBench {
    private static final long QUIET_MILLIS = 60_000;

    private final Installation installation;
    private final RegistryClient registry;
    private final PrintWriter out;

    public ConnectionsBench(Installation installation, RegistryClient registry, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.out = out;
    }

    public void run(int cards) throws IOException, InterruptedException {
        String gid = "connections-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        List<ComponentUsage> before = installation.usage();
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, Demo.TENANT, registry)) {
            long startedAt = System.nanoTime();
            fleet.enrol(cards, gid);
            long enrolledAt = System.nanoTime();
            CpuMeter connecting = new CpuMeter(installation, fleet.process());
            fleet.connect(installation.mqtt(), AgentSettings.DEFAULT);
            long connectedAt = System.nanoTime();
            Map<String, Double> connectCost = connecting.perCard(cards);
            fleet.awaitConfiguration(gid, cards);
            CpuMeter quiet = new CpuMeter(installation, fleet.process());
            Thread.sleep(QUIET_MILLIS);
            Map<String, Double> quietCost = quiet.perCard(1);
            out.printf(
                    Locale.ROOT,
                    "%d cards enrolled in %.1f s, connected in %.1f s%n%n",
                    cards,
                    (enrolledAt - startedAt) / 1e9,
                    (connectedAt - enrolledAt) / 1e9);
            out.println(
                    "| process | memory before | memory connected | CPU to connect, ms a card | CPU of a quiet minute |");
            out.println("|---|---|---|---|---|");
            for (ComponentUsage now : installation.usage()) {
                long atStart = before.stream()
                        .filter(one -> one.name().equals(now.name()))
                        .mapToLong(ComponentUsage::residentKilobytes)
                        .findFirst()
                        .orElse(0);
                row(now.name(), atStart / 1024, now.residentKilobytes() / 1024, connectCost, quietCost);
            }
            long devices = fleet.process().snapshot().process().residentOctets() / (1024 * 1024);
            row(CpuMeter.DEVICES, 0, devices, connectCost, quietCost);
            out.flush();
        }
    }

    private void row(String name, long before, long after, Map<String, Double> connect, Map<String, Double> quiet) {
        out.printf(
                Locale.ROOT,
                "| %s | %d MB | %d MB | %.2f | %.0f ms |%n",
                name,
                before,
                after,
                connect.getOrDefault(name, 0.0),
                quiet.getOrDefault(name, 0.0));
    }
}
