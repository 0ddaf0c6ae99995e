package io.godwit.broker.uplink;

import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import io.godwit.protocol.Refusal;

/** Why a message is refused: a name to count by, and the reason code that an MQTT 5 client is told. */
public enum Grounds {
    TOPIC(AckReasonCode.TOPIC_NAME_INVALID),
    RETAINED(AckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR),
    QOS(AckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR),
    RATE(AckReasonCode.QUOTA_EXCEEDED),
    FOREIGN_NID(AckReasonCode.NOT_AUTHORIZED),
    NOT_A_MEMBER(AckReasonCode.NOT_AUTHORIZED),
    TOO_LARGE(AckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR),
    NOT_UTF8(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    NOT_JSON(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    TOO_DEEP(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    DUPLICATE_MEMBER(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    UNKNOWN_MEMBER(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    MISSING_MEMBER(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    WRONG_TYPE(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    BAD_VALUE(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    TRAILING_DATA(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    NO_ADDRESS(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    NO_SUCH_STEP(AckReasonCode.PAYLOAD_FORMAT_INVALID),
    /** A defect of ours, counted apart; it must never look like success. */
    DEFECT(AckReasonCode.UNSPECIFIED_ERROR);

    private final AckReasonCode reasonCode;

    Grounds(AckReasonCode reasonCode) {
        this.reasonCode = reasonCode;
    }

    public AckReasonCode reasonCode() {
        return reasonCode;
    }

    /** The grounds of the same name as the decoder's reason. */
    static Grounds of(Refusal.Reason reason) {
        return valueOf(reason.name());
    }
}
