package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.CampaignFigures;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.OperationWatch.Watched;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import java.io.PrintWriter;
import java.time.Duration;

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
        OrderMeter meter = new OrderMeter(installation, fleet);
        String operation = order(mode, function, gid);
        Watched watched = new OperationWatch(registry, new Progress(out, terminal))
                .watch(operation, cards, meter.startedAt(), patience);
        OrderMeter.Reading reading = meter.read(cards);
        if (watched instanceof Watched.Incomplete incomplete) {
            out.println("  " + incomplete.sentence());
            out.flush();
        }
        return reading.result(
                describe(function),
                mode,
                watched.operation().number("succeeded").orElse(0L),
                OutcomeCounts.of(registry.outcomes(operation)),
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

    private static String describe(EsFunction function) {
        return function.name().literal()
                + function.findTarget()
                        .map(target ->
                                " " + JsonWriter.write(target.toJson()).toUtf8().replace("\"", ""))
                        .orElse("");
    }
}
