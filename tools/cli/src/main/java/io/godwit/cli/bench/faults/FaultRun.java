package io.godwit.cli.bench.faults;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.CardComparison;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OutcomeCounts;
import io.godwit.cli.scenario.Progress;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One order for a fleet, with kills in the middle, and what must hold afterwards. */
public final class FaultRun {
    private static final Duration SETTLING = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 250;

    private final Installation installation;
    private final RegistryClient registry;
    private final String tenant;
    private final PrintWriter out;

    public FaultRun(Installation installation, RegistryClient registry, String tenant, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.tenant = tenant;
        this.out = out;
    }

    /** Every component of {@code installation} that can be killed, each replica for itself, and the devices. */
    public static List<String> victims(Installation installation) {
        List<String> victims = new ArrayList<>(
                List.of("kafka", Installation.BROKER, "postgres", Installation.REGISTRY, Fault.DEVICES));
        victims.addAll(installation.provisioningReplicas());
        return victims;
    }

    /**
     * Enrols {@code cards} new cards, orders, kills by {@code faults}, waits, and checks.
     *
     * @param patience for the order; one that has not ended by then is a broken promise
     */
    public FaultReport run(long seed, int cards, List<Fault> faults, Duration patience)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try {
            return play(seed, cards, faults, patience);
        } catch (RegistryException e) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new FaultReport(seed, cards, faults, Map.of(), List.of(String.valueOf(e.getMessage())), seconds);
        }
    }

    private FaultReport play(long seed, int cards, List<Fault> faults, Duration patience)
            throws IOException, InterruptedException {
        String gid = "faults-" + Long.toString(System.nanoTime(), 36);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry)) {
            List<Nid> nids = fleet.enrol(cards, gid);
            fleet.connect(installation.mqtt(), AgentSettings.DEFAULT);
            RecordedMessages recorded =
                    RecordedMessages.from(installation.platform().kafka(), TopicSet.SHARED.toSmSr());
            long publishedBefore = published(fleet.process().snapshot());
            long orderedAt = System.nanoTime();
            String operation = registry.order(
                    Json.object()
                            .put(
                                    "function",
                                    new EsFunction(
                                                    EsFunction.Name.ENABLE_PROFILE,
                                                    new ProfileTarget.ByType("operational"))
                                            .toJson())
                            .put("gid", gid)
                            .build(),
                    UUID.randomUUID().toString());
            long publishedByDead = strike(faults, fleet);
            Json.Obj ended = new OperationWatch(registry, new Progress(out, false))
                    .tolerant()
                    .await(operation, cards, orderedAt, patience);
            double seconds = (System.nanoTime() - orderedAt) / 1e9;
            settle(fleet);
            long published = publishedByDead + published(fleet.process().snapshot()) - publishedBefore;
            return report(seed, cards, faults, seconds, ended, operation, gid, nids, fleet, published, recorded);
        }
    }

    private long strike(List<Fault> faults, EnrolledFleet fleet) throws InterruptedException, IOException {
        long publishedByDead = 0;
        for (Fault fault : faults) {
            Thread.sleep(fault.afterMillis());
            out.println("  kill -9 " + fault.victim() + ", back after " + fault.downMillis() + " ms");
            out.flush();
            if (fault.victim().equals(Fault.DEVICES)) {
                publishedByDead += published(fleet.process().snapshot());
                fleet.powerCut(installation.mqtt(), AgentSettings.DEFAULT);
            } else {
                installation.kill(fault.victim());
                Thread.sleep(fault.downMillis());
                installation.restart(fault.victim());
            }
        }
        return publishedByDead;
    }

    /** Waits until every device is connected and no card has anything unconfirmed. */
    private static void settle(EnrolledFleet fleet) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() < deadline) {
            FleetSnapshot snapshot = fleet.process().snapshot();
            if (snapshot.connected() == snapshot.registered()
                    && fleet.process().truth().stream().noneMatch(CardTruth::notificationPending)) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new RegistryException(0, "the devices did not settle within " + SETTLING.toSeconds() + " s");
    }

    private FaultReport report(
            long seed,
            int cards,
            List<Fault> faults,
            double seconds,
            Json.Obj ended,
            String operation,
            String gid,
            List<Nid> nids,
            EnrolledFleet fleet,
            long published,
            RecordedMessages recorded) {
        List<String> violations = new ArrayList<>();
        List<Json.Obj> members = registry.outcomes(operation);
        Map<String, Long> outcomes = OutcomeCounts.of(members);
        Set<String> answered = new HashSet<>();
        for (Json.Obj member : members) {
            if (!answered.add(member.text("nid").orElseThrow())) {
                violations.add("card " + member.text("nid").orElseThrow() + " has two outcomes");
            }
        }
        if (answered.size() != cards || outcomes.containsKey(OutcomeCounts.NONE)) {
            violations.add(cards + " cards, but outcomes are " + outcomes);
        }
        if (ended.number("members").orElse(0L) != cards) {
            violations.add("the operation counts " + ended.number("members").orElse(0L) + " members");
        }
        List<CardTruth> truth = fleet.process().truth();
        List<String> mismatches = CardComparison.mismatches(registry, gid, truth);
        if (!mismatches.isEmpty()) {
            violations.add("EIS and card differ for " + mismatches);
        }
        List<String> twice = CardComparison.executedTwice(truth);
        if (!twice.isEmpty()) {
            violations.add("a command was executed twice by " + twice);
        }
        String prefix = nids.get(0).value().replaceAll("[0-9]+$", "");
        long inKafka = recorded.count(prefix);
        if (inKafka < published) {
            violations.add(published + " publishes were acknowledged, but " + inKafka + " records are in Kafka");
        }
        return new FaultReport(seed, cards, faults, outcomes, violations, seconds);
    }

    private static long published(FleetSnapshot snapshot) {
        long published = 0;
        for (FlowStep step : FlowStep.values()) {
            published += snapshot.published(step);
        }
        return published;
    }
}
