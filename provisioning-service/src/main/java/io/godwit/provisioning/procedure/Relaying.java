package io.godwit.provisioning.procedure;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Octets;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operator speaks to its own security domain (ES6, SGP.02 section 4.1.2): its packet, made under keys that only it and the profile
 * have, is brought to the card as it is, and the card's answer comes back in the outcome. What both say stays between them.
 */
final class Relaying {
    /** Octets; nothing that is executed for a packet of 1,024 has more to say. */
    private static final int LARGEST_ANSWER = 2048;

    private Relaying() {}

    static boolean isOne(Procedure procedure) {
        return procedure.carries(EsFunction.Name.UPDATE_POL1_BY_MNO);
    }

    /** Only the enabled profile's security domain can be reached. */
    static Optional<Outcome> refusal(Profile target) {
        return target.isEnabled()
                ? Optional.empty()
                : Optional.of(Outcome.failed(
                        "NOT_ENABLED", "an operator reaches its profile while it is enabled: enable it first"));
    }

    /** B1 with the operator's packet. */
    static Decision command(Turn turn) {
        Octets packet = turn.procedure()
                .function()
                .flatMap(EsFunction::packet)
                .orElseThrow()
                .octets();
        boolean forMnoSd = CommandPacket.addressee(packet)
                .filter(SecurityDomains.MNO_SD_TAR::equals)
                .isPresent();
        return forMnoSd
                ? turn.with(turn.card().with(turn.card().eis().withPol1Unknown()))
                        .with(turn.procedure().commandedBy(FlowStep.B1))
                        .relay(packet, ProcedureState.Commanded::new)
                : turn.end(
                        Outcome.failed(
                                "PACKET_UNREADABLE",
                                "the packet is not one for the MNO-SD: make it in the form for IP bearers (CPI 01), for TAR B20100"));
    }

    /**
     * B2. The card is silent to what is not authentic, and the device says so.
     *
     * @param packet the card's answer; {@code null}: there was none
     */
    static Decision answered(Turn turn, @Nullable Octets packet) {
        if (packet == null) {
            return turn.end(
                    Outcome.failed(
                            "NO_ANSWER",
                            "the card gave no answer: the packet is not authentic for the enabled profile, or the answer was lost; send another one with the next counter"));
        }
        if (packet.length() > LARGEST_ANSWER) {
            return turn.ignore(Ignored.NOT_AUTHENTIC);
        }
        boolean fromMnoSd = ResponsePacket.sender(packet)
                .filter(SecurityDomains.MNO_SD_TAR::equals)
                .isPresent();
        return fromMnoSd
                ? turn.end(new Outcome(
                        Outcome.Status.EXECUTED_SUCCESS,
                        null,
                        "the card's answer, for its operator to open: " + packet.toHex()))
                : turn.ignore(Ignored.NOT_AUTHENTIC);
    }

    /** Nobody here can ask the card what it has done with the packet. */
    static Decision expired(Turn turn) {
        boolean sent = turn.procedure().state() instanceof ProcedureState.Commanded commanded
                && commanded.command().sends() > 0;
        return turn.end(
                sent
                        ? Outcome.expired(
                                "EXPIRED_UNSETTLED",
                                "the card may have executed the packet, and its answer has not come; send another one with the next counter")
                        : Outcome.expired("EXPIRED", "the card was not reached; nothing was changed"));
    }
}
