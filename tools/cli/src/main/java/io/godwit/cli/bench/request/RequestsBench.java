package io.godwit.cli.bench.request;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.CardComparison;
import io.godwit.cli.scenario.CpuMeter;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSettings;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Devices that wake within a minute and all ask for a profile, which a policy grants at once; and one that asks for nothing. How far
 * the machine's processors were busy with them tells whether anything else held them up.
 */
public final class RequestsBench {
    private static final Duration UNDISTURBED = Duration.ofSeconds(20);
    private static final long SAMPLE_MILLIS = 500;
    private static final long LINE_SECONDS = 10;
    private static final int BEFORE_PER_SECOND = 15;

    /** The request's, that of the notification, and that of the confirmation's result, by which the enabling ends. */
    private static final int ANSWERS_PER_CARD = 3;

    private static final EsFunction OPERATIONAL =
            new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));

    private final Installation installation;
    private final RegistryClient registry;
    private final String tenant;
    private final PrintWriter out;

    public RequestsBench(Installation installation, RegistryClient registry, String tenant, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.tenant = tenant;
        this.out = out;
    }

    /**
     * Prints what it took.
     *
     * @param before how many come before, one after the other, so that what is measured is no start of processes
     * @param seconds within which all of them are switched on
     * @param patience how long it may take until each has its profile, from the first one's switching on
     * @return whether each card has what it asked for, and its EIS says so
     */
    public boolean run(int before, int cards, int seconds, Duration patience) throws IOException, InterruptedException {
        String run = Long.toString(System.currentTimeMillis(), 36);
        String gid = "asking-" + run;
        String others = "others-" + run;
        registry.putGroup(gid, null);
        registry.putGroup(others, null);
        registry.putRequestPolicy(policy());
        if (before > 0) {
            warmUp(before, "before-" + run, patience);
        }
        try (EnrolledFleet quiet = EnrolledFleet.start(installation, tenant, registry);
                EnrolledFleet asking = EnrolledFleet.start(installation, tenant, registry)) {
            Nid other = quiet.enrol(1, others).get(0);
            quiet.connect(installation.mqtt(), AgentSettings.DEFAULT);
            quiet.awaitConfiguration(others, 1);
            say("Enrolling %d cards ...", cards);
            asking.enrol(cards, gid);
            try (OtherCard card = new OtherCard(registry, other.value())) {
                card.start();
                Thread.sleep(UNDISTURBED.toMillis());
                say("Orders for another card, nothing else going on: %s", card.since());
                return wake(asking, card, gid, cards, seconds, patience);
            }
        }
    }

    private void warmUp(int cards, String gid, Duration patience) throws IOException, InterruptedException {
        say("%d devices come before, %d a second ...", cards, BEFORE_PER_SECOND);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry)) {
            fleet.enrol(cards, gid);
            fleet.process().connect(waking(BEFORE_PER_SECOND));
            long start = System.nanoTime();
            while (!allServed(fleet)) {
                if (seconds(start) > patience.toSeconds()) {
                    throw new IllegalStateException("not all of the devices that came before were served");
                }
                Thread.sleep(SAMPLE_MILLIS);
            }
        }
    }

    private FleetSettings waking(int perSecond) {
        return EnrolledFleet.settings(installation.mqtt()).connecting(perSecond).asking(RequestReason.FIRST_ATTACH);
    }

    private boolean wake(EnrolledFleet fleet, OtherCard other, String gid, int cards, int seconds, Duration patience)
            throws IOException, InterruptedException {
        say("%d devices wake within %d s, and each asks for its profile:", cards, seconds);
        CpuMeter cpu = new CpuMeter(installation, fleet.process());
        double ownBefore = ownMillis();
        long start = System.nanoTime();
        fleet.process().connect(waking(Math.max(1, cards / seconds)));
        double awake = 0;
        double answered = 0;
        double done = 0;
        long line = LINE_SECONDS;
        long deepest = 0;
        while (done == 0 && seconds(start) < patience.toSeconds()) {
            Thread.sleep(SAMPLE_MILLIS);
            FleetSnapshot now = fleet.process().snapshot();
            double elapsed = seconds(start);
            awake = awake == 0 && now.connected() >= cards ? elapsed : awake;
            answered = answered == 0 && now.received(FlowStep.D2) >= cards ? elapsed : answered;
            deepest = Math.max(deepest, now.published(FlowStep.D1) - now.received(FlowStep.D2));
            if (now.received(FlowStep.D2) >= (long) ANSWERS_PER_CARD * cards && allServed(fleet)) {
                done = elapsed;
            }
            if (elapsed >= line) {
                say(
                        "  %4.0f s: %d connected, D1 %d, D2 %d, B1 %d, B2 %d",
                        elapsed,
                        now.connected(),
                        now.published(FlowStep.D1),
                        now.received(FlowStep.D2),
                        now.received(FlowStep.B1),
                        now.published(FlowStep.B2));
                line += LINE_SECONDS;
            }
        }
        Map<String, Double> perCard = cpu.perCard(cards);
        double own = ownMillis() - ownBefore;
        double rate = done == 0 ? 0 : cards / done;
        say(
                "All connected after %.1f s, as many answers as devices after %.1f s, each profile enabled, notified and"
                        + " confirmed after %.1f s: %.1f cards a second",
                awake, answered, done, rate);
        say("Most D1 without a D2 at one time: %d", deepest);
        say("Orders for another card meanwhile: %s", other.since());
        double together =
                perCard.values().stream().mapToDouble(Double::doubleValue).sum();
        say(
                "CPU, ms a card: %s; together %.1f",
                perCard.entrySet().stream()
                        .map(process -> String.format(Locale.ROOT, "%s %.1f", process.getKey(), process.getValue()))
                        .collect(Collectors.joining("  ")),
                together);
        if (done > 0) {
            int processors = Runtime.getRuntime().availableProcessors();
            say(
                    "That, and %.0f ms of this command, is %.2f of what %d processors have",
                    own, (together * cards + own) / 1_000 / done / processors, processors);
        }
        return done > 0 && told(fleet, gid, start, patience);
    }

    private static double ownMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElse(0L);
    }

    private static boolean allServed(EnrolledFleet fleet) {
        return fleet.process().truth().stream().allMatch(RequestsBench::isServed);
    }

    private static boolean isServed(CardTruth card) {
        return !card.notificationPending()
                && card.profiles().stream()
                        .anyMatch(profile ->
                                profile.state() == ProfileState.State.ENABLED && !profile.fallbackAttribute());
    }

    /** The registry hears of the last ones a little later. */
    private boolean told(EnrolledFleet fleet, String gid, long start, Duration patience) throws InterruptedException {
        List<CardTruth> truth = fleet.process().truth();
        while (!CardComparison.mismatches(registry, gid, truth).isEmpty()) {
            if (seconds(start) > patience.toSeconds()) {
                say("NOT every EIS says what its card has");
                return false;
            }
            Thread.sleep(SAMPLE_MILLIS);
        }
        say("EIS = card for every card, by REST after %.1f s", seconds(start));
        return true;
    }

    private static Json.Obj policy() {
        return Json.object()
                .put(
                        "rules",
                        List.of(Json.object()
                                .put("reasons", List.of(Json.of(RequestReason.FIRST_ATTACH.literal())))
                                .put("grant", "automatic")
                                .put("function", OPERATIONAL.toJson())
                                .build()))
                .build();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
