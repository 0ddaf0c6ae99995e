package io.godwit.cli.demo;

import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.protocol.json.Json;
import java.time.Duration;

/** Waits for an operation by asking the registry, as any program of a carrier would. */
final class OperationWatch {
    private static final long PERIOD_MILLIS = 100;

    private final RegistryClient registry;
    private final Progress progress;

    OperationWatch(RegistryClient registry, Progress progress) {
        this.registry = registry;
        this.progress = progress;
    }

    /**
     * Ends when each of {@code cards} has its outcome.
     *
     * @param orderedAtNanos {@link System#nanoTime()} when the order was sent
     * @throws RegistryException when there are still cards without an outcome after {@code patience}
     */
    Json.Obj await(String operation, long cards, long orderedAtNanos, Duration patience) throws InterruptedException {
        while (true) {
            Json.Obj now = registry.operation(operation);
            double seconds = (System.nanoTime() - orderedAtNanos) / 1e9;
            String status = now.text("status").orElse("");
            boolean last = status.equals("Completed") || status.equals("Failed");
            progress.show(now, cards, seconds, last);
            if (last) {
                return now;
            }
            if (seconds > patience.toSeconds()) {
                throw new RegistryException(
                        0,
                        "operation " + operation + " is not complete after " + patience.toSeconds()
                                + " s; godwit logs provisioning-service may tell why");
            }
            Thread.sleep(PERIOD_MILLIS);
        }
    }
}
