package io.godwit.registry.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Pulse pulse = new Pulse(nanos::get);

    @Test
    void aLoopIsBelievedForHalfAMinuteAfterEachRound() {
        assertTrue(pulse.isFresh(), "from the beginning on");
        nanos.addAndGet(Pulse.PATIENCE.toNanos());
        assertTrue(pulse.isFresh());
        nanos.incrementAndGet();
        assertFalse(pulse.isFresh());
        pulse.beat();
        assertTrue(pulse.isFresh());
    }
}
