package io.godwit.simulator.device;

import java.time.Duration;

/**
 * How patient a device is.
 *
 * @param confirmationTimeout without a notification confirmation for so long the card gets its timer event
 * @param networkLossTimeout a settled profile without attachment for so long is given up by the card
 * @param reboot how long a REFRESH takes, cut by up to a half at random
 * @param firstRepeat after so long without its D2 a D1 is repeated, then after twice as long, and so on
 * @param longestRepeat the longest time between two D1
 * @param firstReconnect how long after a lost connection the next is tried, then twice as long, and so on
 * @param longestReconnect the longest time between two attempts
 */
public record AgentSettings(
        Duration confirmationTimeout,
        Duration networkLossTimeout,
        Duration reboot,
        Duration firstRepeat,
        Duration longestRepeat,
        Duration firstReconnect,
        Duration longestReconnect) {
    public static final AgentSettings DEFAULT = new AgentSettings(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMillis(200),
            // Its PUBACK has told the device that the D1 is in the platform's log: it waits for its turn, and is not
            // lost.
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));

    public AgentSettings withConfirmationTimeout(Duration timeout) {
        return new AgentSettings(
                timeout, networkLossTimeout, reboot, firstRepeat, longestRepeat, firstReconnect, longestReconnect);
    }

    public AgentSettings withLongestReconnect(Duration longest) {
        return new AgentSettings(
                confirmationTimeout, networkLossTimeout, reboot, firstRepeat, longestRepeat, firstReconnect, longest);
    }

    Duration repeatAfter(int attempts) {
        return doubled(firstRepeat, attempts, longestRepeat);
    }

    Duration reconnectAfter(int failures) {
        return doubled(firstReconnect, failures, longestReconnect);
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration result = first;
        for (int i = 1; i < times && result.compareTo(longest) < 0; i++) {
            result = result.multipliedBy(2);
        }
        return result.compareTo(longest) < 0 ? result : longest;
    }
}
