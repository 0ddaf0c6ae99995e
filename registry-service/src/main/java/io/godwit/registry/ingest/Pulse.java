package io.godwit.registry.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether a loop still goes round: it says so each time, and is believed for a while. */
final class Pulse {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private volatile long last;

    /** @param nanos a clock that only rises */
    Pulse(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    void beat() {
        last = nanos.getAsLong();
    }

    boolean isFresh() {
        return nanos.getAsLong() - last <= PATIENCE.toNanos();
    }
}
