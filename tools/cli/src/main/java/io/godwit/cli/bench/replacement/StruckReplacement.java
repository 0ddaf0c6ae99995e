package io.godwit.cli.bench.replacement;

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
import io.godwit.protocol.record.ProfileState;
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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Replacements in whose middle processes are killed, on two new cards each. */
public final class StruckReplacement {
    private static final long POLL_MILLIS = 100;
    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(4);

    private final Installation installation;
    private final RegistryClient registry;
    private final String tenant;
    private final Duration patience;
    private final PrintWriter out;

    /** @param patience how long each wait may take before a promise counts as broken */
    public StruckReplacement(
            Installation installation, RegistryClient registry, String tenant, Duration patience, PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.tenant = tenant;
        this.patience = patience;
        this.out = out;
    }

    /**
     * One replacement for each of {@code schedules}, one after the other.
     *
     * @return what was promised and did not hold, each with its schedule; empty when all is well
     */
    public List<String> run(List<List<StageStrike>> schedules) throws IOException, InterruptedException {
        String gid = "struck-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        List<String> broken = new ArrayList<>();
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
            for (int i = 0; i < count; i++) {
                download(nids.get(2 * i), carrier);
            }
            for (int i = 0; i < count; i++) {
                List<StageStrike> strikes = schedules.get(i);
                say("Replacement %d of %d: %s", i + 1, count, strikes);
                for (String what :
                        replace(fleet, settings, new Gid(gid), nids.get(2 * i), nids.get(2 * i + 1), strikes)) {
                    broken.add(what + ", struck by " + strikes);
                }
            }
            List<CardTruth> truth = fleet.process().truth();
            if (!until(() -> CardComparison.mismatches(registry, gid, truth).isEmpty())) {
                broken.add("EIS and card differ for " + CardComparison.mismatches(registry, gid, truth));
            }
            if (carrier.stock().number("Consumed").orElse(0L) != count) {
                broken.add("of " + count + " subscriptions, each on a card, the stock says " + carrier.stock());
            }
        }
        return broken;
    }

    private void download(Nid nid, Carrier carrier) throws InterruptedException {
        String operation = registry.download(nid.value(), carrier.order(true));
        new OperationWatch(registry, new Progress(new PrintWriter(Writer.nullWriter()), false))
                .await(operation, 1, System.nanoTime(), patience);
    }

    private List<String> replace(
            EnrolledFleet fleet, FleetSettings settings, Gid gid, Nid old, Nid successor, List<StageStrike> strikes)
            throws InterruptedException {
        Iccid iccid = profiles(fleet, old).get(2).iccid();
        OneAtATime cards = OneAtATime.watch(fleet::process, old, successor, iccid);
        CompletableFuture<RequestAnswer> unused =
                fleet.process().requestProfileOf(successor, old, gid, "the sensor is broken");
        List<StageStrike> left = new ArrayList<>(strikes);
        ReplacementWatch watch = new ReplacementWatch(
                registry,
                patience,
                step -> strike(fleet, settings, left, step.text("stage").orElse("")));
        long start = System.nanoTime();
        Json.Obj ended = watch.follow(watch.approve(successor));
        boolean enabled = until(() -> profiles(fleet, successor).stream()
                .anyMatch(profile -> profile.iccid().equals(iccid) && profile.state() == ProfileState.State.ENABLED));
        say("   %s after %.1f s", ReplacementWatch.stages(ended), (System.nanoTime() - start) / 1e9);
        List<String> broken = new ArrayList<>();
        if (!ended.text("stage").equals(Optional.of("Completed"))) {
            broken.add("the replacement has not been completed: " + ended);
        }
        if (!enabled) {
            broken.add("the successor has not the subscription enabled");
        }
        if (profiles(fleet, old).stream().anyMatch(profile -> profile.iccid().equals(iccid))) {
            broken.add("the old card has it still");
        }
        if (!cards.held()) {
            broken.add("it was enabled on the successor while the old card had it");
        }
        if (!until(() -> holders(iccid).equals(List.of(successor.value())))) {
            broken.add("the holders by REST are " + holders(iccid));
        }
        if (!left.isEmpty()) {
            broken.add("strikes did not come about: " + left);
        }
        return broken;
    }

    private void strike(EnrolledFleet fleet, FleetSettings settings, List<StageStrike> left, String stage) {
        Optional<StageStrike> due =
                left.stream().filter(one -> one.stage().equals(stage)).findFirst();
        if (due.isEmpty()) {
            return;
        }
        left.remove(due.get());
        try {
            for (String victim : due.get().victims()) {
                if (victim.equals(Fault.DEVICES)) {
                    fleet.powerCut();
                } else {
                    installation.kill(victim);
                }
            }
            Thread.sleep(due.get().downMillis());
            for (String victim : due.get().victims()) {
                if (victim.equals(Fault.DEVICES)) {
                    fleet.powerUp(settings);
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

    private static List<ProfileState> profiles(EnrolledFleet fleet, Nid nid) {
        return fleet.process().truth().stream()
                .filter(card -> nid.equals(card.nid()))
                .flatMap(card -> card.profiles().stream())
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

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
