package io.godwit.cli.bench.bridge;

import io.godwit.cli.platform.BuildTree;
import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.access.MqttAccess;
import io.godwit.local.hivemq.BrokerExtension;
import io.godwit.protocol.Octets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Two brokers by turns on the same machine in one run: one with the bridge to Kafka (acks=all), one with an extension that
 * only acknowledges. The ratio of their PUBACKs per second is what the bridge costs.
 */
public final class BridgeBench {
    private static final List<Load> LOADS =
            List.of(new Load(50, 10, 256), new Load(50, 10, 1024), new Load(1000, 1, 256), new Load(1000, 1, 1024));
    private static final String NO_LIMIT = "1000000";
    private static final long WARM_UP_MILLIS = 20_000;

    private final BuildTree build;
    private final Path home;
    private final int rounds;
    private final long measureMillis;
    private final PrintWriter out;

    /**
     * @param home an empty folder or one of an earlier run
     * @param rounds how often each broker has its turn
     * @param measureMillis how long each load is measured, after as long unseen; the broker itself is warmed up before
     */
    public BridgeBench(BuildTree build, Path home, int rounds, long measureMillis, PrintWriter out) {
        this.build = build;
        this.home = home;
        this.rounds = rounds;
        this.measureMillis = measureMillis;
        this.out = out;
    }

    public void run() throws InterruptedException, ExecutionException {
        Octets pepper = Octets.of(new byte[32]);
        BenchFleet fleet = BenchFleet.of(1000);
        PlatformSettings settings =
                PlatformSettings.in(home).with(Part.KAFKA, Part.HIVEMQ).owned();
        Map<Load, List<Load.Measured>> peer = new HashMap<>();
        Map<Load, List<Load.Measured>> bridge = new HashMap<>();
        try (LocalPlatform platform = LocalPlatform.open(settings)) {
            Map<String, String> properties = new HashMap<>();
            properties.put("node.name", "bench");
            properties.put("credential.pepper", pepper.toHex());
            properties.put("rate.messages.per.second", NO_LIMIT);
            properties.put("rate.burst", NO_LIMIT);
            platform.kafka().clientProperties().forEach((key, value) -> properties.put("kafka." + key, value));
            platform.use(new BrokerExtension(build.acknowledgeOnlyZip(), Map.of()));
            platform.start();
            fleet.announce(platform.kafka(), pepper);
            for (int round = 1; round <= rounds; round++) {
                out.println("round " + round + " of " + rounds);
                platform.use(new BrokerExtension(build.acknowledgeOnlyZip(), Map.of()));
                turn("acknowledge only", platform, fleet, peer);
                platform.use(new BrokerExtension(build.extensionZip(), properties));
                turn("bridge", platform, fleet, bridge);
            }
        }
        report(peer, bridge);
    }

    private void turn(String name, LocalPlatform platform, BenchFleet fleet, Map<Load, List<Load.Measured>> results)
            throws InterruptedException {
        platform.restart("hivemq");
        MqttAccess broker = platform.mqtt();
        // A new JVM interprets and compiles at first; both brokers get the same time for that.
        Load.Measured unseen = LOADS.get(0).run(broker, fleet, WARM_UP_MILLIS, WARM_UP_MILLIS / 10);
        out.printf(Locale.ROOT, "  %-16s warmed up, at %.0f PUBACK/s%n", name, unseen.acknowledgedPerSecond());
        for (Load load : LOADS) {
            Load.Measured measured = load.run(broker, fleet, measureMillis, measureMillis);
            results.computeIfAbsent(load, key -> new ArrayList<>()).add(measured);
            out.printf(
                    Locale.ROOT,
                    "  %-16s %4d clients x %2d, %4d B: %8.0f PUBACK/s  p50 %6.2f ms  p99 %7.2f ms  not acknowledged %d%n",
                    name,
                    load.clients(),
                    load.window(),
                    load.octets(),
                    measured.acknowledgedPerSecond(),
                    measured.p50Millis(),
                    measured.p99Millis(),
                    measured.refused());
            out.flush();
        }
    }

    private void report(Map<Load, List<Load.Measured>> peer, Map<Load, List<Load.Measured>> bridge) {
        out.println();
        out.println(
                "| clients x in flight | payload | acknowledge only | bridge, acks=all | ratio (each round) | bridge p50 | bridge p99 |");
        out.println("|---|---|---|---|---|---|---|");
        for (Load load : LOADS) {
            List<Load.Measured> limits = peer.getOrDefault(load, List.of());
            List<Load.Measured> ours = bridge.getOrDefault(load, List.of());
            List<String> ratios = new ArrayList<>();
            for (int round = 0; round < Math.min(limits.size(), ours.size()); round++) {
                ratios.add(String.format(
                        Locale.ROOT,
                        "%.2f",
                        ours.get(round).acknowledgedPerSecond()
                                / limits.get(round).acknowledgedPerSecond()));
            }
            out.printf(
                    Locale.ROOT,
                    "| %d x %d | %d B | %.0f/s | %.0f/s | %s | %.2f ms | %.2f ms |%n",
                    load.clients(),
                    load.window(),
                    load.octets(),
                    mean(limits),
                    mean(ours),
                    String.join(", ", ratios),
                    ours.stream()
                            .mapToDouble(Load.Measured::p50Millis)
                            .average()
                            .orElse(0),
                    ours.stream()
                            .mapToDouble(Load.Measured::p99Millis)
                            .average()
                            .orElse(0));
        }
        out.flush();
    }

    private static double mean(List<Load.Measured> measured) {
        return measured.stream()
                .mapToDouble(Load.Measured::acknowledgedPerSecond)
                .average()
                .orElse(0);
    }
}
