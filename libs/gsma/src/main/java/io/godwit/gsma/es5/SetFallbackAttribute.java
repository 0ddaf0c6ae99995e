package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.protocol.Aid;
import java.util.List;
import java.util.Optional;

/**
 * Makes a profile the one to fall back to, and takes that from the other (SGP.02 section 4.1.1.7): {@code 80 E2 88 00 L |
 * 3A05 L | 4F L AID}.
 */
public record SetFallbackAttribute(Aid isdP) implements Es5Function {
    private static final int LAST_DGI = 0x88;
    private static final int DGI = 0x3a05;

    public SetFallbackAttribute {
        requireNonNull(isdP, "isdP is null");
    }

    @Override
    public List<CommandApdu> commands() {
        return List.of(IsdRCommands.storeData(LAST_DGI, DGI, IsdRCommands.aidObject(isdP)));
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        return Refusals.plainOutcome(responses, Es5Error.FALLBACK_NOT_ALLOWED);
    }

    public static Optional<SetFallbackAttribute> parse(CommandApdu command) {
        return IsdRCommands.stored(command, LAST_DGI, DGI, IsdRCommands.AID)
                .flatMap(IsdRCommands::aid)
                .map(SetFallbackAttribute::new);
    }
}
