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

    /** A kill, and what follows it beside the next ones. */
    private record Aftermath(NodeKill kill, CompletableFuture<Void> up, CompletableFuture<Double> backSeconds) {
        NodeKill join() {
            up.join();
            return new NodeKill(kill.node(), kill.outcomes(), kill.seconds(), kill.connections(), backSeconds.join());
        }
    }

    /**
     * The last node that lives is spared until another one serves again. Ends when all of them do.
     *
     * @param orderedAtNanos {@link System#nanoTime()} when the order was sent
     */
    List<NodeKill> strike(String operation, long orderedAtNanos) throws InterruptedException {
        List<Aftermath> kills = new ArrayList<>();
        List<String> nodes = installation.brokerNodes();
        try {
            for (double mark : plan.marks()) {
                await(operation, (long) Math.ceil(mark * plan.cards()));
                if (kills.stream().filter(kill -> !kill.up().isDone()).count() >= nodes.size() - 1) {
                    CompletableFuture.anyOf(kills.stream()
                                    .map(Aftermath::up)
                                    .filter(up -> !up.isDone())
                                    .toArray(CompletableFuture[]::new))
                            .join();
                }
                kills.add(kill(nodes.get(kills.size() % nodes.size()), operation, orderedAtNanos));
            }
            return kills.stream().map(Aftermath::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    private Aftermath kill(String node, String operation, long orderedAtNanos) throws InterruptedException {
        long outcomes = OutcomeCounts.ended(registry.operation(operation));
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
        // The next mark waits for neither.
        return new Aftermath(
                kill,
                CompletableFuture.runAsync(() -> restart(node), task -> new Thread(task, "restart-" + node).start()),
                CompletableFuture.supplyAsync(
                        () -> backSeconds(kill, killedAt), task -> new Thread(task, "watch-" + node).start()));
    }

    private void await(String operation, long outcomes) throws InterruptedException {
        long deadline = System.nanoTime() + STANDSTILL.toNanos();
        long seen = 0;
        while (true) {
            long now = OutcomeCounts.ended(registry.operation(operation));
            deadline = now > seen ? System.nanoTime() + STANDSTILL.toNanos() : deadline;
            seen = now;
            if (seen >= outcomes || System.nanoTime() > deadline) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void restart(String node) {
        try {
            Thread.sleep(plan.down().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        installation.restart(node);
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
