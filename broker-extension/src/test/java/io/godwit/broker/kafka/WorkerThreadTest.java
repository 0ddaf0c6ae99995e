package io.godwit.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerThreadTest {
    private final Scripted worker = new Scripted();

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void itWorksFromItsFirstRoundOn() throws Exception {
        assertFalse(worker.works(), "not started");
        worker.start();
        assertFalse(worker.works(), "nothing is done yet");

        worker.round(() -> {});
        worker.round(() -> {});

        assertTrue(worker.works());
    }

    @Test
    void noErrorEndsItButItDoesNotWorkUntilARoundGoesWell() throws Exception {
        worker.start();
        worker.round(() -> {});
        for (Error error : new Error[] {new NoClassDefFoundError(), new StackOverflowError(), new AssertionError()}) {
            worker.round(() -> {
                throw error;
            });
            worker.awaitWorks(false);
        }
        worker.round(() -> {
            throw new IllegalStateException("for the test");
        });
        worker.awaitWorks(false);

        worker.round(() -> {});

        worker.awaitWorks(true);
    }

    @Test
    void anErrorWhileItIsClosedDoesNotKeepItFromEnding() throws Exception {
        worker.start();
        worker.round(() -> {
            throw new NoClassDefFoundError();
        });

        worker.close();

        assertTrue(worker.ended.await(1, TimeUnit.SECONDS));
        assertFalse(worker.works());
    }

    /** Does in each round what it is handed. */
    private static final class Scripted extends WorkerThread {
        private final BlockingQueue<Runnable> rounds = new LinkedBlockingQueue<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        private Scripted() {
            super("scripted");
        }

        /** Returns when the thread has begun it. */
        private void round(Runnable round) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            rounds.add(() -> {
                begun.countDown();
                round.run();
            });
            assertTrue(begun.await(10, TimeUnit.SECONDS), "the thread has ended");
        }

        private void awaitWorks(boolean expected) throws InterruptedException {
            while (works() != expected) {
                Thread.sleep(5);
            }
        }

        @Override
        protected void round() throws InterruptedException {
            rounds.take().run();
        }

        @Override
        protected void end() {
            ended.countDown();
            throw new NoClassDefFoundError("for the test");
        }
    }
}
