package io.godwit.simulator.device;

import java.time.Duration;
import java.time.Instant;

/**
 * What a decision may know of the world outside.
 *
 * @param now the device's clock
 * @param dice a number from 0 (inclusive) to 1 (exclusive), new for each decision
 */
public record Moment(Instant now, double dice) {
    Instant after(Duration duration) {
        return now.plus(duration);
    }

    /** From nothing up to the whole of {@code duration}: a group must not answer as one. */
    Duration partOf(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() * dice));
    }

    /** Between the half and the whole of {@code duration}: a fleet that lost its broker must not come back as one. */
    Duration jittered(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() * (0.5 + dice / 2)));
    }
}
