package io.godwit.cli.demo;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
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
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * One run of {@code godwit demo replacement}: a device breaks and its successor takes over its subscription (flow E); then one is
 * simply gone, its successor gets a subscription of its own, and it appears once more.
 */
public final class ReplacementDemo {
    private static final int SUBSCRIPTIONS = 5;
    private static final long POLL_MILLIS = 50;
    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(4);

    private final Installation installation;
    private final RegistryClient registry;
    private final Duration patience;
    private final boolean peer;
    private final PrintWriter out;

    /**
     * @param patience how long each step may take before the run counts as failed
     * @param peer whether the first subscription goes from card to card, and not by way of the SM-DP
     */
    public ReplacementDemo(
            Installation installation, RegistryClient registry, Duration patience, boolean peer, PrintWriter out) {
        this.peer = peer;
        this.installation = installation;
        this.registry = registry;
        this.patience = patience;
        this.out = out;
    }

    /**
     * Plays both acts.
     *
     * @throws RegistryException when what has to be there before the first act does not come about
     */
    public ReplacementResult run() throws IOException, InterruptedException {
        String gid = "replace-" + Long.toString(System.currentTimeMillis(), 36);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, Demo.TENANT, registry);
                EnrolledFleet far = EnrolledFleet.start(installation, Demo.TENANT, registry)) {
            say("Enrolling four devices in group %s ...", gid);
            List<Nid> devices = fleet.enrol(3, gid);
            Nid gone = far.enrol(1, gid).get(0);
            say("A carrier brings a profile template and %d subscriptions ...", SUBSCRIPTIONS);
            Carrier carrier = fleet.carrier(0);
            carrier.bringTemplate();
            carrier.bring(SUBSCRIPTIONS);
            FleetSettings settings = EnrolledFleet.settings(installation.mqtt())
                    .with(AgentSettings.DEFAULT.withLongestReconnect(LONGEST_RECONNECT))
                    .authenticatedBy(carrier.networksCopy());
            fleet.connect(settings);
            far.connect(settings);
            fleet.awaitConfiguration(gid, devices.size());
            far.awaitConfiguration(gid, 1);
            download(devices.get(0), carrier);
            download(gone, carrier);
            ReplacementResult.Moved moved = moves(fleet, new Gid(gid), devices.get(0), devices.get(1));
            ReplacementResult.GivenUp givenUp = isGivenUp(fleet, far, settings, carrier, gid, gone, devices.get(2));
            return new ReplacementResult(moved, givenUp);
        }
    }

    private void download(Nid nid, Carrier carrier) throws InterruptedException {
        say("Device %s gets a subscription and attaches with it ...", nid);
        String operation = registry.download(nid.value(), carrier.order(true));
        Json.Obj ended = new OperationWatch(registry, new Progress(new PrintWriter(Writer.nullWriter()), false))
                .await(operation, 1, System.nanoTime(), patience);
        if (ended.number("succeeded").orElse(0L) != 1) {
            throw new RegistryException(0, nid + " did not get its profile: " + registry.outcomes(operation));
        }
    }

    private ReplacementResult.Moved moves(EnrolledFleet fleet, Gid gid, Nid old, Nid successor)
            throws InterruptedException {
        Iccid moving = fleet.downloaded(old).orElseThrow().iccid();
        String iccid = moving.digits();
        say("");
        say("1. The sensor of %s breaks. Its modem still works, with subscription %s.", old, iccid);
        say("   %s takes its place, and asks it for its profile (E1):", successor);
        OneAtATime cards = OneAtATime.watch(fleet::process, old, successor, moving);
        long start = System.nanoTime();
        CompletableFuture<RequestAnswer> answered =
                fleet.process().requestProfileOf(successor, old, gid, "the sensor of " + old + " is broken");
        ReplacementWatch watch = new ReplacementWatch(registry, patience, (step, now) -> step(step));
        String ticket = watch.approve(successor, peer);
        say("   An operator approves%s, ticket %s:", peer ? ", from card to card" : "", ticket);
        Json.Obj ended = watch.follow(ticket);
        boolean attached = until(() -> isAttached(fleet, successor, iccid));
        double seconds = seconds(start);
        boolean away = fleet.downloaded(old).isEmpty();
        boolean holds = until(() -> holder(iccid).equals(Optional.of(successor.value())));
        boolean never = cards.held();
        say("   %s attached with it: %s, %.1f s after its request.", successor, attached ? "yes" : "NO", seconds);
        say(
                "   On the old card: %s. Enabled on one while the other had it: %s. Its holder by REST: %s.",
                away ? "deleted" : "STILL THERE",
                never ? "never" : "YES",
                holder(iccid).orElse("NOBODY"));
        return new ReplacementResult.Moved(
                iccid,
                ReplacementWatch.stages(ended),
                seconds,
                attached,
                away,
                never,
                holds,
                answered.getNow(new RequestAnswer.Refused("no answer")) instanceof RequestAnswer.Agreed);
    }

    private ReplacementResult.GivenUp isGivenUp(
            EnrolledFleet fleet,
            EnrolledFleet far,
            FleetSettings settings,
            Carrier carrier,
            String gid,
            Nid gone,
            Nid successor)
            throws IOException, InterruptedException {
        String iccid = far.downloaded(gone).orElseThrow().iccid().digits();
        say("");
        say("2. %s, with subscription %s, is gone: no signal, no trace.", gone, iccid);
        far.powerCut();
        say("   An operator gives it up, and %s gets a subscription of its own:", successor);
        long start = System.nanoTime();
        String ticket = registry.forceReplacement(Json.object()
                .put("old", gone.value())
                .put("successor", successor.value())
                .put("group", gid)
                .put("template", carrier.template())
                .put("reason", "not heard of since the flood")
                .build());
        Json.Obj ended = new ReplacementWatch(registry, patience, (step, now) -> step(step)).follow(ticket);
        boolean attached = until(() -> fleet.downloaded(successor).isPresent()
                && isAttached(
                        fleet,
                        successor,
                        fleet.downloaded(successor).orElseThrow().iccid().digits()));
        double seconds = seconds(start);
        String other = fleet.downloaded(successor)
                .map(profile -> profile.iccid().digits())
                .orElse("none");
        say(
                "   %s attached with subscription %s: %s, %.1f s after the order.",
                successor, other, attached ? "yes" : "NO", seconds);
        say("   %s appears after all: nothing but the deletion of what was revoked goes to it ...", gone);
        far.powerUp(settings);
        boolean cleared = until(() -> far.downloaded(gone).isEmpty());
        boolean free =
                until(() -> !(registry.replacement(ticket).find("quarantined").orElse(null) instanceof Json.Bool bool)
                        || !bool.value());
        say("   its card without the profile: %s; out of quarantine: %s", cleared ? "yes" : "NO", free ? "yes" : "NO");
        return new ReplacementResult.GivenUp(
                iccid, other, ReplacementWatch.stages(ended), seconds, attached, cleared, free);
    }

    private void step(Json.Obj step) {
        say(
                "   %-18s the right to it: %s%s",
                step.text("stage").orElse(""),
                step.text("holder").orElse(""),
                step.text("code").map(code -> ", " + code).orElse(""));
    }

    private Optional<String> holder(String iccid) {
        return registry.holders(iccid).stream()
                .filter(held -> held.text("until").isEmpty())
                .flatMap(held -> held.text("nid").stream())
                .findFirst();
    }

    private static boolean isAttached(EnrolledFleet fleet, Nid nid, String iccid) {
        return fleet.card(nid)
                .filter(card -> card.isAttachedWith(new Iccid(iccid)))
                .isPresent();
    }

    private boolean until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
