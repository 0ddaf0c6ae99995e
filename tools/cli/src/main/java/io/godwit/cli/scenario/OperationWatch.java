package io.godwit.cli.scenario;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.protocol.json.Json;
import java.time.Duration;

/** Waits for an operation by asking the registry, as any program of a carrier would. */
public final class OperationWatch {
    private static final long PERIOD_MILLIS = 100;

    private final RegistryClient registry;
    private final Progress progress;
    private final boolean tolerant;

    public OperationWatch(RegistryClient registry, Progress progress) {
        this(registry, progress, false);
    }

    private OperationWatch(RegistryClient registry, Progress progress, boolean tolerant) {
        this.registry = registry;
        this.progress = progress;
        this.tolerant = tolerant;
    }

    /** The same, but a registry that does not answer for a while, or has not heard of the operation yet, is waited for. */
    public OperationWatch tolerant() {
        return new OperationWatch(registry, progress, true);
    }

    /** How an operation was when nobody watched it any longer. */
    public sealed interface Watched {
        Json.Obj operation();

        /** Each card has its outcome. */
        record Complete(Json.Obj operation) implements Watched {}

        /** Patience ran out before; {@code sentence} says so to people. */
        record Incomplete(Json.Obj operation, String sentence) implements Watched {}
    }

    /**
     * Ends when each of {@code cards} has its outcome.
     *
     * @param orderedAtNanos {@link System#nanoTime()} when the order was sent
     * @throws RegistryException when there are still cards without an outcome after {@code patience}
     */
    public Json.Obj await(String operation, long cards, long orderedAtNanos, Duration patience)
            throws InterruptedException {
        Watched watched = watch(operation, cards, orderedAtNanos, patience);
        if (watched instanceof Watched.Incomplete incomplete) {
            throw new RegistryException(0, incomplete.sentence());
        }
        return watched.operation();
    }

    /** Ends when each of {@code cards} has its outcome, or after {@code patience}. */
    public Watched watch(String operation, long cards, long orderedAtNanos, Duration patience)
            throws InterruptedException {
        while (true) {
            Json.Obj now = ask(operation);
            double seconds = (System.nanoTime() - orderedAtNanos) / 1e9;
            String status = now.text("status").orElse("");
            boolean complete = status.equals("Completed") || status.equals("Failed");
            boolean outOfPatience = seconds > patience.toSeconds();
            progress.show(now, cards, seconds, complete || outOfPatience);
            if (complete) {
                return new Watched.Complete(now);
            }
            if (outOfPatience) {
                return new Watched.Incomplete(
                        now,
                        "operation " + operation + " is not complete after " + patience.toSeconds()
                                + " s; godwit logs provisioning-service may tell why");
            }
            Thread.sleep(PERIOD_MILLIS);
        }
    }

    private Json.Obj ask(String operation) {
        try {
            return registry.operation(operation);
        } catch (RegistryException e) {
            if (tolerant && (e.status() == 0 || e.status() == 404 || e.status() >= 500)) {
                return Json.Obj.EMPTY;
            }
            throw e;
        }
    }
}
