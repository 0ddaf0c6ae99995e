package io.godwit.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the thread that works, and holds the JVM until that thread has put away what it
 * must. What it has not put away by then ends with the JVM.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::come, "interruption");
    private final CountDownLatch done = new CountDownLatch(1);
    private final Runnable announcement;
    private boolean working = true;
    private boolean came;

    private Interruption(Runnable announcement) {
        this.announcement = announcement;
    }

    /** Watches over the calling thread until it is closed. */
    static Interruption announcedBy(Runnable announcement) {
        Interruption interruption = new Interruption(announcement);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** From here on the worker puts things away, and is not interrupted in that. */
    synchronized void endWork() {
        working = false;
        boolean unused = Thread.interrupted();
    }

    synchronized boolean came() {
        return came;
    }

    @Override
    public void close() {
        done.countDown();
        if (came()) {
            return;
        }
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal has come this moment, when there was nothing left to interrupt.
        }
    }

    /** What the signal does. */
    void come() {
        synchronized (this) {
            came = true;
            announcement.run();
            if (working) {
                worker.interrupt();
            }
        }
        try {
            boolean unused = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
