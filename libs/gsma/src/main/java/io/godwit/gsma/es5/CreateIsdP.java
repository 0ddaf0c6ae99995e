package io.godwit.gsma.es5;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvFields;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates an ISD-P that a profile can be downloaded into (SGP.02 section 4.1.1.1): {@code 80 E6 0C 00 L | 10 load file AID |
 * 10 module AID | 10 ISD-P AID | 03 80C000 | L {C9 04 81 02 03 70 [EF L 83 L memory]} | 00}. The privileges are those of a
 * security domain with trusted path and authorised management, and its channel is SCP03 with pseudo-random challenges. The
 * card answers one octet 00.
 *
 * @param isdP the AID of the new ISD-P
 * @param memory octets of non-volatile memory that it may use; empty: as much as there is
 */
public record CreateIsdP(Aid isdP, Optional<Integer> memory) implements Es5Function {
    private static final int CLA = 0x80;
    private static final int INSTALL = 0xe6;
    private static final int FOR_INSTALL_AND_MAKE_SELECTABLE = 0x0c;
    private static final Octets PRIVILEGES = Octets.fromHex("80c000");
    private static final Octets SCP03_WITH_PSEUDO_RANDOM_CHALLENGE = Octets.fromHex("81020370");
    private static final int APPLICATION_PARAMETERS = 0xc9;
    private static final int SYSTEM_PARAMETERS = 0xef;
    private static final int CUMULATIVE_GRANTED_NON_VOLATILE_MEMORY = 0x83;
    private static final Octets NO_TOKEN = Octets.EMPTY;

    /** @throws IllegalArgumentException when {@code isdP} is not an ISD-P's AID or {@code memory} is not positive */
    public CreateIsdP {
        requireNonNull(memory, "memory is null");
        if (SecurityDomains.isdPTar(isdP).isEmpty()) {
            throw new IllegalArgumentException("isdP: the AID of an ISD-P (SGP.02 Annex H) expected");
        }
        if (memory.filter(octets -> octets <= 0).isPresent()) {
            throw new IllegalArgumentException("memory: a positive number of octets expected");
        }
    }

    @Override
    public List<CommandApdu> commands() {
        List<Tlv> parameters = new ArrayList<>();
        parameters.add(new Tlv(APPLICATION_PARAMETERS, SCP03_WITH_PSEUDO_RANDOM_CHALLENGE));
        memory.ifPresent(octets -> parameters.add(
                Tlv.of(SYSTEM_PARAMETERS, new Tlv(CUMULATIVE_GRANTED_NON_VOLATILE_MEMORY, number(octets)))));
        Octets data = LengthValues.encode(
                SecurityDomains.ISD_P_LOAD_FILE.toOctets(),
                SecurityDomains.ISD_P_MODULE.toOctets(),
                isdP.toOctets(),
                PRIVILEGES,
                Octets.concat(parameters.stream().map(Tlv::encode).toArray(Octets[]::new)),
                NO_TOKEN);
        return List.of(new CommandApdu(CLA, INSTALL, FOR_INSTALL_AND_MAKE_SELECTABLE, 0x00, data));
    }

    @Override
    public Es5Outcome outcome(List<ResponseApdu> responses) {
        if (!responses.isEmpty() && responses.get(0).status().value() == 0x6a80) {
            return new Es5Outcome.Refused(responses.get(0).status(), Es5Error.WRONG_DATA_OR_AID_IN_USE);
        }
        return Refusals.plainOutcome(responses, Es5Error.CREATION_NOT_ALLOWED);
    }

    public static Optional<CreateIsdP> parse(CommandApdu command) {
        if (command.cla() != CLA
                || command.ins() != INSTALL
                || command.p1p2() != FOR_INSTALL_AND_MAKE_SELECTABLE << 8) {
            return Optional.empty();
        }
        return LengthValues.decode(command.data(), 6)
                .filter(parts -> parts.get(0).equals(SecurityDomains.ISD_P_LOAD_FILE.toOctets())
                        && parts.get(1).equals(SecurityDomains.ISD_P_MODULE.toOctets())
                        && parts.get(3).equals(PRIVILEGES)
                        && parts.get(5).isEmpty())
                .flatMap(parts -> IsdRCommands.aid(parts.get(2))
                        .filter(aid -> SecurityDomains.isdPTar(aid).isPresent())
                        .flatMap(aid -> of(aid, parts.get(4))));
    }

    /** What the parameters ask for; empty when they are not those of an ISD-P. */
    private static Optional<CreateIsdP> of(Aid isdP, Octets parameters) {
        Optional<TlvFields> fields =
                TlvReader.sequence(parameters).then(TlvFields::of).toOptional();
        boolean ours = fields.flatMap(found -> found.value(APPLICATION_PARAMETERS))
                .filter(SCP03_WITH_PSEUDO_RANDOM_CHALLENGE::equals)
                .isPresent();
        if (!ours) {
            return Optional.empty();
        }
        Optional<Octets> system = fields.flatMap(found -> found.value(SYSTEM_PARAMETERS));
        Optional<Integer> memory = system.flatMap(
                        octets -> TlvReader.sequence(octets).then(TlvFields::of).toOptional())
                .flatMap(found -> found.number(CUMULATIVE_GRANTED_NON_VOLATILE_MEMORY))
                .filter(octets -> octets > 0);
        return system.isPresent() == memory.isPresent() ? Optional.of(new CreateIsdP(isdP, memory)) : Optional.empty();
    }

    /** Two octets, or four where two do not suffice (GPC 2.3.1 table 11-49). */
    private static Octets number(int value) {
        return value >>> 16 == 0
                ? Octets.ofInts(value >> 8, value)
                : Octets.ofInts(value >> 24, value >> 16, value >> 8, value);
    }
}
