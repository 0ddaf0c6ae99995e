package io.godwit.cli.bench.replacement;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OrderMeter;
import io.godwit.cli.scenario.Progress;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.RequestAnswer;
import io.godwit.simulator.fleet.CardTruth;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Many replacements at once, from each successor's first request to its attach, and the same brought about by an operator's
 * own orders: disable and delete on the one card, then a fresh subscription for the other.
 */
public final class ReplacementBench {
    private static final long POLL_MILLIS = 50;

    private final Installation installation;
    private final RegistryClient registry;
    private final String tenant;
    private final Duration patience;
    private final PrintWriter out;

    /** @param patience how long all of a way may take */
    public ReplacementBench(
            Installation installation, RegistryClient registry, String tenant, Duration patience, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.tenant = tenant;
        this.patience = patience;
        this.out = out;
    }

    /**
     * Prints what both ways took.
     *
     * @throws RegistryException when a card did not get what it should: what was measured means nothing then
     */
    public void run(int count) throws IOException, InterruptedException {
        String gid = "bench-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry)) {
            List<Nid> nids = fleet.enrol(3 * count, gid);
            Carrier carrier = fleet.carrier(0);
            carrier.bringTemplate();
            carrier.bring(2 * count);
            fleet.connect(EnrolledFleet.settings(installation.mqtt()).authenticatedBy(carrier.networksCopy()));
            fleet.awaitConfiguration(gid, nids.size());
            List<Nid> old = nids.subList(0, count);
            List<Nid> successors = nids.subList(count, 2 * count);
            List<Nid> others = nids.subList(2 * count, 3 * count);
            await(old, nid -> registry.download(nid.value(), carrier.order(true)));
            double moved = replace(fleet, new Gid(gid), old, successors);
            awaitEnd(successors);
            double byHand = byHand(fleet, carrier, successors, others);
            say("   median of the replacement to that by hand: %.2f", moved / byHand);
        }
    }

    private double replace(EnrolledFleet fleet, Gid gid, List<Nid> old, List<Nid> successors)
            throws InterruptedException {
        OrderMeter meter = new OrderMeter(installation, fleet);
        long start = System.nanoTime();
        for (int i = 0; i < old.size(); i++) {
            CompletableFuture<RequestAnswer> unused =
                    fleet.process().requestProfileOf(successors.get(i), old.get(i), gid, "bench");
        }
        Set<String> approved = new HashSet<>();
        Map<Nid, Double> attached = new LinkedHashMap<>();
        while (attached.size() < successors.size()) {
            if (approved.size() < old.size()) {
                approve(approved);
            }
            look(fleet, successors, start, attached);
        }
        return told("replacement", meter, attached, successors.size());
    }

    /** The cards are free a moment after the attach. */
    private void awaitEnd(List<Nid> successors) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Nid nid : successors) {
            while (registry.replacements(nid.value()).stream()
                    .anyMatch(one -> one.text("endedAt").isEmpty())) {
                if (System.nanoTime() > deadline) {
                    throw new RegistryException(0, "the replacement of " + nid + " does not end");
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    /** As an operator who approves all that waits. */
    private void approve(Set<String> approved) {
        for (Json.Obj waiting : registry.replacementsWaiting()) {
            String ticket = waiting.text("ticket").orElseThrow();
            if (waiting.text("stage").orElse("").equals("AwaitingApproval") && approved.add(ticket)) {
                registry.approveReplacement(ticket);
            }
        }
    }

    private double byHand(EnrolledFleet fleet, Carrier carrier, List<Nid> from, List<Nid> to)
            throws InterruptedException {
        OrderMeter meter = new OrderMeter(installation, fleet);
        long start = System.nanoTime();
        await(from, nid -> order(nid, EsFunction.Name.DISABLE_PROFILE));
        await(from, nid -> order(nid, EsFunction.Name.DELETE_PROFILE));
        to.forEach(nid -> registry.download(nid.value(), carrier.order(true)));
        Map<Nid, Double> attached = new LinkedHashMap<>();
        while (attached.size() < to.size()) {
            look(fleet, to, start, attached);
        }
        return told("by hand", meter, attached, to.size());
    }

    private String order(Nid nid, EsFunction.Name name) {
        EsFunction function = new EsFunction(name, new ProfileTarget.ByType(Carrier.TYPE));
        return registry.order(Json.object()
                .put("function", function.toJson())
                .put("nid", nid.value())
                .build());
    }

    private void await(List<Nid> nids, Function<Nid, String> orders) throws InterruptedException {
        OperationWatch watch = new OperationWatch(registry, new Progress(new PrintWriter(Writer.nullWriter()), false));
        List<String> operations = nids.stream().map(orders).toList();
        for (String operation : operations) {
            Json.Obj ended = watch.await(operation, 1, System.nanoTime(), patience);
            if (ended.number("succeeded").orElse(0L) != 1) {
                throw new RegistryException(0, "it has failed: " + registry.outcomes(operation));
            }
        }
    }

    private void look(EnrolledFleet fleet, List<Nid> nids, long start, Map<Nid, Double> attached)
            throws InterruptedException {
        Thread.sleep(POLL_MILLIS);
        double now = (System.nanoTime() - start) / 1e9;
        for (CardTruth card : fleet.process().truth()) {
            Nid nid = card.nid();
            if (nid != null && nids.contains(nid) && isAttached(card)) {
                attached.putIfAbsent(nid, now);
            }
        }
        if (now > patience.toSeconds()) {
            throw new RegistryException(0, "only " + attached.size() + " of " + nids.size() + " are attached");
        }
    }

    private static boolean isAttached(CardTruth card) {
        return !card.notificationPending()
                && card.attachRefused() == null
                && card.profiles().stream().skip(2).anyMatch(profile -> profile.state() == ProfileState.State.ENABLED);
    }

    private double told(String what, OrderMeter meter, Map<Nid, Double> attached, int count) {
        OrderMeter.Reading reading = meter.read(count);
        List<Double> sorted = new ArrayList<>(attached.values());
        sorted.sort(null);
        double median = sorted.get(sorted.size() / 2);
        long messages =
                reading.publishes().values().stream().mapToLong(Long::longValue).sum();
        say(
                "   %-12s %d at once: median %.2f s, p99 %.2f s; %.1f messages each, %.0f octets to the broker from the SM-SR"
                        + " each; %s",
                what,
                count,
                median,
                sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
                messages / (double) count,
                reading.server().octets() / (double) count,
                reading.publishes());
        return median;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
