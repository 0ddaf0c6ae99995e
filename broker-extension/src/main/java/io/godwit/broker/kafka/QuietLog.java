package io.godwit.broker.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Lets one of many equal log lines through in a while, with the number of those it kept back. */
public final class QuietLog {
    private final long pauseNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong suppressed = new AtomicLong();

    public QuietLog(Duration pause) {
        this.pauseNanos = pause.toNanos();
    }

    /** Calls {@code line} with the number of lines kept back since the last one, or keeps this one back. */
    public void run(LongConsumer line) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + pauseNanos)) {
            line.accept(suppressed.getAndSet(0));
        } else {
            suppressed.incrementAndGet();
        }
    }
}
