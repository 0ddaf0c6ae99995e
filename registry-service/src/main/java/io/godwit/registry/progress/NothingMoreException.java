package io.godwit.registry.progress;

/** Ends a request for the progress of an operation that has ended, of which the caller has the last event. */
final class NothingMoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NothingMoreException() {
        super("the caller has the last event");
    }
}
