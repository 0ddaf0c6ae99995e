package io.godwit.local.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a child process is run.
 *
 * @param environment added to our own
 * @param startWithin longer than this from launch to readiness is a failure
 * @param stopWithin longer than this from the signal to the end, and it is killed
 */
public record Launch(
        List<String> command,
        Map<String, String> environment,
        StopSignal stopSignal,
        Duration startWithin,
        Duration stopWithin) {
    /** What takes seconds on a quiet machine takes a minute where four programs start on two busy cores. */
    public static final Duration PATIENT_START = Duration.ofMinutes(4);

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        requireNonNull(stopSignal, "stopSignal is null");
        requireNonNull(startWithin, "startWithin is null");
        requireNonNull(stopWithin, "stopWithin is null");
    }
}
