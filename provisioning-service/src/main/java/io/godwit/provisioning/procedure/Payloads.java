package io.godwit.provisioning.procedure;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.KeyLookup;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.script.CommandScript;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;
import java.util.List;
import java.util.Optional;

/** Reads back what we have written ourselves. */
final class Payloads {
    private static final RspMessageCodec CODEC = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);

    private Payloads() {}

    /** The commands in a B1 of ours, opened with the card's {@code keys}. */
    static List<CommandApdu> commands(Octets b1, Scp80Keys keys) {
        if (CODEC.decode(MqttTopic.TO_EUICC, b1) instanceof RspMessageCodec.Decoded decoded
                && StepBodyCodec.decode(FlowStep.B1, decoded.message().body()) instanceof StepBodyCodec.Decoded body
                && body.body() instanceof StepBody.Command command
                && CommandPacket.open(command.packet(), KeyLookup.of(keys)) instanceof CommandPacket.Opened opened) {
            return CommandScript.decode(opened.packet().data())
                    .toOptional()
                    .map(CommandScript::commands)
                    .orElseThrow();
        }
        throw new IllegalStateException("a stored command is not one");
    }

    /** The packet in a D2 of ours. */
    static Octets packet(Octets d2) {
        return find(d2).orElseThrow(() -> new IllegalStateException("a stored confirmation is not one"));
    }

    /** Whether a D2 of ours brings a packet for the card. */
    static boolean bearsPacket(Octets d2) {
        return find(d2).isPresent();
    }

    private static Optional<Octets> find(Octets d2) {
        return CODEC.decode(MqttTopic.TO_EUICC, d2) instanceof RspMessageCodec.Decoded decoded
                        && StepBodyCodec.decode(FlowStep.D2, decoded.message().body())
                                instanceof StepBodyCodec.Decoded body
                        && body.body() instanceof StepBody.Received received
                ? Optional.ofNullable(received.packet())
                : Optional.empty();
    }
}
