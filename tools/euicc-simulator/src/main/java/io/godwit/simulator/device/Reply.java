package io.godwit.simulator.device;

import io.godwit.simulator.device.Action.Publish;
import java.time.Instant;

/**
 * An answer to a whole group's message that is held back, so that the group does not answer at once. It does not outlive the
 * device's power: whoever asked does not wait for ever.
 *
 * @param at when it is said, or later, when there is a connection
 * @param refresh whether the card's REFRESH waits for it
 */
record Reply(Publish answer, Instant at, boolean refresh) {
    Reply refreshed() {
        return new Reply(answer, at, false);
    }
}
