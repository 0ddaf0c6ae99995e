package io.godwit.provisioning.procedure;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;

/** Reads back what we have written ourselves. */
final class Payloads {
    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    private Payloads() {}

    /** The packet in a D2 of ours. */
    static Octets packet(Octets d2) {
        if (CODEC.decode(MqttTopic.TO_EUICC, d2) instanceof RspMessageCodec.Decoded decoded
                && StepBodyCodec.decode(FlowStep.D2, decoded.message().body()) instanceof StepBodyCodec.Decoded body
                && body.body() instanceof StepBody.Received received
                && received.packet() != null) {
            return received.packet();
        }
        throw new IllegalStateException("a stored confirmation is not one");
    }
}
