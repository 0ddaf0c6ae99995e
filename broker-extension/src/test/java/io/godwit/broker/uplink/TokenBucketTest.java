package io.godwit.broker.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aBurstIsTakenAtOnceAndThenOneTokenComesEveryTwentiethOfASecond() {
        TokenBucket bucket = new TokenBucket(20, 50, 0);

        assertEquals(50, taken(bucket, 100, 0));
        assertFalse(bucket.take(SECOND / 20 - 1));
        assertTrue(bucket.take(SECOND / 20));
        assertFalse(bucket.take(SECOND / 20));
        assertEquals(20, taken(bucket, 100, SECOND + SECOND / 20));
    }

    @Test
    void aLongSilenceGivesNoMoreThanABurst() {
        TokenBucket bucket = new TokenBucket(20, 50, 0);
        taken(bucket, 50, 0);

        assertFalse(bucket.isFull(SECOND));
        assertTrue(bucket.isFull(3 * SECOND));
        assertEquals(50, taken(bucket, 1000, 3600 * SECOND));
    }

    @Test
    void theClockMayWrapAround() {
        long nearTheEnd = Long.MAX_VALUE - SECOND;
        TokenBucket bucket = new TokenBucket(20, 50, nearTheEnd);

        assertEquals(50, taken(bucket, 100, nearTheEnd));
        assertEquals(40, taken(bucket, 100, nearTheEnd + 2 * SECOND));
    }

    @Test
    void whateverTheTimesNobodyGetsMoreThanBurstAndRate() {
        long seed = Long.getLong("godwit.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dgodwit.seed)");
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(7, 11, 0);
        long now = 0;
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextLong(SECOND / 10);
            taken += bucket.take(now) ? 1 : 0;
            assertTrue(taken <= 11 + 7.0 * now / SECOND + 1e-3, "seed " + seed);
        }
    }

    @Test
    void fullBucketsAreForgotten() {
        RateLimits limits = new RateLimits(20, 50);
        for (int i = 0; i < 50; i++) {
            assertTrue(limits.take("acme/dev", 0));
        }
        assertFalse(limits.take("acme/dev", 0));
        assertTrue(limits.take("acme/other", 0));

        limits.sweep(SECOND);
        assertEquals(1, limits.size(), "the one that is still filling up stays");
        limits.sweep(3 * SECOND);
        assertEquals(0, limits.size());
    }

    private static int taken(TokenBucket bucket, int attempts, long now) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        return taken;
    }
}
