package io.godwit.broker.uplink;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One PUBACK that depends on a record. HiveMQ's thread asks for it, Kafka's thread answers; whoever comes second lets the
 * PUBACK go. A lost record never lets it go: its connection is closed instead.
 */
final class PendingAck {
    private enum Fate {
        OPEN,
        RECORDED,
        LOST
    }

    private final int packetId;
    /** A fate, or the action that lets the held PUBACK go. */
    private final AtomicReference<Object> state = new AtomicReference<>(Fate.OPEN);

    PendingAck(int packetId) {
        this.packetId = packetId;
    }

    int packetId() {
        return packetId;
    }

    /** The record is in Kafka. */
    void recorded() {
        if (state.getAndSet(Fate.RECORDED) instanceof Runnable letGo) {
            letGo.run();
        }
    }

    /** The record is lost. Returns what holds the PUBACK, to be let go when nothing can reach the client any more. */
    @Nullable
    Runnable lost() {
        return state.getAndSet(Fate.LOST) instanceof Runnable letGo ? letGo : null;
    }

    boolean isRecorded() {
        return state.get() == Fate.RECORDED;
    }

    /**
     * The PUBACK is held; {@code letGo} sends it. Runs {@code letGo} at once when the record has arrived meanwhile.
     *
     * @return false when the record is lost, and letting go is up to the caller
     */
    boolean hold(Runnable letGo) {
        if (state.compareAndSet(Fate.OPEN, letGo)) {
            return true;
        }
        if (isRecorded()) {
            letGo.run();
            return true;
        }
        return false;
    }
}
