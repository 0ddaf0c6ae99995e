package io.godwit.simulator.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.Octets;
import io.godwit.simulator.device.Line;
import io.godwit.simulator.device.Lines;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionRampTest {
    private final AtomicLong now = new AtomicLong(1_000_000_000);
    private final ConnectionRamp.Slots slots = new ConnectionRamp.Slots(100, now::get);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void connectionsAreSpreadEvenly() {
        assertEquals(0, slots.reserve());
        assertEquals(10_000_000, slots.reserve());
        assertEquals(20_000_000, slots.reserve());
    }

    @Test
    void pauseIsNotSavedUp() {
        assertEquals(0, slots.reserve());
        now.addAndGet(5_000_000_000L);
        assertEquals(0, slots.reserve());
        assertEquals(10_000_000, slots.reserve());
    }

    @Test
    void whoComesAgainDoesNotStandBehindThoseThatHaveNotComeYet() {
        ConnectionRamp ramp = new ConnectionRamp(1, now::get, timer);
        AtomicInteger opened = new AtomicInteger();
        Lines line = ramp.limit(listener -> opened.incrementAndGet());
        line.open(new Deaf());
        ramp.limit(listener -> opened.incrementAndGet()).open(new Deaf());
        assertEquals(1, opened.get(), "the second device waits for a second");
        line.open(new Deaf());
        assertEquals(2, opened.get(), "the first one comes again at once");
    }

    private static final class Deaf implements Lines.Listener {
        @Override
        public void opened(Line line) {
            // nothing comes of it
        }

        @Override
        public void delivered(Octets payload, Runnable acknowledge) {
            // nothing comes of it
        }

        @Override
        public void lost(String cause) {
            // nothing comes of it
        }
    }
}
