package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Victims;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.CardComparison;
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
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Replacements in whose middle processes are killed, one after the other, on two new cards each, and what must hold afterwards. */
public final class StruckReplacements {
    /** So many have their cards in one process: a device's answer is not to wait for hundreds that boot beside it. */
    private static final int AT_ONCE_IN_A_FLEET = 10;

    private static final long POLL_MILLIS = 100;
    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(4);

    /**
     * Where the devices are, and how they come back after a strike.
     *
     * @param nids first those with a subscription, then as many without
     */
    private record Field(EnrolledFleet fleet, FleetSettings settings, Carrier carrier, String gid, List<Nid> nids) {
        CardTruth card(Nid nid) {
            return fleet.card(nid).orElseThrow();
        }

        long subscriptionsOnCards() {
            return carrier.stock().number("Consumed").orElse(0L);
        }
    }

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
            Field field;
            try {
                field = field(fleet, schedules.size());
            } catch (RegistryException e) {
                String why = "its cards did not come to be: " + e.getMessage();
                schedules.forEach(schedule ->
                        told.accept(new ReplacementReport(schedule, List.of(), List.of(), 0, List.of(why))));
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

    /** Makes {@code count} cards with a subscription, and as many without. */
    private Field field(EnrolledFleet fleet, int count) throws IOException, InterruptedException {
        String gid = "struck-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        List<Nid> nids = fleet.enrol(2 * count, gid);
        Carrier carrier = fleet.carrier(0);
        carrier.bringTemplate();
        carrier.bring(count);
        FleetSettings settings = EnrolledFleet.settings(installation.mqtt())
                .with(AgentSettings.DEFAULT.withLongestReconnect(LONGEST_RECONNECT))
                .authenticatedBy(carrier.networksCopy());
        fleet.connect(settings);
        fleet.awaitConfiguration(gid, nids.size());
        download(nids.subList(0, count), carrier);
        Field field = new Field(fleet, settings, carrier, gid, nids);
        if (!until(() -> field.subscriptionsOnCards() == count)) {
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

    private ReplacementReport run(ReplacementSchedule schedule, Field field, Nid old, Nid successor)
            throws InterruptedException {
        out.println("seed " + schedule.seed() + ", " + schedule.mode() + ": " + schedule.describe());
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
                return new ReplacementReport(schedule, List.of(), striking.hits(), seconds(begun), why);
            }
        }
    }

    private ReplacementReport replace(
            ReplacementSchedule schedule, StageStriking striking, Field field, Nid old, Nid successor)
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
            ReplacementWatch watch = new ReplacementWatch(registry, patience, striking::told);
            String ticket = watch.approve(successor, schedule.peer());
            long start = System.nanoTime();
            Json.Obj ended = watch.follow(ticket);
            double seconds = seconds(start);
            List<String> broken = new ArrayList<>();
            striking.lost().ifPresent(broken::add);
            if (!ended.text("stage").equals(Optional.of("Completed"))) {
                broken.add("the replacement has not been completed: " + ended);
            }
            if (!until(() -> field.card(successor).isAttachedWith(iccid))) {
                broken.add("the successor is not attached with the subscription");
            }
            if (field.card(old).profiles().stream()
                    .anyMatch(profile -> profile.iccid().equals(iccid))) {
                broken.add("the old card has it still");
            }
            if (!cards.held()) {
                broken.add("it was enabled on the successor while the old card had it, or nobody looked");
            }
            if (!until(() -> holders(iccid).equals(List.of(successor.value())))) {
                broken.add("the holders by REST are " + holders(iccid));
            }
            if (!until(() -> mismatches(field, old, successor).isEmpty())) {
                broken.add("EIS and card differ for " + mismatches(field, old, successor));
            }
            List<String> twice = CardComparison.executedTwice(List.of(field.card(old), field.card(successor)));
            if (!twice.isEmpty()) {
                broken.add("a command was executed twice by " + twice);
            }
            // Each subscription is on a card, before as after.
            if (!until(() -> field.subscriptionsOnCards() == subscriptions)) {
                broken.add("of " + subscriptions + " subscriptions on cards the stock says "
                        + field.carrier().stock());
            }
            if (striking.hits().isEmpty()) {
                broken.add("nothing was struck before it had ended");
            }
            return new ReplacementReport(schedule, ReplacementWatch.stages(ended), striking.hits(), seconds, broken);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Those of the two: what another replacement has left behind is told of that one. */
    private List<String> mismatches(Field field, Nid old, Nid successor) {
        List<String> mismatches = new ArrayList<>(CardComparison.mismatches(
                registry, field.gid(), field.fleet().process().truth()));
        mismatches.retainAll(List.of(old.value(), successor.value()));
        return mismatches;
    }

    private List<String> holders(Iccid iccid) {
        return registry.holders(iccid.digits()).stream()
                .filter(held -> held.text("until").isEmpty())
                .flatMap(held -> held.text("nid").stream())
                .toList();
    }

    private boolean until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.getAsBoolean()) {
                    return true;
                }
            } catch (RegistryException e) {
                // It may still be starting; patience has an end.
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }
}
