package io.godwit.protocol;

import java.util.Optional;

/** The two MQTT topics of the paper (section III.B), named by destination. */
public enum MqttTopic {
    TO_EUICC("To_eUICC"),
    TO_SM_SR("To_SM-SR");

    private final String literal;

    MqttTopic(String literal) {
        this.literal = literal;
    }

    /** The topic's name on the wire. */
    public String literal() {
        return literal;
    }

    /** The topic of that exact name, case included. */
    public static Optional<MqttTopic> of(String literal) {
        return literal.equals(TO_EUICC.literal)
                ? Optional.of(TO_EUICC)
                : literal.equals(TO_SM_SR.literal) ? Optional.of(TO_SM_SR) : Optional.empty();
    }
}
