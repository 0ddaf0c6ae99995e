package io.godwit.cli.demo;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.DownloadRun;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OperationWatch.Watched;
import io.godwit.cli.scenario.OrderResult;
import io.godwit.cli.scenario.Progress;
import io.godwit.cli.scenario.Subscriptions;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Profiles that are not on the cards yet: one card gets one and enables it by a second order, the others in one go. */
final class Downloads {
    private final Installation installation;
    private final RegistryClient registry;
    private final EnrolledFleet fleet;
    private final Duration patience;
    private final PrintWriter out;

    Downloads(
            Installation installation,
            RegistryClient registry,
            EnrolledFleet fleet,
            Duration patience,
            PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.fleet = fleet;
        this.patience = patience;
        this.out = out;
    }

    /** @param cards all the members of {@code gid} */
    DemoResult.Downloaded run(List<Nid> cards, String gid) throws InterruptedException {
        Subscriptions subscriptions = fleet.subscriptions(0);
        DownloadRun downloads = new DownloadRun(installation, registry, fleet, patience, out);
        Nid first = cards.get(0);
        say("Downloading a profile to card %s: CreateISDP, key agreement, SCP03t ...", first);
        OrderResult one = downloads.run(List.of(first), gid, subscriptions, false);
        say("  %s", one.outcomes());
        boolean enabled = enable(first);
        List<Nid> others = cards.subList(1, cards.size());
        say("Downloading a profile to each of %d cards, enabled at its end ...", others.size());
        return new DemoResult.Downloaded(one.isSound() && enabled, downloads.run(others, gid, subscriptions, true));
    }

    private boolean enable(Nid nid) throws InterruptedException {
        say("Ordering EnableProfile {type: %s} for it:", Subscriptions.TYPE);
        EsFunction function =
                new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType(Subscriptions.TYPE));
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
