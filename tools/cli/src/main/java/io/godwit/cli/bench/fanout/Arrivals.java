package io.godwit.cli.bench.fanout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts who has got the message that is under way, and remembers when the last one did. */
final class Arrivals {
    private static final long PATIENCE_SECONDS = 60;

    private final AtomicLong strays = new AtomicLong();
    private volatile Expected expected = new Expected(-1, 0);

    private static final class Expected {
        private final long number;
        private final CountDownLatch missing;
        private volatile long lastNanos;

        private Expected(long number, int clients) {
            this.number = number;
            this.missing = new CountDownLatch(clients);
        }
    }

    /** Message {@code number} is about to be sent to so many clients. */
    void expect(long number, int clients) {
        expected = new Expected(number, clients);
    }

    void arrived(long number) {
        Expected now = expected;
        if (number == now.number && now.missing.getCount() > 0) {
            now.lastNanos = System.nanoTime();
            now.missing.countDown();
        } else {
            strays.incrementAndGet();
        }
    }

    /** When the last client got it, as {@link System#nanoTime}. */
    long awaitLast() throws InterruptedException, TimeoutException {
        if (!expected.missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(expected.missing.getCount() + " clients did not get message " + expected.number);
        }
        return expected.lastNanos;
    }

    /** Messages that came twice or to a client that they were not for; 0 unless something is wrong. */
    long strays() {
        return strays.get();
    }
}
