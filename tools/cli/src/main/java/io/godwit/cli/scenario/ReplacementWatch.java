package io.godwit.cli.scenario;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Follows a replacement by asking the registry; one that does not answer for a while is waited for. */
public final class ReplacementWatch {
    private static final long PERIOD_MILLIS = 100;

    private final RegistryClient registry;
    private final Duration patience;
    private final BiConsumer<Json.Obj, Json.Obj> told;

    /**
     * @param patience how long each wait may take
     * @param told gets each step once, in order, as REST has it, and the replacement as it is at that moment
     */
    public ReplacementWatch(RegistryClient registry, Duration patience, BiConsumer<Json.Obj, Json.Obj> told) {
        this.registry = registry;
        this.patience = patience;
        this.told = told;
    }

    /**
     * Waits until the successor's request waits for an operator, and approves it.
     *
     * @return its ticket
     * @throws RegistryException when no request has come within the patience
     */
    public String approve(Nid successor) throws InterruptedException {
        return approve(successor, false);
    }

    /** The same; with {@code peer} the profile goes from card to card. */
    public String approve(Nid successor, boolean peer) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Optional<String> ticket = registry.replacements(successor.value()).stream()
                        .filter(one -> one.text("stage").equals(Optional.of("AwaitingApproval")))
                        .flatMap(one -> one.text("ticket").stream())
                        .findFirst();
                if (ticket.isPresent()) {
                    if (peer) {
                        registry.approvePeerReplacement(ticket.get());
                    } else {
                        registry.approveReplacement(ticket.get());
                    }
                    return ticket.get();
                }
            } catch (RegistryException e) {
                requireTransient(e);
            }
            Thread.sleep(PERIOD_MILLIS);
        }
        throw new RegistryException(0, "no request of " + successor + " waits for an operator");
    }

    /** Waits until it has ended, or patience has; gives it as it is then, with its steps. */
    public Json.Obj follow(String ticket) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Json.Obj now = Json.Obj.EMPTY;
        int steps = 0;
        while (true) {
            boolean answered = true;
            try {
                now = registry.replacement(ticket);
            } catch (RegistryException e) {
                requireTransient(e);
                answered = false;
            }
            List<Json.Obj> way = steps(now);
            if (answered && steps < way.size()) {
                told.accept(way.get(steps), now);
                steps++;
                // Who hears of a step may take long over it: the next one is told with the replacement as it is then.
                continue;
            }
            if (now.text("endedAt").isPresent() || System.nanoTime() > deadline) {
                return now;
            }
            Thread.sleep(PERIOD_MILLIS);
        }
    }

    /** The stages that a replacement has come to, in order. */
    public static List<String> stages(Json.Obj replacement) {
        return steps(replacement).stream()
                .flatMap(step -> step.text("stage").stream())
                .distinct()
                .toList();
    }

    private static List<Json.Obj> steps(Json.Obj replacement) {
        List<Json.Obj> steps = new ArrayList<>();
        for (Json step : replacement.array("steps").orElse(List.of())) {
            steps.add((Json.Obj) step);
        }
        return steps;
    }

    /** What it has not heard of yet is not there yet. */
    private static void requireTransient(RegistryException e) {
        if (e.status() != 0 && e.status() != 404 && e.status() < 500) {
            throw e;
        }
    }
}
