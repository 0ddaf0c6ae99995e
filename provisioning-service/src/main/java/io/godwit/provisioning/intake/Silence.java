package io.godwit.provisioning.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is concluded from how far devices' messages are read. A card counts as silent when all that had come by its deadline is read,
 * and not before: the SM-SR would repeat what is answered already, and the answers to that would stand before what is new.
 */
final class Silence {
    /** A partition that nobody reads for so long holds nobody up: it may be one that is gone. */
    static final Duration LONGEST_LAG = Duration.ofMinutes(10);

    /** What a busy partition is always behind by. */
    static final Duration USUAL_LAG = Duration.ofSeconds(2);

    private Silence() {}

    /** Whether messages come faster than they are read, so that what cards ask for had better not begin yet. */
    static boolean isBehind(Instant now, Optional<Instant> readTo) {
        return readTo.filter(read -> read.isBefore(now.minus(USUAL_LAG)) && read.isAfter(now.minus(LONGEST_LAG)))
                .isPresent();
    }

    /**
     * Deadlines up to this time have passed.
     *
     * @param readTo up to what time the devices' records are read; empty: all are
     */
    static Instant heardUntil(Instant now, Optional<Instant> readTo) {
        return readTo.filter(now::isAfter)
                .map(read -> read.isBefore(now.minus(LONGEST_LAG)) ? now.minus(LONGEST_LAG) : read)
                .orElse(now);
    }
}
