package io.godwit.cli;

import io.godwit.cli.pki.PkiException;
import io.godwit.cli.profile.ProfileException;
import io.godwit.cli.registry.RegistryException;
import io.godwit.local.access.PlatformException;
import io.godwit.simulator.FleetProcessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Says to a person what went wrong on this machine; a fault of the program's own has no such sentence. */
final class FailureSentence {
    private static final List<String> NO_ROOM = List.of("No space left on device", "Disk quota exceeded");

    private FailureSentence() {}

    static Optional<String> of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof PlatformException
                || cause instanceof RegistryException
                || cause instanceof PkiException
                || cause instanceof ProfileException) {
            return Optional.of(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof FleetProcessException) {
            return Optional.of("The process of the devices failed: " + cause.getMessage()
                    + ". Its log is fleet.log in the latest folder of fleets, in the platform's home.");
        }
        if (cause instanceof TimeoutException) {
            return Optional.of("Something did not answer in time. godwit status tells what is up, godwit logs why.");
        }
        if (cause instanceof InterruptedException) {
            return Optional.of("Interrupted.");
        }
        if (cause instanceof IOException) {
            String what = String.valueOf(cause.getMessage());
            return Optional.of(
                    NO_ROOM.stream().anyMatch(what::contains)
                            ? "The disk is full (" + what
                                    + "). Free some space, or use --home for a folder on another disk."
                            : "A file or connection of this machine failed: "
                                    + cause.getClass().getSimpleName() + ", " + what
                                    + ". Remove the cause, then try again.");
        }
        return Optional.empty();
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wraps = failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof UncheckedIOException;
        return wraps && cause != null ? unwrapped(cause) : failure;
    }
}
