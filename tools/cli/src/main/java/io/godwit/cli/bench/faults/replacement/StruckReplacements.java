package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Victims;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OneAtATime;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.Progress;
import io.godwit.cli.scenario.ReplacementWatch;
import io.godwit.local.access.PlatformException;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.simulator.FleetProcessException;
import io.godwit.simulator.RequestAnswer;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Replacements in whose middle processes are killed, one after the other, on two new cards each, and what must hold afterwards. */
public final class StruckReplacements {
    /** So many have their cards in one process: a device's answer is not to wait for hundreds that boot beside it. */
    private static final int AT_ONCE_IN_A_FLEET = 10;

    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(4);

    private final Installation installation;
    private final RegistryClient registry;
    private final String tenant;
    private final Duration patience;
    private final PrintWriter out;

    /** @param patience how long each wait may take before a promise counts as broken */
    public StruckReplacements(
            Installation installation, RegistryClient registry, String tenant, Duration patience, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.tenant = tenant;
        this.patience = patience;
        this.out = out;
    }

    /**
     * One replacement for each of {@code schedules}.
     *
     * @param told gets what each has come to, as soon as it is known
     */
    public void run(List<ReplacementSchedule> schedules, Consumer<ReplacementReport> told)
            throws IOException, InterruptedException {
        for (int first = 0; first < schedules.size(); first += AT_ONCE_IN_A_FLEET) {
            inOneFleet(schedules.subList(first, Math.min(schedules.size(), first + AT_ONCE_IN_A_FLEET)), told);
        }
    }

    private void inOneFleet(List<ReplacementSchedule> schedules, Consumer<ReplacementReport> told)
            throws IOException, InterruptedException {
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry)) {
            StruckFleet field;
            try {
                field = field(fleet, schedules);
            } catch (RegistryException e) {
                String why = "its cards did not come to be: " + e.getMessage();
                schedules.forEach(
                        schedule -> told.accept(new ReplacementReport(schedule, "", List.of(), 0, List.of(why))));
                return;
            }
            for (int i = 0; i < schedules.size(); i++) {
                told.accept(run(
                        schedules.get(i),
                        field,
                        field.nids().get(i),
                        field.nids().get(schedules.size() + i)));
            }
        }
    }

    /** Makes a card with a subscription for each of these, one without, and a subscription more where the old card is given up. */
    private StruckFleet field(EnrolledFleet fleet, List<ReplacementSchedule> schedules)
            throws IOException, InterruptedException {
        int count = schedules.size();
        String gid = "struck-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        List<Nid> nids = fleet.enrol(2 * count, gid);
        Carrier carrier = fleet.carrier(0);
        carrier.bringTemplate();
        carrier.bring(count
                + (int) schedules.stream()
                        .filter(schedule -> schedule.intervention() == Intervention.FORCE)
                        .count());
        FleetSettings settings = EnrolledFleet.settings(installation.mqtt())
                .with(AgentSettings.DEFAULT.withLongestReconnect(LONGEST_RECONNECT))
                .authenticatedBy(carrier.networksCopy());
        fleet.connect(settings);
        fleet.awaitConfiguration(gid, nids.size());
        download(nids.subList(0, count), carrier);
        StruckFleet field = new StruckFleet(fleet, settings, carrier, gid, nids);
        if (!Promises.until(patience, () -> field.subscriptionsOnCards() == count)) {
            throw new RegistryException(0, "of " + count + " downloads the stock says " + carrier.stock());
        }
        return field;
    }

    private void download(List<Nid> nids, Carrier carrier) throws InterruptedException {
        List<String> operations = nids.stream()
                .map(nid -> registry.download(nid.value(), carrier.order(true)))
                .toList();
        OperationWatch watch = new OperationWatch(registry, new Progress(new PrintWriter(Writer.nullWriter()), false));
        for (String operation : operations) {
            watch.await(operation, 1, System.nanoTime(), patience);
        }
    }

    private ReplacementReport run(ReplacementSchedule schedule, StruckFleet field, Nid old, Nid successor)
            throws InterruptedException {
        out.println("seed " + schedule.seed() + ", " + schedule.kind() + ": " + schedule.describe());
        out.flush();
        long begun = System.nanoTime();
        try (StageStriking striking =
                new StageStriking(new Victims(installation, field.fleet(), field.settings()), schedule.strikes())) {
            try {
                return replace(schedule, striking, field, old, successor);
            } catch (RegistryException | PlatformException | FleetProcessException e) {
                // What cannot be done is a broken promise too, and no reason not to try the next one.
                List<String> why = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
                striking.lost().ifPresent(why::add);
                return new ReplacementReport(schedule, "", striking.hits(), seconds(begun), why);
            }
        }
    }

    private ReplacementReport replace(
            ReplacementSchedule schedule, StageStriking striking, StruckFleet field, Nid old, Nid successor)
            throws InterruptedException {
        long subscriptions = field.subscriptionsOnCards();
        Iccid iccid = field.fleet()
                .downloaded(old)
                .orElseThrow(() -> new RegistryException(0, old + " has no subscription that could move"))
                .iccid();
        try (OneAtATime cards = OneAtATime.watch(field.fleet()::process, old, successor, iccid)) {
            CompletableFuture<RequestAnswer> unused = field.fleet()
                    .process()
                    .requestProfileOf(successor, old, new Gid(field.gid()), "the sensor is broken");
            Intervening operator = new Intervening(
                    registry, schedule.intervention(), field.carrier().template());
            ReplacementWatch watch = new ReplacementWatch(registry, patience, (step, now) -> {
                striking.told(step, now);
                operator.told(step, now);
            });
            String ticket = watch.approve(successor, schedule.peer());
            long start = System.nanoTime();
            Json.Obj ended = watch.follow(ticket);
            double seconds = seconds(start);
            List<String> broken = new ArrayList<>();
            striking.lost().ifPresent(broken::add);
            Optional<Ending> ending = Ending.of(ended).filter(one -> one.isPossible(schedule.intervention()));
            if (ending.isPresent()) {
                broken.addAll(new Promises(registry, patience, field, old, successor, iccid)
                        .broken(ending.get(), subscriptions, ticket));
            } else {
                broken.add("the replacement has not ended as it may: " + ended);
            }
            if (!cards.held()) {
                broken.add("it was enabled on the successor while the old card had it, or nobody looked");
            }
            if (striking.hits().isEmpty()) {
                broken.add("nothing was struck before it had ended");
            }
            String words = ending.map(Ending::words).orElse(ended.text("stage").orElse(""));
            if (operator.isAccepted() && ending.equals(Optional.of(Ending.MOVED))) {
                words += ", the operator's word came too late";
            }
            return new ReplacementReport(schedule, words, striking.hits(), seconds, broken);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
