package io.godwit.kit.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the dispatcher of the same process that something was committed, so that it need not wait for its next look. */
public final class OutboxSignal {
    private final Semaphore rung = new Semaphore(0);

    /** Wakes the dispatcher, now or when it next waits. Never blocks. */
    public void ring() {
        // One permit says it; a process that follows another never takes any, and their number has an end.
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Waits until {@link #ring} was called since the last wait, or the time is over. */
    boolean await(Duration atMost) throws InterruptedException {
        boolean heard = rung.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        rung.drainPermits();
        return heard;
    }
}
