package io.godwit.provisioning.procedure;

import io.godwit.protocol.Octets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The D2 that a D1 got. A repeated D1 gets the same octets.
 *
 * @param id the D1's id
 * @param payload the D2's MQTT payload
 * @param until when the answer is no longer given: a confirmation ends with its procedure's validity
 * @param givenAt when it was given first; {@code null}: by a version that did not keep it
 */
public record Answer(
        String id, Octets payload, Instant until, @Nullable Instant givenAt) {
    /** How many of them a card's record keeps; a device has one D1 open at a time. */
    static final int KEPT = 4;

    /** Whether the device still waited for this answer when it said the D1, at {@code said}: it has it, or it will ask again. */
    boolean isAfter(Instant said) {
        return givenAt != null && said.isBefore(givenAt);
    }
}
