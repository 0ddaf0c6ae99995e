package io.godwit.provisioning.procedure;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Octets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for its answer: stored before it is sent, sent again as it is.
 *
 * @param id the message id
 * @param counter the SCP80 counter within; {@link Counter#ZERO} in a trigger, which has none
 * @param payload the whole MQTT payload
 * @param sends how often it has been sent; 0: not yet, the card is offline
 * @param sentAt the last time
 */
public record Pending(
        String id,
        Counter counter,
        Octets payload,
        int sends,
        @Nullable Instant sentAt) {
    static Pending prepared(String id, Counter counter, Octets payload) {
        return new Pending(id, counter, payload, 0, null);
    }

    Pending sent(Instant now) {
        return new Pending(id, counter, payload, sends + 1, now);
    }
}
