package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.crypto.AesCmac;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvFields;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;

/**
 * Deletes an orphaned profile whatever its policies say, with a token of the operator that owns it (SGP.02 section 4.1.1.10,
 * GPC 2.3.1 tables 11-23 and C-9): {@code 80 E4 00 40 L | 4F L AID | B6 L {42 L SIN, 45 L SDIN, 5F20 L provider, 93 L token
 * number} | 9E 10 token}. The enabled profile and the one to fall back to stay. The card answers one octet 00.
 *
 * @param token AES-CMAC, 16 octets, with the token key of the ISD-P (key version 70)
 */
public record MasterDelete(Aid isdP, TokenInput input, Octets token) implements Es5Function {
    /** Version of the key for tokens, in the security domain of the profile's operator (GPC 2.3.1 table 11-16). */
    public static final int TOKEN_KEY_VERSION = 0x70;

    private static final int CLA = 0x80;
    private static final int DELETE = 0xe4;
    private static final int WITH_CONTENT = 0x40;
    private static final int CONTROL_REFERENCE_TEMPLATE = 0xb6;
    private static final int ISSUER = 0x42;
    private static final int IMAGE = 0x45;
    private static final int PROVIDER = 0x5f20;
    private static final int NUMBER = 0x93;
    private static final int TOKEN = 0x9e;
    private static final int TOKEN_SIZE = 16;

    /**
     * What the token says of its author, each 1 to 16 octets.
     *
     * @param issuer security domain issuer identification number (42)
     * @param image security domain image number (45)
     * @param provider application provider identifier (5F20)
     * @param number token identifier (93)
     */
    public record TokenInput(Octets issuer, Octets image, Octets provider, Octets number) {
        /** @throws IllegalArgumentException naming the component that is empty or too long */
        public TokenInput {
            requireShort("issuer", issuer);
            requireShort("image", image);
            requireShort("provider", provider);
            requireShort("number", number);
        }

        private static void requireShort(String name, Octets value) {
            if (value.isEmpty() || value.length() > 16) {
                throw new IllegalArgumentException(name + ": 1 to 16 octets expected");
            }
        }

        private Tlv template() {
            return Tlv.of(
                    CONTROL_REFERENCE_TEMPLATE,
                    new Tlv(ISSUER, issuer),
                    new Tlv(IMAGE, image),
                    new Tlv(PROVIDER, provider),
                    new Tlv(NUMBER, number));
        }
    }

    /** @throws IllegalArgumentException when {@code token} is not 16 octets */
    public MasterDelete {
        requireNonNull(isdP, "isdP is null");
        requireNonNull(input, "input is null");
        if (token.length() != TOKEN_SIZE) {
            throw new IllegalArgumentException("token: 16 octets expected");
        }
    }

    /** The command with its token, for the operator who holds the key. */
    public static MasterDelete with(SecretOctets tokenKey, Aid isdP, TokenInput input) {
        return new MasterDelete(isdP, input, token(tokenKey, isdP, input));
    }

    /** Whether the token is that of {@code tokenKey}. */
    public boolean isAuthorisedBy(SecretOctets tokenKey) {
        return token.equalsInConstantTime(token(tokenKey, isdP, input));
    }

    @Override
    public List<CommandApdu> commands() {
        Octets data = covered(isdP, input).plus(new Tlv(TOKEN, token).encode());
        return List.of(new CommandApdu(CLA, DELETE, 0x00, WITH_CONTENT, data));
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        return Refusals.plainOutcome(responses, Es5Error.ENABLED_OR_IS_FALLBACK);
    }

    public static Optional<MasterDelete> parse(CommandApdu command) {
        if (command.cla() != CLA || command.ins() != DELETE || command.p1p2() != WITH_CONTENT) {
            return Optional.empty();
        }
        List<Tlv> objects = TlvReader.sequence(command.data()).toOptional().orElse(List.of());
        if (!objects.stream()
                        .map(Tlv::tag)
                        .toList()
                        .equals(List.of(IsdRCommands.AID, CONTROL_REFERENCE_TEMPLATE, TOKEN))
                || objects.get(2).value().length() != TOKEN_SIZE) {
            return Optional.empty();
        }
        Octets token = objects.get(2).value();
        return IsdRCommands.aid(objects.get(0).value())
                .flatMap(isdP -> input(objects.get(1)).map(input -> new MasterDelete(isdP, input, token)))
                .filter(found -> found.commands().get(0).data().equals(command.data()));
    }

    private static Optional<TokenInput> input(Tlv template) {
        return TlvFields.within(template).toOptional().flatMap(fields -> {
            Octets issuer = fields.value(ISSUER).orElse(Octets.EMPTY);
            Octets image = fields.value(IMAGE).orElse(Octets.EMPTY);
            Octets provider = fields.value(PROVIDER).orElse(Octets.EMPTY);
            Octets number = fields.value(NUMBER).orElse(Octets.EMPTY);
            boolean whole = List.of(issuer, image, provider, number).stream()
                    .allMatch(value -> !value.isEmpty() && value.length() <= 16);
            return whole ? Optional.of(new TokenInput(issuer, image, provider, number)) : Optional.empty();
        });
    }

    private static Octets token(SecretOctets key, Aid isdP, TokenInput input) {
        Octets covered = covered(isdP, input);
        return AesCmac.of(key, Octets.ofInts(0x00, WITH_CONTENT, covered.length()), covered);
    }

    private static Octets covered(Aid isdP, TokenInput input) {
        return IsdRCommands.aidObject(isdP).encode().plus(input.template().encode());
    }
}
