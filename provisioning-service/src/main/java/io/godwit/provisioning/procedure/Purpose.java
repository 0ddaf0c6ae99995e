package io.godwit.provisioning.procedure;

import io.godwit.gsma.es5.Notification;
import io.godwit.protocol.record.EsFunction;

/** What a procedure is for. */
public sealed interface Purpose {
    /** To carry out a function that somebody, or a policy, asked for. */
    record Carry(EsFunction function) implements Purpose {}

    /** To learn the card's state after a command whose fate is unknown, once the card is there again. */
    record Settle() implements Purpose {}

    /**
     * To confirm a notification that no procedure was waiting for: first attach, fall-back, a late roll-back.
     *
     * @param d1 the D1 that brought it
     */
    record Acknowledge(String d1, Notification notification) implements Purpose {}
}
