package io.godwit.broker.uplink;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a device may publish: {@code burst} messages at once and {@code perSecond} in the long run. One number, no lock: the
 * time at which the bucket would be full again (the generic cell rate algorithm of ITU-T I.371). Times are
 * {@link System#nanoTime} or anything like it.
 */
public final class TokenBucket {
    private static final long SECOND = 1_000_000_000L;

    private final long nanosPerToken;
    private final long nanosPerBurst;
    private final AtomicLong fullAt;

    /** A full bucket. */
    public TokenBucket(int perSecond, int burst, long now) {
        this.nanosPerToken = SECOND / perSecond;
        this.nanosPerBurst = nanosPerToken * burst;
        this.fullAt = new AtomicLong(now);
    }

    /** Takes one token, if there is one. */
    public boolean take(long now) {
        while (true) {
            long before = fullAt.get();
            long after = (before - now > 0 ? before : now) + nanosPerToken;
            if (after - now > nanosPerBurst) {
                return false;
            }
            if (fullAt.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** Whether the bucket is as good as new. */
    public boolean isFull(long now) {
        return fullAt.get() - now <= 0;
    }
}
