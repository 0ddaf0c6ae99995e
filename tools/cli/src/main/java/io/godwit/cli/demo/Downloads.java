package io.godwit.cli.demo;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.DownloadRun;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OperationWatch.Watched;
import io.godwit.cli.scenario.OrderResult;
import io.godwit.cli.scenario.Progress;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.RefusedAttach;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.network.AttachRefusal;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Profiles that are not on the cards yet, of a carrier's stock: one card gets one and enables it by a second order, the others in
 * one go. An enabled one is a success only if the carrier's network has let its device attach.
 */
final class Downloads {
    private static final long POLL_MILLIS = 200;

    private final Installation installation;
    private final RegistryClient registry;
    private final EnrolledFleet fleet;
    private final Carrier carrier;
    private final Duration patience;
    private final PrintWriter out;

    Downloads(
            Installation installation,
            RegistryClient registry,
            EnrolledFleet fleet,
            Carrier carrier,
            Duration patience,
            PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.fleet = fleet;
        this.carrier = carrier;
        this.patience = patience;
        this.out = out;
    }

    /** @param cards all the members of {@code gid} */
    DemoResult.Downloaded run(List<Nid> cards, String gid) throws InterruptedException {
        DownloadRun downloads = new DownloadRun(installation, registry, fleet, patience, out);
        Nid first = cards.get(0);
        say("Downloading a profile to card %s: CreateISDP, key agreement, SCP03t ...", first);
        OrderResult one = downloads.run(List.of(first), gid, () -> carrier.order(false), false);
        say("  %s", one.outcomes());
        boolean enabled = enable(first);
        List<Nid> others = cards.subList(1, cards.size());
        say("Downloading a profile to each of %d cards, which enable it and attach with it ...", others.size());
        return new DemoResult.Downloaded(
                one.isSound() && enabled, downloads.run(others, gid, () -> carrier.order(true), true));
    }

    /**
     * Orders a profile whose Ki the carrier's network does not know, and waits until that network has sent the device away. The
     * roll-back comes with the device's timer; {@link #awaitRollBack} waits for it.
     *
     * @return the operation's id
     */
    String orderWithAWrongKi(Nid nid, Iccid iccid) throws InterruptedException {
        say("Downloading to card %s a profile of which the carrier's network has another Ki ...", nid);
        String operation = registry.download(nid.value(), carrier.order(iccid));
        long deadline = System.nanoTime() + patience.toNanos();
        while (refusal(nid).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
        say("  the network: %s", refusal(nid).map(Enum::name).orElse("has not been asked"));
        return operation;
    }

    private Optional<AttachRefusal> refusal(Nid nid) {
        return truth(nid).map(CardTruth::attachRefused).map(RefusedAttach::reason);
    }

    private Optional<CardTruth> truth(Nid nid) {
        return fleet.process().truth().stream()
                .filter(card -> nid.equals(card.nid()))
                .findFirst();
    }

    /** Waits until the card that was refused has gone back to its former profile, and tells why as the operator sees it. */
    DemoResult.Refused awaitRollBack(String operation, Nid nid, Iccid iccid) throws InterruptedException {
        say("Waiting for card %s to go back to its former profile ...", nid);
        new OperationWatch(registry, new Progress(new PrintWriter(Writer.nullWriter()), false))
                .watch(operation, 1, System.nanoTime(), patience);
        Json.Obj outcome = registry.outcomes(operation).stream()
                .findFirst()
                .flatMap(member -> member.object("outcome"))
                .orElse(Json.Obj.EMPTY);
        boolean back = truth(nid).stream()
                .flatMap(card -> card.profiles().stream())
                .anyMatch(profile -> profile.state() == ProfileState.State.ENABLED
                        && !profile.iccid().equals(iccid));
        return new DemoResult.Refused(
                outcome.text("code").orElse("no outcome"),
                outcome.text("detail").orElse(""),
                back);
    }

    private boolean enable(Nid nid) throws InterruptedException {
        say("Ordering EnableProfile {type: %s} for it:", Carrier.TYPE);
        EsFunction function = new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType(Carrier.TYPE));
        String operation = registry.order(Json.object()
                .put("function", function.toJson())
                .put("nid", nid.value())
                .build());
        Watched watched =
                new OperationWatch(registry, new Progress(out, false)).watch(operation, 1, System.nanoTime(), patience);
        return watched.operation().number("succeeded").orElse(0L) == 1;
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
