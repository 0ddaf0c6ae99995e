package io.godwit.simulator;

import org.jspecify.annotations.Nullable;

/** The child process has refused a command, or is gone. */
public final class FleetProcessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FleetProcessException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
