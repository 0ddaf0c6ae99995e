package io.godwit.simulator.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionRampTest {
    private final AtomicLong now = new AtomicLong(1_000_000_000);
    private final ConnectionRamp ramp = new ConnectionRamp(100, now::get, new ScheduledThreadPoolExecutor(1));

    @Test
    void connectionsAreSpreadEvenly() {
        assertEquals(0, ramp.reserve());
        assertEquals(10_000_000, ramp.reserve());
        assertEquals(20_000_000, ramp.reserve());
    }

    @Test
    void pauseIsNotSavedUp() {
        assertEquals(0, ramp.reserve());
        now.addAndGet(5_000_000_000L);
        assertEquals(0, ramp.reserve());
        assertEquals(10_000_000, ramp.reserve());
    }
}
