package io.godwit.provisioning.replacement;

import java.time.Duration;

/**
 * The numbers that replacements obey.
 *
 * @param approvalValidity how long a request waits for a person
 * @param ticketValidity how long devices have, from the grant until the profile is ordered onto the new card
 * @param firstRetry how long E1 waits for its E2 before it is sent again; each further wait is twice as long
 * @param longestRetry where doubling ends
 * @param orderValidity how long a card has for an order that changes it
 * @param auditValidity how long an audit waits for a card
 * @param askAgain how long until a card is asked again whose answer proved nothing; each further wait is twice as long, and a
 *     day at most
 * @param patience after so long without a proof, people are told
 * @param deletions how often the old card is ordered to delete what it has and provably keeps
 */
public record ReplacementRules(
        Duration approvalValidity,
        Duration ticketValidity,
        Duration firstRetry,
        Duration longestRetry,
        Duration orderValidity,
        Duration auditValidity,
        Duration askAgain,
        Duration patience,
        int deletions) {
    public static final ReplacementRules DEFAULTS = new ReplacementRules(
            Duration.ofDays(7),
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofHours(1),
            Duration.ofDays(2),
            3);

    private static final Duration LONGEST = Duration.ofDays(1);

    /** @throws IllegalArgumentException when a number is out of range; the message names it */
    public ReplacementRules {
        if (firstRetry.toMillis() < 1 || longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("longestRetry: not below firstRetry, which is at least 1 ms, expected");
        }
        if (askAgain.toMillis() < 1) {
            throw new IllegalArgumentException("askAgain: at least 1 ms expected");
        }
        if (deletions < 1) {
            throw new IllegalArgumentException("deletions: at least 1 expected");
        }
    }

    /** How long to wait before the next of {@code made} orders. */
    Duration askAgain(int made) {
        long wait = askAgain.toMillis() << Math.min(made, 20);
        return Duration.ofMillis(Math.min(wait, Math.max(askAgain.toMillis(), LONGEST.toMillis())));
    }

    /** How long to wait after the send number {@code sends}, counted from 1. */
    Duration backOff(int sends) {
        int doublings = Math.min(Math.max(sends - 1, 0), 20);
        return Duration.ofMillis(Math.min(firstRetry.toMillis() << doublings, longestRetry.toMillis()));
    }
}
