package io.godwit.broker.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Remembers that recording failed, so that nobody waits for what will not come. Open after a failure for a pause, and as
 * long as Kafka is not reached at all.
 */
public final class Circuit {
    private final long pauseNanos;
    private final LongSupplier nanoTime;
    private volatile long openUntil;
    private volatile boolean reached;

    /** Open until Kafka is {@link #reached} for the first time. */
    public Circuit(Duration pause, LongSupplier nanoTime) {
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
        this.openUntil = nanoTime.getAsLong();
    }

    /** A record was lost. */
    public void failed() {
        openUntil = nanoTime.getAsLong() + pauseNanos;
    }

    /** Kafka answered, or did not answer, when it was asked. */
    public void reached(boolean now) {
        reached = now;
    }

    /** Whether it makes sense to try. */
    public boolean isClosed() {
        return reached && nanoTime.getAsLong() - openUntil >= 0;
    }
}
