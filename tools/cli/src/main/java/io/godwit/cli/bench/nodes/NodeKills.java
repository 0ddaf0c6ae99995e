package io.godwit.cli.bench.nodes;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.OutcomeCounts;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Kills one node after the other as the outcomes of an order come in, and starts each again a while later. */
final class NodeKills {
    /** An order that makes no progress is struck nevertheless. */
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private static final Duration COMING_BACK = Duration.ofMinutes(2);

    /** Some devices are always about to reboot. */
    private static final double NEARLY_ALL = 0.95;

    private static final long POLL_MILLIS = 20;

    private final Installation installation;
    private final RegistryClient registry;
    private final ConnectionsByNode connections;
    private final NodesPlan plan;
    private final PrintWriter out;

    NodeKills(
            Installation installation,
            RegistryClient registry,
            ConnectionsByNode connections,
            NodesPlan plan,
            PrintWriter out) {
        this.installation = installation;
        this.registry = registry;
        this.connections = connections;
        this.plan = plan;
        this.out = out;
    }

    /** Ends when the last node that was killed serves again. */
    List<NodeKill> strike(String operation, long orderedAtNanos) throws InterruptedException {
        List<CompletableFuture<NodeKill>> kills = new ArrayList<>();
        List<String> nodes = installation.brokerNodes();
        for (double mark : plan.marks()) {
            String node = nodes.get(kills.size() % nodes.size());
            long outcomes = await(operation, (long) Math.ceil(mark * plan.cards()));
            Map<String, Integer> before = connections.now();
            long killedAt = System.nanoTime();
            installation.kill(node);
            NodeKill kill = new NodeKill(node, outcomes, (killedAt - orderedAtNanos) / 1e9, before, 0);
            out.printf(
                    Locale.ROOT,
                    "  kill -9 %s at %d of %d outcomes, %.1f s after the order; connections %s%n",
                    node,
                    outcomes,
                    plan.cards(),
                    kill.seconds(),
                    before);
            out.flush();
            // The next mark does not wait for it.
            kills.add(CompletableFuture.supplyAsync(
                    () -> afterwards(kill, killedAt), task -> new Thread(task, "after-" + node).start()));
        }
        try {
            return kills.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    private long await(String operation, long outcomes) throws InterruptedException {
        long deadline = System.nanoTime() + STANDSTILL.toNanos();
        long seen = 0;
        while (true) {
            long now = OutcomeCounts.ended(registry.operation(operation));
            deadline = now > seen ? System.nanoTime() + STANDSTILL.toNanos() : deadline;
            seen = now;
            if (seen >= outcomes || System.nanoTime() > deadline) {
                return seen;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private NodeKill afterwards(NodeKill kill, long killedAt) {
        CompletableFuture<Double> back = CompletableFuture.supplyAsync(() -> backSeconds(kill, killedAt));
        try {
            Thread.sleep(plan.down().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        installation.restart(kill.node());
        return new NodeKill(kill.node(), kill.outcomes(), kill.seconds(), kill.connections(), back.join());
    }

    private double backSeconds(NodeKill kill, long killedAt) {
        double enough = NEARLY_ALL * ConnectionsByNode.sum(kill.connections());
        try {
            // What the dead node had goes first.
            while (connections.now().getOrDefault(kill.node(), 0) > 0 && !isLate(killedAt)) {
                Thread.sleep(POLL_MILLIS);
            }
            while (ConnectionsByNode.sum(connections.now()) < enough && !isLate(killedAt)) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (System.nanoTime() - killedAt) / 1e9;
    }

    private static boolean isLate(long killedAt) {
        return System.nanoTime() - killedAt > COMING_BACK.toNanos();
    }
}
