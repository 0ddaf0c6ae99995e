package io.godwit.provisioning.procedure;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import java.time.Instant;

/** What is to be written to {@code to-euicc} once the decision is stored. */
public sealed interface Outgoing {
    /**
     * A message for the device.
     *
     * @param step for metrics
     * @param id the message id, the same for each resend
     * @param payload the MQTT payload, the same octets for each resend
     * @param expiresAt when no broker node shall deliver it any more
     */
    record Message(FlowStep step, String id, Octets payload, Instant expiresAt) implements Outgoing {}

    /** For a broker node: close that connection, a newer one has superseded it. */
    record CloseConnection(Connection stale) implements Outgoing {}
}
