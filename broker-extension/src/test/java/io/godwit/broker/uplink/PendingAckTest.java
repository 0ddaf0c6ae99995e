package io.godwit.broker.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingAckTest {
    private final AtomicInteger letGo = new AtomicInteger();
    private final PendingAck ack = new PendingAck(7);

    @Test
    void aHeldPubackGoesWhenTheRecordArrives() {
        assertTrue(ack.hold(letGo::incrementAndGet));
        assertEquals(0, letGo.get());

        ack.recorded();

        assertEquals(1, letGo.get());
    }

    @Test
    void aPubackThatComesAfterTheRecordGoesAtOnce() {
        ack.recorded();

        assertTrue(ack.isRecorded());
        assertTrue(ack.hold(letGo::incrementAndGet));
        assertEquals(1, letGo.get());
    }

    @Test
    void aLostRecordNeverLetsItsPubackGo() {
        assertTrue(ack.hold(letGo::incrementAndGet));

        assertNotNull(ack.lost(), "the caller lets it go when the connection is closed");
        assertEquals(0, letGo.get());
        assertFalse(ack.isRecorded());
    }

    @Test
    void aPubackThatComesAfterTheLossIsTheCallersToHold() {
        assertNull(ack.lost());

        assertFalse(ack.hold(letGo::incrementAndGet));
        assertEquals(0, letGo.get());
    }

    @Test
    void whoeverComesSecondLetsItGoExactlyOnce() throws Exception {
        ExecutorService kafka = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 20_000; i++) {
                PendingAck each = new PendingAck(i);
                AtomicInteger gone = new AtomicInteger();
                CyclicBarrier start = new CyclicBarrier(2);
                Future<?> record = kafka.submit(() -> {
                    start.await();
                    each.recorded();
                    return null;
                });
                start.await();
                assertTrue(each.hold(gone::incrementAndGet));
                record.get();
                assertEquals(1, gone.get());
            }
        } finally {
            kafka.shutdownNow();
        }
    }
}
