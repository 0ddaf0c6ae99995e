package io.godwit.cli.bench.faults.replacement;

import io.godwit.cli.bench.faults.Fault;
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
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.simulator.RequestAnswer;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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

    /** Where the devices are, and how they come back after a strike. */
    private record Field(EnrolledFleet fleet, FleetSettings settings, Carrier carrier, String gid) {
        CardTruth card(Nid nid) {
            return fleet.process().truth().stream()
                    .filter(card -> nid.equals(card.nid()))
                    .findFirst()
                    .orElseThrow();
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
        String gid = "struck-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry)) {
            int count = schedules.size();
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
            Field field = new Field(fleet, settings, carrier, gid);
            for (int i = 0; i < count; i++) {
                told.accept(run(schedules.get(i), field, nids.get(i), nids.get(count + i), count));
            }
        }
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

    /** What cannot be done is a broken promise too, and no reason not to try the next one. */
    private ReplacementReport run(ReplacementSchedule schedule, Field field, Nid old, Nid successor, int subscriptions)
            throws InterruptedException {
        out.println("seed " + schedule.seed() + ", " + schedule.mode() + ": " + schedule.describe());
        out.flush();
        long begun = System.nanoTime();
        try {
            return replace(schedule, field, old, successor, subscriptions);
        } catch (RegistryException e) {
            return new ReplacementReport(
                    schedule, List.of(), (System.nanoTime() - begun) / 1e9, List.of(String.valueOf(e.getMessage())));
        }
    }

    private ReplacementReport replace(
            ReplacementSchedule schedule, Field field, Nid old, Nid successor, int subscriptions)
            throws InterruptedException {
        Iccid iccid = field.card(old).profiles().get(2).iccid();
        OneAtATime cards = OneAtATime.watch(field.fleet()::process, old, successor, iccid);
        CompletableFuture<RequestAnswer> unused =
                field.fleet().process().requestProfileOf(successor, old, new Gid(field.gid()), "the sensor is broken");
        List<StageStrike> left = new ArrayList<>(schedule.strikes());
        ReplacementWatch watch = new ReplacementWatch(
                registry,
                patience,
                step -> strike(field, left, step.text("stage").orElse("")));
        String ticket = watch.approve(successor, schedule.peer());
        long start = System.nanoTime();
        Json.Obj ended = watch.follow(ticket);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> broken = new ArrayList<>();
        if (!ended.text("stage").equals(Optional.of("Completed"))) {
            broken.add("the replacement has not been completed: " + ended);
        }
        if (!until(() -> field.card(successor).isAttachedWith(iccid))) {
            broken.add("the successor is not attached with the subscription");
        }
        if (has(field.card(old), iccid)) {
            broken.add("the old card has it still");
        }
        if (!cards.held()) {
            broken.add("it was enabled on the successor while the old card had it");
        }
        if (!until(() -> holders(iccid).equals(List.of(successor.value())))) {
            broken.add("the holders by REST are " + holders(iccid));
        }
        if (!until(() -> mismatches(field).isEmpty())) {
            broken.add("EIS and card differ for " + mismatches(field));
        }
        // Each subscription is on a card, before as after.
        if (!until(() -> field.carrier().stock().number("Consumed").orElse(0L) == subscriptions)) {
            broken.add("of " + subscriptions + " subscriptions on cards the stock says "
                    + field.carrier().stock());
        }
        if (!left.isEmpty()) {
            broken.add("strikes did not come about: " + left);
        }
        return new ReplacementReport(schedule, ReplacementWatch.stages(ended), seconds, broken);
    }

    private List<String> mismatches(Field field) {
        return CardComparison.mismatches(
                registry, field.gid(), field.fleet().process().truth());
    }

    private static boolean has(CardTruth card, Iccid iccid) {
        return card.profiles().stream().anyMatch(profile -> profile.iccid().equals(iccid));
    }

    private void strike(Field field, List<StageStrike> left, String stage) {
        Optional<StageStrike> due =
                left.stream().filter(one -> one.stage().equals(stage)).findFirst();
        if (due.isEmpty()) {
            return;
        }
        left.remove(due.get());
        try {
            for (String victim : due.get().victims()) {
                if (victim.equals(Fault.DEVICES)) {
                    field.fleet().powerCut();
                } else {
                    installation.kill(victim);
                }
            }
            Thread.sleep(due.get().downMillis());
            for (String victim : due.get().victims()) {
                if (victim.equals(Fault.DEVICES)) {
                    field.fleet().powerUp(field.settings());
                } else {
                    installation.restart(victim);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
