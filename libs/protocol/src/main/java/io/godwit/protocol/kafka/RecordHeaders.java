package io.godwit.protocol.kafka;

/** Names of Kafka record headers; every value is ASCII text. Which record bears which: {@code docs/asyncapi.yaml}. */
public final class RecordHeaders {
    /** The tenant, as the broker or a service knows it; never taken from a payload. */
    public static final String TENANT = "godwit-tenant";
    /** The device: author on {@code to-sm-sr}, addressee on {@code to-euicc}. */
    public static final String NID = "godwit-nid";
    /** The addressed group on {@code to-euicc}. */
    public static final String GID = "godwit-gid";
    /** What the record is: {@link #KIND_MESSAGE}, {@link #KIND_PRESENCE} or {@link #KIND_CONTROL}. */
    public static final String KIND = "godwit-kind";
    /** The MQTT topic that the payload was published to. */
    public static final String MQTT_TOPIC = "godwit-mqtt-topic";
    /** The broker node. */
    public static final String NODE = "godwit-node";
    /** The boot of that node. */
    public static final String BOOT = "godwit-boot";
    /** The connection on that node. */
    public static final String CONNECTION = "godwit-connection";
    /** When the broker took the message, milliseconds since 1970. */
    public static final String RECEIVED_AT = "godwit-received-at";
    /** The message id, the same for each resend. */
    public static final String MESSAGE_ID = "godwit-message-id";
    /** When the message is no longer to be delivered, milliseconds since 1970. */
    public static final String EXPIRES_AT = "godwit-expires-at";
    /** On a dead letter: the {@code Refusal.Reason} or another short code. */
    public static final String REASON = "godwit-reason";
    /** On a dead letter: the topic, partition and offset that it came from, {@code topic/partition/offset}. */
    public static final String ORIGIN = "godwit-origin";

    /** The payload is the MQTT payload untouched. */
    public static final String KIND_MESSAGE = "message";
    /** The payload is a {@code PresenceRecord}. */
    public static final String KIND_PRESENCE = "presence";
    /** The payload is a {@code ControlRecord}. */
    public static final String KIND_CONTROL = "control";

    private RecordHeaders() {}
}
