package io.godwit.broker.presence;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;

/** Why the bridge closes a connection: a name to count by, and what an MQTT 5 client is told. */
public enum Closing {
    KAFKA_TROUBLE(DisconnectReasonCode.SERVER_BUSY, "messages cannot be recorded at present: come back later"),
    TAKEN_OVER(DisconnectReasonCode.SESSION_TAKEN_OVER, "a newer connection of this device has subscribed"),
    STALE(DisconnectReasonCode.SESSION_TAKEN_OVER, "the device is connected to another node"),
    TOO_MANY(DisconnectReasonCode.QUOTA_EXCEEDED, "the device has too many connections"),
    REVOKED(DisconnectReasonCode.NOT_AUTHORIZED, "the device or its secret is no longer valid"),
    PRESENCE_LOST(DisconnectReasonCode.SERVER_BUSY, "the subscription could not be announced: come back later"),
    UNFIT_ACK(DisconnectReasonCode.PROTOCOL_ERROR, "a packet identifier is in use");

    private final DisconnectReasonCode reasonCode;
    private final String sentence;

    Closing(DisconnectReasonCode reasonCode, String sentence) {
        this.reasonCode = reasonCode;
        this.sentence = sentence;
    }

    public DisconnectReasonCode reasonCode() {
        return reasonCode;
    }

    public String sentence() {
        return sentence;
    }
}
