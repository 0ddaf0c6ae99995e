package io.godwit.cli.bench;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.DownloadRun;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.cli.scenario.OrderResult;
import io.godwit.cli.scenario.OrderRun;
import io.godwit.cli.scenario.Subscriptions;
import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.AgentSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** New cards in one group, connected and configured: what is ordered then meets a platform with nothing else to do. */
public final class BenchGroup implements AutoCloseable {
    private final String gid;
    private final List<Nid> cards;
    private final EnrolledFleet fleet;
    private final OrderRun orders;
    private final DownloadRun downloads;
    private final PrintWriter out;
    private boolean operational;

    private BenchGroup(
            String gid, List<Nid> cards, EnrolledFleet fleet, OrderRun orders, DownloadRun downloads, PrintWriter out) {
        this.gid = gid;
        this.cards = cards;
        this.fleet = fleet;
        this.orders = orders;
        this.downloads = downloads;
        this.out = out;
    }

    /** @param patience how long each order may take */
    public static BenchGroup enrol(
            Installation installation,
            String tenant,
            RegistryClient registry,
            int cards,
            Duration patience,
            PrintWriter out)
            throws IOException, InterruptedException {
        String gid = "bench-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry);
        List<Nid> nids;
        try {
            long start = System.nanoTime();
            nids = fleet.enrol(cards, gid);
            double enrolled = seconds(start);
            fleet.connect(installation.mqtt(), AgentSettings.DEFAULT);
            double connected = seconds(start);
            fleet.awaitConfiguration(gid, cards);
            out.printf(
                    Locale.ROOT,
                    "-- %d cards: enrolled in %.1f s, connected in %.1f s, all with their group's configuration %.1f s later%n",
                    cards,
                    enrolled,
                    connected - enrolled,
                    seconds(start) - connected);
            out.flush();
        } catch (IOException | RuntimeException | InterruptedException e) {
            fleet.close();
            throw e;
        }
        return new BenchGroup(
                gid,
                nids,
                fleet,
                new OrderRun(installation, registry, fleet, patience, out, false),
                new DownloadRun(installation, registry, fleet, patience, out),
                out);
    }

    /**
     * Enables the operational profile, next time the bootstrap profile again, and so on.
     *
     * @throws RegistryException a card has not succeeded, or differs from its EIS: what was measured means nothing
     */
    public OrderResult order(OrderMode mode) throws InterruptedException {
        String type = operational ? "bootstrap" : "operational";
        out.println("   " + mode.literal() + " mode, EnableProfile {type: " + type + "}");
        OrderResult result = orders.run(
                mode,
                new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType(type)),
                gid,
                cards.size());
        requireSound(result);
        operational = !operational;
        return result;
    }

    /**
     * Downloads a profile to each card, without enabling it.
     *
     * @param octets of each package
     * @throws RegistryException as for {@link #order}
     */
    public OrderResult download(int octets) throws InterruptedException {
        out.println("   DownloadProfile, packages of " + octets + " octets");
        Subscriptions subscriptions = fleet.subscriptions(octets);
        OrderResult result =
                downloads.run(cards, gid, () -> subscriptions.next(false).body(), false);
        requireSound(result);
        return result;
    }

    private static void requireSound(OrderResult result) {
        if (!result.isSound()) {
            throw new RegistryException(
                    0, "not every card has succeeded and is where its EIS says it is: " + result.outcomes());
        }
    }

    @Override
    public void close() throws IOException {
        fleet.close();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
