package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.CampaignFigures;
import io.godwit.protocol.FlowStep;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts messages and processor time from its making to its reading. */
public final class OrderMeter {
    private final EnrolledFleet fleet;
    private final ServerPublishes server;
    private final FleetSnapshot before;
    private final CpuMeter cpu;
    private final long startedAt;

    public OrderMeter(Installation installation, EnrolledFleet fleet) {
        this.fleet = fleet;
        this.server = ServerPublishes.from(
                installation.platform().kafka(), fleet.tenant().value());
        this.before = fleet.process().snapshot();
        this.cpu = new CpuMeter(installation, fleet.process());
        this.startedAt = System.nanoTime();
    }

    /** {@link System#nanoTime()} when counting began. */
    long startedAt() {
        return startedAt;
    }

    /** What was counted by now. */
    public Reading read(long cards) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        Map<String, Double> cpuPerCard = cpu.perCard(cards);
        FleetSnapshot after = fleet.process().snapshot();
        ServerPublishes.Count published = server.count();
        Map<String, Long> publishes = new TreeMap<>();
        for (FlowStep step : FlowStep.values()) {
            long count = published.publishes().getOrDefault(step, 0L) + after.published(step) - before.published(step);
            if (count > 0) {
                publishes.put(step.name(), count);
            }
        }
        return new Reading(cards, seconds, publishes, published, cpuPerCard);
    }

    /** Messages by step, and processor time a card by process. */
    public record Reading(
            long cards,
            double seconds,
            Map<String, Long> publishes,
            ServerPublishes.Count server,
            Map<String, Double> cpuMillisPerCard) {
        OrderResult result(
                String function,
                OrderMode mode,
                long succeeded,
                Map<String, Long> outcomes,
                List<String> mismatches,
                @Nullable CampaignFigures campaign) {
            return new OrderResult(
                    function,
                    mode,
                    cards,
                    succeeded,
                    cards - succeeded,
                    outcomes,
                    seconds,
                    publishes,
                    server.publishes().values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    server.octets(),
                    cpuMillisPerCard,
                    mismatches,
                    campaign);
        }
    }
}
