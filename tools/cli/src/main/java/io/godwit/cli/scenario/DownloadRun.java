package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.OperationWatch.Watched;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.Outcome;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Orders a profile of its own for each of some cards, waits for the last outcome, and holds the result against the cards. */
public final class DownloadRun {
    private final Installation installation;
    private final RegistryClient registry;
    private final EnrolledFleet fleet;
    private final Duration patience;
    private final PrintWriter out;

    /** @param patience how long all of it may take */
    public DownloadRun(
            Installation installation,
            RegistryClient registry,
            EnrolledFleet fleet,
            Duration patience,
            PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.fleet = fleet;
        this.patience = patience;
        this.out = out;
    }

    /**
     * @param gid the group of which {@code cards} are all the members
     * @param orders makes one order a card
     * @param enable whether by these orders each card enables its profile at the end
     */
    public OrderResult run(List<Nid> cards, String gid, Supplier<Json.Obj> orders, boolean enable)
            throws InterruptedException {
        // Made before the clock runs: it is the operator's work.
        List<Json.Obj> made = new ArrayList<>();
        cards.forEach(nid -> made.add(orders.get()));
        OrderMeter meter = new OrderMeter(installation, fleet);
        List<String> operations = new ArrayList<>();
        for (int i = 0; i < cards.size(); i++) {
            operations.add(registry.download(cards.get(i).value(), made.get(i)));
        }
        OperationWatch watch = new OperationWatch(registry, new Progress(new PrintWriter(Writer.nullWriter()), false));
        for (String operation : operations) {
            if (watch.watch(operation, 1, meter.startedAt(), patience) instanceof Watched.Incomplete incomplete) {
                out.println("  " + incomplete.sentence());
                out.flush();
                break;
            }
        }
        OrderMeter.Reading reading = meter.read(cards.size());
        Map<String, Long> outcomes = new TreeMap<>();
        for (String operation : operations) {
            OutcomeCounts.of(registry.outcomes(operation))
                    .forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
        }
        return reading.result(
                "DownloadProfile" + (enable ? ", and EnableProfile at its end" : ""),
                OrderMode.DOWNLOAD,
                outcomes.getOrDefault(Outcome.Status.EXECUTED_SUCCESS.literal(), 0L),
                outcomes,
                CardComparison.mismatches(registry, gid, fleet.process().truth()),
                null);
    }
}
