package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import java.util.List;
import java.util.Optional;

/**
 * Deletes an ISD-P with all that is in it (SGP.02 section 4.1.1.4): {@code 80 E4 00 40 L | 4F L AID}. P2 = 40, "a security
 * domain and everything that belongs to it", is the UICC configuration's; the card answers one octet 00.
 */
public record DeleteProfile(Aid isdP) implements Es5Function {
    private static final int CLA = 0x80;
    private static final int DELETE = 0xe4;
    private static final int WITH_CONTENT = 0x40;

    public DeleteProfile {
        requireNonNull(isdP, "isdP is null");
    }

    @Override
    public List<CommandApdu> commands() {
        return List.of(new CommandApdu(
                CLA, DELETE, 0x00, WITH_CONTENT, IsdRCommands.aidObject(isdP).encode()));
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        return Refusals.plainOutcome(responses, Es5Error.ENABLED_OR_IS_FALLBACK);
    }

    public static Optional<DeleteProfile> parse(CommandApdu command) {
        if (command.cla() != CLA || command.ins() != DELETE || command.p1p2() != WITH_CONTENT) {
            return Optional.empty();
        }
        return TlvReader.single(command.data(), IsdRCommands.AID)
                .toOptional()
                .map(Tlv::value)
                .flatMap(IsdRCommands::aid)
                .map(DeleteProfile::new);
    }
}
