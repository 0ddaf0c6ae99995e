package io.godwit.cli.demo;

import io.godwit.cli.registry.CampaignFigures;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.CardComparison;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OperationWatch.Watched;
import io.godwit.cli.scenario.Progress;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.simulator.RequestAnswer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Devices that ask by themselves (flow D), and what becomes of it. */
final class Requests {
    private static final long ANSWER_SECONDS = 60;
    private static final String REASON = "first start on site";

    private final RegistryClient registry;
    private final EnrolledFleet fleet;
    private final PrintWriter out;
    private final boolean terminal;

    Requests(RegistryClient registry, EnrolledFleet fleet, PrintWriter out, boolean terminal) {
        this.registry = registry;
        this.fleet = fleet;
        this.out = out;
        this.terminal = terminal;
    }

    /** @return whether {@code nid} was granted what the policy of its group says, and its EIS says so */
    boolean ownProfile(Nid nid, String gid) throws InterruptedException, ExecutionException {
        return follow(fleet.process().requestProfile(nid, REASON), gid, 1);
    }

    /** @return whether all {@code members} of the group were granted it by one request of {@code spokesman} */
    boolean wholeGroup(Nid spokesman, Gid gid, int members) throws InterruptedException, ExecutionException {
        return follow(fleet.process().requestProfileFor(spokesman, gid, REASON), gid.value(), members);
    }

    private boolean follow(CompletableFuture<RequestAnswer> asked, String gid, int cards)
            throws InterruptedException, ExecutionException {
        RequestAnswer answer;
        try {
            answer = asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            say("  not answered within %d s; godwit logs provisioning-service may tell why", ANSWER_SECONDS);
            return false;
        }
        if (!(answer instanceof RequestAnswer.Accepted accepted)) {
            say("  refused: %s", ((RequestAnswer.Refused) answer).reason());
            return false;
        }
        say("  accepted by the policy of group %s as operation %s", gid, accepted.operation());
        Watched watched = new OperationWatch(registry, new Progress(out, terminal))
                .tolerant()
                .watch(accepted.operation(), cards, System.nanoTime(), Duration.ofSeconds(ANSWER_SECONDS));
        if (watched instanceof Watched.Incomplete incomplete) {
            say("  %s", incomplete.sentence());
        }
        CampaignFigures.of(watched.operation()).ifPresent(campaign -> say("  %s", campaign.sentence()));
        return watched.operation().number("succeeded").orElse(0L) == cards
                && CardComparison.mismatches(registry, gid, fleet.process().truth())
                        .isEmpty();
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
