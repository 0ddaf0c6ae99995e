package io.godwit.registry.progress;

import io.godwit.protocol.TenantId;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * One stream: what was read for it and has not been taken yet. It is given more only when it has taken all; so a reader that
 * is slow costs one read of rows, and no more.
 */
final class Follower {
    private final TenantId tenant;
    private final String operation;
    private final Instant end;
    private final MultiEmitter<? super Told> emitter;
    private final Queue<Progress> waiting = new ArrayDeque<>();
    private long told;
    private boolean quiet;
    private boolean flushing;

    /** What goes down a stream. */
    sealed interface Told {
        /** A change. */
        record Event(Progress progress) implements Told {}

        /** Nothing, so that nobody on the way takes the connection for dead. */
        record Heartbeat() implements Told {}
    }

    /**
     * @param told the sequence of the last event that the reader has
     * @param end when the reader's token ends, and the stream with it
     */
    Follower(TenantId tenant, String operation, long told, Instant end, MultiEmitter<? super Told> emitter) {
        this.tenant = tenant;
        this.operation = operation;
        this.told = told;
        this.end = end;
        this.emitter = emitter;
        emitter.onRequest(demand -> flush());
    }

    TenantId tenant() {
        return tenant;
    }

    String operation() {
        return operation;
    }

    synchronized long told() {
        return told;
    }

    /** Whether it has taken all that was read for it. */
    synchronized boolean isHungry() {
        return waiting.isEmpty();
    }

    /** Gives it rows; those that it has had it leaves out. */
    void give(List<Progress> rows) {
        synchronized (this) {
            for (Progress row : rows) {
                if (row.sequence() > told) {
                    told = row.sequence();
                    waiting.add(row);
                }
            }
        }
        flush();
    }

    /** Sends a heartbeat if nothing was sent since the last one, and the reader takes something. */
    synchronized void beat() {
        if (quiet && waiting.isEmpty() && emitter.requested() > 0) {
            emitter.emit(new Told.Heartbeat());
        }
        quiet = true;
    }

    /** Ends it when its time is over. */
    void endAfter(Instant now) {
        if (now.isAfter(end)) {
            emitter.complete();
        }
    }

    /** Ends it; its reader comes back, to this replica or to another. */
    void end() {
        emitter.complete();
    }

    private synchronized void flush() {
        // What is sent at once is asked for more at once, from in here.
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            while (!waiting.isEmpty() && emitter.requested() > 0) {
                Progress next = waiting.remove();
                quiet = false;
                emitter.emit(new Told.Event(next));
                if (next.last()) {
                    emitter.complete();
                    return;
                }
            }
        } finally {
            flushing = false;
        }
    }
}
