package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks the card for the state of its ISD-Ps and its resources (SGP.02 section 4.1.1.5), with two commands: GET STATUS
 * {@code 80 F2 40 02 L | 4F L AID | 00} and GET DATA {@code 80 CA FF21 00}.
 *
 * @param isdP the one ISD-P in question; empty for all ({@code 4F 00})
 */
public record EuiccCapabilityAudit(Optional<Aid> isdP) implements Es5Function {
    private static final int CLA = 0x80;
    private static final int GET_STATUS = 0xf2;
    private static final int APPLICATIONS_TLV = 0x4002;
    private static final int GET_DATA = 0xca;
    private static final int EXTENDED_RESOURCES = 0xff21;
    private static final CommandApdu ASK_FOR_RESOURCES =
            new CommandApdu(CLA, GET_DATA, 0xff, 0x21, Octets.EMPTY, OptionalInt.of(0));

    public EuiccCapabilityAudit {
        requireNonNull(isdP, "isdP is null");
    }

    /** An audit of all ISD-Ps. */
    public static EuiccCapabilityAudit ofAll() {
        return new EuiccCapabilityAudit(Optional.empty());
    }

    /** An audit of one ISD-P. */
    public static EuiccCapabilityAudit of(Aid isdP) {
        return new EuiccCapabilityAudit(Optional.of(isdP));
    }

    @Override
    public List<CommandApdu> commands() {
        Octets criterion = isdP.map(IsdRCommands::aidObject)
                .orElse(new Tlv(IsdRCommands.AID, Octets.EMPTY))
                .encode();
        CommandApdu askForStatus = new CommandApdu(CLA, GET_STATUS, 0x40, 0x02, criterion, OptionalInt.of(0));
        return List.of(askForStatus, ASK_FOR_RESOURCES);
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        for (ResponseApdu response : responses.subList(0, Math.min(2, responses.size()))) {
            if (!response.status().isSuccess()) {
                return Refusals.refused(response.status(), Es5Error.OTHER);
            }
        }
        if (responses.size() < 2) {
            return new Es5Outcome.NotAnswered();
        }
        Parsed<Es5Outcome.AuditReport> report = decodeStates(responses.get(0).data())
                .then(states -> Resources.decode(responses.get(1).data())
                        .then(resources -> Parsed.read(new Es5Outcome.AuditReport(states, resources))));
        return report instanceof Parsed.Read<Es5Outcome.AuditReport> read
                ? read.value()
                : new Es5Outcome.Unreadable(((Parsed.Malformed<Es5Outcome.AuditReport>) report).reason());
    }

    /** The audit whose GET STATUS {@code command} is. */
    public static Optional<EuiccCapabilityAudit> parse(CommandApdu command) {
        if (command.cla() != CLA || command.ins() != GET_STATUS || command.p1p2() != APPLICATIONS_TLV) {
            return Optional.empty();
        }
        return TlvReader.single(command.data(), IsdRCommands.AID)
                .toOptional()
                .map(Tlv::value)
                .flatMap(aid -> aid.isEmpty()
                        ? Optional.of(ofAll())
                        : IsdRCommands.aid(aid).map(EuiccCapabilityAudit::of));
    }

    /** Whether {@code command} is the GET DATA that ends an audit. */
    public static boolean asksForResources(CommandApdu command) {
        return command.cla() == CLA
                && command.ins() == GET_DATA
                && command.p1p2() == EXTENDED_RESOURCES
                && command.data().isEmpty();
    }

    /** The data of the card's answer to GET STATUS. */
    public static Octets encodeStates(List<IsdPState> states) {
        return Octets.concat(states.stream().map(IsdPState::encode).toArray(Octets[]::new));
    }

    private static Parsed<List<IsdPState>> decodeStates(Octets data) {
        return TlvReader.sequence(data).then(objects -> {
            List<IsdPState> states = new ArrayList<>();
            for (Tlv object : objects) {
                Parsed<IsdPState> state = IsdPState.decode(object);
                if (state instanceof Parsed.Malformed<IsdPState> malformed) {
                    return Parsed.malformed(malformed.reason());
                }
                states.add(((Parsed.Read<IsdPState>) state).value());
            }
            return Parsed.read(states);
        });
    }
}
