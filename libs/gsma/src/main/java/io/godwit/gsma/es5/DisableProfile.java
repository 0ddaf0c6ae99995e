package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.protocol.Aid;
import java.util.List;
import java.util.Optional;

/**
 * Disables the enabled profile, and so enables the one with the fall-back attribute (SGP.02 section 4.1.1.3): {@code 80 E2
 * 88 00 L | 3A04 L | 4F L AID}. The answer comes first, then a REFRESH, then the card's notification.
 */
public record DisableProfile(Aid isdP) implements Es5Function {
    private static final int LAST_DGI = 0x88;
    private static final int DGI = 0x3a04;

    public DisableProfile {
        requireNonNull(isdP, "isdP is null");
    }

    @Override
    public List<CommandApdu> commands() {
        return List.of(IsdRCommands.storeData(LAST_DGI, DGI, IsdRCommands.aidObject(isdP)));
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        return Refusals.plainOutcome(responses, Es5Error.NOT_ENABLED_OR_IS_FALLBACK);
    }

    public static Optional<DisableProfile> parse(CommandApdu command) {
        return IsdRCommands.stored(command, LAST_DGI, DGI, IsdRCommands.AID)
                .flatMap(IsdRCommands::aid)
                .map(DisableProfile::new);
    }
}
