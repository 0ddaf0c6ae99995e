package io.godwit.broker.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does the same again and again until it is closed, and that no fault ends. */
public abstract class WorkerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);
    private static final long PAUSE_AFTER_FAULT_MILLIS = 1000;

    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean sound;

    protected WorkerThread(String name) {
        this.thread = new Thread(this::work, name);
        this.thread.setDaemon(true);
        // Kafka finds its login modules through the context class loader, and HiveMQ's threads have another one.
        this.thread.setContextClassLoader(WorkerThread.class.getClassLoader());
    }

    /** Once around: returns within about a second, or is interrupted. */
    protected abstract void round() throws InterruptedException;

    /** Lets go of what {@link #round} used; on the same thread. */
    protected abstract void end();

    public final void start() {
        thread.start();
    }

    /** Whether the last round went well, so that what this thread is there for is done. */
    public final boolean works() {
        return sound && thread.isAlive();
    }

    @Override
    public final void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (running) {
            try {
                round();
                sound = true;
            } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
                // Closed; the loop ends.
                if (running) {
                    LOG.warn("Interrupted from outside; going on. thread={}", thread.getName());
                }
            } catch (Throwable e) {
                // An Error too: a node without this thread would let devices in and leave them alone.
                sound = false;
                LOG.error("A fault in the background; trying again. thread={}", thread.getName(), e);
                pause();
            }
        }
        // Kafka's clients refuse to close on an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            end();
        } catch (Throwable e) {
            LOG.warn("Closing failed. thread={} interrupted={}", thread.getName(), interrupted, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
