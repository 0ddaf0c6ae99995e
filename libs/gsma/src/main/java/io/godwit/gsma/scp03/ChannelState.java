package io.godwit.gsma.scp03;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;

/**
 * Where a channel stands between two messages, all but the keys. Nothing in it is secret: it may be stored in clear, and
 * the channel goes on from it.
 *
 * @param macChainingValue all 16 octets of the last command's MAC, that of EXTERNAL AUTHENTICATE at first
 * @param commands how many commands there have been after EXTERNAL AUTHENTICATE: the encryption counter of the last one
 */
public record ChannelState(Octets macChainingValue, int commands, SecurityLevel level) {
    static final int MAC_SIZE = 16;

    /** @throws IllegalArgumentException when the chaining value is not 16 octets or the counter is negative */
    public ChannelState {
        requireNonNull(macChainingValue, "macChainingValue is null");
        requireNonNull(level, "level is null");
        if (macChainingValue.length() != MAC_SIZE || commands < 0) {
            throw new IllegalArgumentException("channel state: 16 octets and a counter from 0 expected");
        }
    }

    /**
     * After one more command, whose whole MAC is {@code mac}.
     *
     * @throws IllegalStateException when no command fits in any more
     */
    ChannelState after(Octets mac) {
        if (commands == Integer.MAX_VALUE) {
            throw new IllegalStateException("the encryption counter is exhausted: begin another session");
        }
        return new ChannelState(mac, commands + 1, level);
    }
}
