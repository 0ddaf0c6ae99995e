package io.godwit.cli.demo;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.CardComparison;
import io.godwit.cli.scenario.CpuMeter;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OperationWatch.Watched;
import io.godwit.cli.scenario.OutcomeCounts;
import io.godwit.cli.scenario.Progress;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.RequestAnswer;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the demonstration on a running installation. */
public final class Demo {
    /** The tenant that the demonstration plays. */
    public static final String TENANT = "demo";

    static final Json.Obj ENABLE_OPERATIONAL =
            new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational")).toJson();
    private static final long ANSWER_SECONDS = 60;

    private final Installation installation;
    private final RegistryClient registry;
    private final Duration patience;
    private final PrintWriter out;
    private final boolean terminal;

    /**
     * @param patience how long the order may take before the run counts as failed
     * @param terminal whether {@code out} is a terminal, on which a line can be written over
     */
    public Demo(
            Installation installation, RegistryClient registry, Duration patience, PrintWriter out, boolean terminal) {
        this.installation = installation;
        this.registry = registry;
        this.patience = patience;
        this.out = out;
        this.terminal = terminal;
    }

    /** The same as {@link #run(int, EnrolledFleet)} with a fleet that leaves at the end. */
    public DemoResult run(int cards) throws IOException, InterruptedException, ExecutionException {
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, TENANT, registry)) {
            return run(cards, fleet);
        }
    }

    /**
     * Enrols, orders, watches, compares; then one more card asks by itself. When patience runs out, the result is what there
     * is by then, and nobody asks any more.
     */
    public DemoResult run(int cards, EnrolledFleet fleet) throws IOException, InterruptedException, ExecutionException {
        String gid = newGroup();
        String walkIn = gid + "-walk-in";
        registry.putGroup(gid, null);
        registry.putGroup(walkIn, ENABLE_OPERATIONAL);
        say(
                "Enrolling %d virtual eUICCs in group %s: bootstrap profile enabled, operational profile disabled ...",
                cards, gid);
        fleet.enrol(cards, gid);
        Nid guest = fleet.enrol(1, walkIn).get(0);
        say("Connecting them ...");
        fleet.connect(installation.mqtt(), AgentSettings.DEFAULT);
        say("Ordering EnableProfile {type: operational} for all members of %s:", gid);
        DemoResult ordered = order(cards, gid, fleet);
        say("");
        if (ordered.outcomes().containsKey(OutcomeCounts.NONE)) {
            return ordered;
        }
        say("Card %s asks by itself (flow D) ...", guest);
        return ordered.withRequest(request(guest, walkIn, fleet));
    }

    /** One more card, for a client of somebody's own. */
    public SpareCard enrolSpare(EnrolledFleet fleet) throws IOException, InterruptedException {
        String gid = newGroup() + "-spare";
        registry.putGroup(gid, null);
        return fleet.enrolSpare(gid);
    }

    private static String newGroup() {
        return "demo-" + Long.toString(System.currentTimeMillis(), 36);
    }

    private DemoResult order(int cards, String gid, EnrolledFleet fleet) throws InterruptedException {
        FleetSnapshot before = fleet.process().snapshot();
        CpuMeter cpu = new CpuMeter(installation, fleet.process());
        long orderedAt = System.nanoTime();
        String operation = registry.order(Json.object()
                .put("function", ENABLE_OPERATIONAL)
                .put("gid", gid)
                .build());
        Watched watched =
                new OperationWatch(registry, new Progress(out, terminal)).watch(operation, cards, orderedAt, patience);
        double seconds = (System.nanoTime() - orderedAt) / 1e9;
        Map<String, Double> cpuPerCard = cpu.perCard(cards);
        FleetSnapshot after = fleet.process().snapshot();
        if (watched instanceof Watched.Incomplete incomplete) {
            say("  %s", incomplete.sentence());
        }
        Map<String, Long> outcomes = OutcomeCounts.of(registry.outcomes(operation));
        long succeeded = watched.operation().number("succeeded").orElse(0L);
        return new DemoResult(
                cards,
                succeeded,
                cards - succeeded,
                outcomes,
                seconds,
                publishes(before, after),
                cpuPerCard,
                CardComparison.mismatches(registry, gid, fleet.process().truth()),
                false);
    }

    private boolean request(Nid guest, String walkIn, EnrolledFleet fleet)
            throws InterruptedException, ExecutionException {
        RequestAnswer answer;
        try {
            answer =
                    fleet.process().requestProfile(guest, "first start on site").get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            say("  not answered within %d s; godwit logs provisioning-service may tell why", ANSWER_SECONDS);
            return false;
        }
        if (!(answer instanceof RequestAnswer.Accepted accepted)) {
            say("  refused: %s", ((RequestAnswer.Refused) answer).reason());
            return false;
        }
        say("  accepted by the policy of group %s as operation %s", walkIn, accepted.operation());
        Watched watched = new OperationWatch(registry, new Progress(out, terminal))
                .tolerant()
                .watch(accepted.operation(), 1, System.nanoTime(), Duration.ofSeconds(ANSWER_SECONDS));
        if (watched instanceof Watched.Incomplete incomplete) {
            say("  %s", incomplete.sentence());
        }
        List<CardTruth> truth = fleet.process().truth();
        return watched.operation().number("succeeded").orElse(0L) == 1
                && CardComparison.mismatches(registry, walkIn, truth).isEmpty();
    }

    private static Map<String, Long> publishes(FleetSnapshot before, FleetSnapshot after) {
        Map<String, Long> publishes = new TreeMap<>();
        for (FlowStep step : FlowStep.values()) {
            long count = after.published(step) - before.published(step) + after.received(step) - before.received(step);
            if (count > 0) {
                publishes.put(step.name(), count);
            }
        }
        return publishes;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(java.util.Locale.ROOT, format, arguments));
        out.flush();
    }
}
