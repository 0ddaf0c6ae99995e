package io.godwit.local.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something outside this JVM that does not call back. */
final class Patience {
    private static final long PAUSE_MILLIS = 50;

    private Patience() {}

    /** Whether the condition came true within the limit. An interrupt ends the waiting, and stays set. */
    static boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline || !pause()) {
                return false;
            }
        }
        return true;
    }

    /** Waits a moment; false when this thread is to give up. */
    static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
