package io.godwit.gsma.scp03;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.protocol.Octets;
import java.util.OptionalInt;

/**
 * INITIALIZE UPDATE (GPC 2.3.1 D.4.1): asks for a session with one key set.
 *
 * @param keyVersion 30 to 3F
 * @param hostChallenge 8 octets, never used before
 */
public record InitializeUpdate(int keyVersion, Octets hostChallenge) {
    /** Octets of each challenge and cryptogram. */
    public static final int CHALLENGE = 8;

    private static final int INS = 0x50;

    /** @throws IllegalArgumentException when one of them is not so */
    public InitializeUpdate {
        requireNonNull(hostChallenge, "hostChallenge is null");
        Scp03Keys.requireVersion(keyVersion);
        if (hostChallenge.length() != CHALLENGE) {
            throw new IllegalArgumentException("hostChallenge: 8 octets expected");
        }
    }

    /** {@code 80 50 version 00 08 challenge 00}. */
    public CommandApdu toCommand() {
        return new CommandApdu(0x80, INS, keyVersion, 0x00, hostChallenge, OptionalInt.of(0));
    }

    /** Reads what {@link #toCommand()} wrote; version 00, "any", is refused. */
    public static Parsed<InitializeUpdate> parse(CommandApdu command) {
        if (command.cla() != 0x80 || command.ins() != INS || command.p2() != 0) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
        return of(command.p1(), command.data());
    }

    /** Both, where octets that somebody else wrote may hold anything. */
    public static Parsed<InitializeUpdate> of(int keyVersion, Octets hostChallenge) {
        return Scp03Keys.isVersion(keyVersion) && hostChallenge.length() == CHALLENGE
                ? Parsed.read(new InitializeUpdate(keyVersion, hostChallenge))
                : Parsed.malformed(Malformation.BAD_VALUE);
    }
}
