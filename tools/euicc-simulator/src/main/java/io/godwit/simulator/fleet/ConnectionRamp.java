package io.godwit.simulator.fleet;

import io.godwit.simulator.device.Lines;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many connections of a fleet begin in a second; the others wait for their turn. */
final class ConnectionRamp {
    private final long nanosBetween;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer;
    private long nextSlot;

    ConnectionRamp(int connectsPerSecond, LongSupplier nanoTime, ScheduledExecutorService timer) {
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / connectsPerSecond;
        this.nanoTime = nanoTime;
        this.timer = timer;
        this.nextSlot = nanoTime.getAsLong();
    }

    /** {@code lines}, each opened when its turn has come. */
    Lines limit(Lines lines) {
        return listener -> {
            long pause = reserve();
            if (pause == 0) {
                lines.open(listener);
            } else {
                ScheduledFuture<?> unused = timer.schedule(() -> lines.open(listener), pause, TimeUnit.NANOSECONDS);
            }
        };
    }

    /** Takes the next free slot; how many nanoseconds it is away. */
    synchronized long reserve() {
        long now = nanoTime.getAsLong();
        long slot = Math.max(now, nextSlot);
        nextSlot = slot + nanosBetween;
        return slot - now;
    }
}
