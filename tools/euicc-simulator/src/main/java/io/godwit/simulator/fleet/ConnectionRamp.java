package io.godwit.simulator.fleet;

import io.godwit.simulator.device.Lines;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Lets so many connections of a fleet begin in a second; the others wait for their turn. A device that comes again does not
 * stand behind those that have not come yet: first connections and repeated ones have each their own rate.
 */
final class ConnectionRamp {
    private final ScheduledExecutorService timer;
    private final Slots first;
    private final Slots again;

    ConnectionRamp(int connectsPerSecond, LongSupplier nanoTime, ScheduledExecutorService timer) {
        this.timer = timer;
        this.first = new Slots(connectsPerSecond, nanoTime);
        this.again = new Slots(connectsPerSecond, nanoTime);
    }

    /** {@code lines} of one device, each opened when its turn has come. */
    Lines limit(Lines lines) {
        AtomicBoolean hasCome = new AtomicBoolean();
        return listener -> {
            long pause = (hasCome.getAndSet(true) ? again : first).reserve();
            if (pause == 0) {
                lines.open(listener);
            } else {
                ScheduledFuture<?> unused = timer.schedule(() -> lines.open(listener), pause, TimeUnit.NANOSECONDS);
            }
        };
    }

    /** The moments at which a connection may begin, evenly spread. */
    static final class Slots {
        private final long nanosBetween;
        private final LongSupplier nanoTime;
        private long next;

        Slots(int perSecond, LongSupplier nanoTime) {
            this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
            this.nanoTime = nanoTime;
            this.next = nanoTime.getAsLong();
        }

        /** Takes the next free one; how many nanoseconds it is away. */
        synchronized long reserve() {
            long now = nanoTime.getAsLong();
            long slot = Math.max(now, next);
            next = slot + nanosBetween;
            return slot - now;
        }
    }
}
