package io.godwit.simulator.device;

import io.godwit.protocol.Octets;

/** Where a device gets its connections from. */
public interface Lines {
    /**
     * Connects and subscribes, without blocking. The listener hears {@code opened} at most once, deliveries only
     * afterwards, and {@code lost} exactly once, at the end.
     */
    void open(Listener listener);

    /** Who is told of a line's fate; the calls come one after the other and must not be held up. */
    interface Listener {
        void opened(Line line);

        /** @param acknowledge to be run when the message needs no second delivery */
        void delivered(Octets payload, Runnable acknowledge);

        /** @param cause for the log */
        void lost(String cause);
    }
}
