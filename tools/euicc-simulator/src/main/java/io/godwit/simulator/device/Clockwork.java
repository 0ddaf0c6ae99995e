package io.godwit.simulator.device;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What devices of one process share: threads, a timer, the time and dice.
 *
 * @param workers run the devices' decisions; each device uses one thread at a time
 */
public record Clockwork(Executor workers, ScheduledExecutorService timer, Clock clock, RandomGenerator dice) {
    Moment moment() {
        return new Moment(clock.instant(), dice.nextDouble());
    }

    ScheduledFuture<?> after(Duration pause, Runnable task) {
        return timer.schedule(task, Math.max(0, pause.toNanos()), TimeUnit.NANOSECONDS);
    }

    CompletableFuture<Void> pause(Duration pause) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        ScheduledFuture<?> alarm = after(pause, () -> workers.execute(() -> over.complete(null)));
        return over.whenComplete((nothing, failure) -> alarm.cancel(false));
    }
}
