package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.CampaignFigures;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.OperationWatch.Watched;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Orders a function for a group, waits for its last outcome, and holds the result against the cards. */
public final class OrderRun {
    private final Installation installation;
    private final RegistryClient registry;
    private final EnrolledFleet fleet;
    private final Duration patience;
    private final PrintWriter out;
    private final boolean terminal;

    /**
     * @param patience how long an order may take
     * @param terminal whether {@code out} is a terminal, on which a line can be written over
     */
    public OrderRun(
            Installation installation,
            RegistryClient registry,
            EnrolledFleet fleet,
            Duration patience,
            PrintWriter out,
            boolean terminal) {
        this.installation = installation;
        this.registry = registry;
        this.fleet = fleet;
        this.patience = patience;
        this.out = out;
        this.terminal = terminal;
    }

    /** @param cards how many members {@code gid} has */
    public OrderResult run(OrderMode mode, EsFunction function, String gid, int cards) throws InterruptedException {
        ServerPublishes server = ServerPublishes.from(
                installation.platform().kafka(), fleet.tenant().value());
        FleetSnapshot before = fleet.process().snapshot();
        CpuMeter cpu = new CpuMeter(installation, fleet.process());
        long orderedAt = System.nanoTime();
        String operation = order(mode, function, gid);
        Watched watched =
                new OperationWatch(registry, new Progress(out, terminal)).watch(operation, cards, orderedAt, patience);
        double seconds = (System.nanoTime() - orderedAt) / 1e9;
        Map<String, Double> cpuPerCard = cpu.perCard(cards);
        FleetSnapshot after = fleet.process().snapshot();
        if (watched instanceof Watched.Incomplete incomplete) {
            out.println("  " + incomplete.sentence());
            out.flush();
        }
        ServerPublishes.Count published = server.count();
        long succeeded = watched.operation().number("succeeded").orElse(0L);
        return new OrderResult(
                describe(function),
                mode,
                cards,
                succeeded,
                cards - succeeded,
                OutcomeCounts.of(registry.outcomes(operation)),
                seconds,
                publishes(published.publishes(), before, after),
                published.publishes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                published.octets(),
                cpuPerCard,
                CardComparison.mismatches(registry, gid, fleet.process().truth()),
                CampaignFigures.of(watched.operation()).orElse(null));
    }

    private String order(OrderMode mode, EsFunction function, String gid) {
        return mode == OrderMode.GROUP
                ? registry.orderInGroupMode(gid, function.toJson(), CampaignPlan.DEFAULT)
                : registry.order(Json.object()
                        .put("function", function.toJson())
                        .put("gid", gid)
                        .build());
    }

    private static Map<String, Long> publishes(Map<FlowStep, Long> server, FleetSnapshot before, FleetSnapshot after) {
        Map<String, Long> publishes = new TreeMap<>();
        for (FlowStep step : FlowStep.values()) {
            long count = server.getOrDefault(step, 0L) + after.published(step) - before.published(step);
            if (count > 0) {
                publishes.put(step.name(), count);
            }
        }
        return publishes;
    }

    private static String describe(EsFunction function) {
        return function.name().literal()
                + function.findTarget()
                        .map(target ->
                                " " + JsonWriter.write(target.toJson()).toUtf8().replace("\"", ""))
                        .orElse("");
    }
}
