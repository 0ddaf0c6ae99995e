package io.godwit.broker.uplink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The token bucket of each device that has published lately. It belongs to the device and not to a connection: neither more
 * connections nor a reconnect give more tokens.
 */
public final class RateLimits {
    private final int perSecond;
    private final int burst;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    public RateLimits(int perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes one token of that device; {@code now} is {@link System#nanoTime}. */
    public boolean take(String device, long now) {
        TokenBucket bucket = buckets.get(device);
        if (bucket == null) {
            bucket = buckets.computeIfAbsent(device, key -> new TokenBucket(perSecond, burst, now));
        }
        return bucket.take(now);
    }

    /** Forgets full buckets, which are like new ones. */
    public void sweep(long now) {
        buckets.values().removeIf(bucket -> bucket.isFull(now));
    }

    public int size() {
        return buckets.size();
    }
}
