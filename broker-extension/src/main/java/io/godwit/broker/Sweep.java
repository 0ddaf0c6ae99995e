package io.godwit.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is looked after again and again. A step that fails, in whatever way, costs neither the others nor the next time. */
final class Sweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Duration interval;
    private final List<Runnable> steps;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "godwit-timer");
        thread.setDaemon(true);
        return thread;
    });

    Sweep(Duration interval, List<Runnable> steps) {
        this.interval = interval;
        this.steps = List.copyOf(steps);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It never fails, and ends with the timer.
    void start() {
        timer.scheduleWithFixedDelay(
                () -> steps.forEach(Sweep::attempt), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            // The timer would drop the schedule without a word.
            LOG.error("Sweeping failed; trying again.", e);
        }
    }
}
