package io.godwit.provisioning.procedure;

import io.godwit.protocol.RspMessageCodec;
import io.godwit.provisioning.smdp.DownloadMessage;
import java.time.Duration;

/**
 * The numbers that decisions obey; their configuration keys stand in {@code ProcedureConfig}.
 *
 * @param firstRetry how long an unanswered message waits before its first resend; each further wait is twice as long
 * @param longestRetry where doubling ends
 * @param silentSends after so many unanswered sends of a command to a card that is online, the card is audited
 * @param retries how often a command that the card has provably not executed is made anew
 * @param notificationPatience how long a card that is online may take to notify after it has accepted an enable or
 *     disable; above the device agent's roll-back time, so that the audit that follows sees the card at rest
 * @param clientValidity validity of what a card asked for by itself
 * @param settleValidity how long the platform's own audits and confirmations wait for a card
 * @param resendAfter a message sent within this time is not repeated when the card comes online
 * @param largestMessage how many octets an MQTT payload to a device may have: a profile package comes in as few as that allows
 * @param counterEpoch the top octet that counters have at least; raised when a database was restored from a backup
 */
public record Rules(
        Duration firstRetry,
        Duration longestRetry,
        int silentSends,
        int retries,
        Duration notificationPatience,
        Duration clientValidity,
        Duration settleValidity,
        Duration resendAfter,
        int largestMessage,
        int counterEpoch) {
    public static final Rules DEFAULTS = new Rules(
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            5,
            3,
            Duration.ofMinutes(6),
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofMillis(1500),
            32 * 1024,
            0);

    /** @throws IllegalArgumentException when a number is out of range; the message names it */
    public Rules {
        if (firstRetry.toMillis() < 1 || longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("longestRetry: not below firstRetry, which is at least 1 ms, expected");
        }
        if (silentSends < 1 || retries < 0) {
            throw new IllegalArgumentException("silentSends, retries: at least 1 and 0 expected");
        }
        if (largestMessage < DownloadMessage.LEAST_MESSAGE || largestMessage > RspMessageCodec.DEFAULT_MAX_OCTETS) {
            throw new IllegalArgumentException("largestMessage: " + DownloadMessage.LEAST_MESSAGE + " to "
                    + RspMessageCodec.DEFAULT_MAX_OCTETS + " octets expected");
        }
        if (counterEpoch >>> 8 != 0) {
            throw new IllegalArgumentException("counterEpoch: 0 to 255 expected");
        }
    }

    /**
     * How long to wait for an answer to the send number {@code sends}, counted from 1.
     *
     * @param jitter 0 to 1; moves the wait by up to a fifth either way, so that a fleet does not answer in step
     */
    Duration backOff(int sends, double jitter) {
        int doublings = Math.min(Math.max(sends - 1, 0), 20);
        long wait = Math.min(firstRetry.toMillis() << doublings, longestRetry.toMillis());
        return Duration.ofMillis(Math.round(wait * (0.8 + 0.4 * jitter)));
    }
}
