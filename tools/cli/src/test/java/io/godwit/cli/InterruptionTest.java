package io.godwit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptionTest {
    @Test
    void workIsInterruptedAndWhatIsPutAwayAfterItIsWaitedFor() throws InterruptedException {
        AtomicInteger announced = new AtomicInteger();
        Interruption interruption = Interruption.announcedBy(announced::incrementAndGet);
        Thread signal = new Thread(interruption::come);
        signal.start();
        assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await());
        interruption.endWork();
        assertTrue(interruption.came());
        assertTrue(signal.isAlive());
        interruption.close();
        signal.join();
        assertEquals(1, announced.get());
    }

    @Test
    void whoPutsThingsAwayIsLeftAlone() throws InterruptedException {
        Interruption interruption = Interruption.announcedBy(() -> {});
        interruption.endWork();
        Thread signal = new Thread(interruption::come);
        signal.start();
        while (!interruption.came()) {
            Thread.onSpinWait();
        }
        assertFalse(Thread.currentThread().isInterrupted());
        interruption.close();
        signal.join();
    }
}
