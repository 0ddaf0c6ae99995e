package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The STORE DATA commands behind it in the script go to that ISD-P (GPC 2.3.1 section 11.5.2.3.6): {@code 80 E6 20 00 L |
 * 00 00 L AID 00 00 00}. It holds up to the STORE DATA that is the last block, or to a reset of the card.
 */
public record InstallForPersonalization(Aid isdP) {
    private static final int CLA = 0x80;
    private static final int INSTALL = 0xe6;
    private static final int FOR_PERSONALIZATION = 0x20;

    public InstallForPersonalization {
        requireNonNull(isdP, "isdP is null");
    }

    public CommandApdu command() {
        Octets data = LengthValues.encode(
                Octets.EMPTY, Octets.EMPTY, isdP.toOctets(), Octets.EMPTY, Octets.EMPTY, Octets.EMPTY);
        return new CommandApdu(CLA, INSTALL, FOR_PERSONALIZATION, 0x00, data);
    }

    public static Optional<InstallForPersonalization> parse(CommandApdu command) {
        if (command.cla() != CLA || command.ins() != INSTALL || command.p1p2() != FOR_PERSONALIZATION << 8) {
            return Optional.empty();
        }
        return LengthValues.decode(command.data(), 6)
                .filter(parts -> parts.stream().filter(Octets::isEmpty).count() == 5)
                .flatMap(parts -> IsdRCommands.aid(parts.get(2)))
                .map(InstallForPersonalization::new);
    }
}
