package io.godwit.provisioning.procedure;

import io.godwit.protocol.Octets;
import java.time.Instant;

/**
 * The D2 that a D1 got. A repeated D1 gets the same octets.
 *
 * @param id the D1's id
 * @param payload the D2's MQTT payload
 * @param until when the answer is no longer given: a confirmation ends with its procedure's validity
 */
public record Answer(String id, Octets payload, Instant until) {
    /** How many of them a card's record keeps; a device has one D1 open at a time. */
    static final int KEPT = 4;
}
