package io.godwit.simulator.card;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es6.UpdatePol1;
import io.godwit.gsma.profile.SecurityDomain;
import io.godwit.gsma.scp80.CommandPacket;
import io.godwit.gsma.scp80.ResponsePacket;
import io.godwit.gsma.scp80.ResponseStatus;
import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.gsma.scp80.Spi;
import io.godwit.gsma.script.CommandScript;
import io.godwit.gsma.script.ResponseScript;
import io.godwit.gsma.script.ScriptFault;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The MNO-SD of the enabled profile, through which the operator writes to its own profile (ES6, SGP.02 section 4.1.2). Its
 * SCP80 keys came with the profile, so that neither the SM-SR nor the operator of another profile can make a packet for it;
 * that of a disabled profile is not there for anybody.
 */
final class MnoSd {
    private static final Set<Integer> INSTRUCTIONS = Set.of(0xe2);
    private static final int KIC = 1;
    private static final int KID = 2;

    /** The card after a packet, and what it answers. */
    record Result(CardState next, Octets response) {}

    private final CardState state;
    private final IsdP profile;
    private final List<SecurityDomain> domain;

    MnoSd(CardState state) {
        this.state = state;
        this.profile = state.enabled();
        this.domain = profile.securityDomains().stream().limit(1).toList();
    }

    /** Empty when the packet is not authentic or below the level of SGP.02: then nothing is said and nothing changes. */
    Optional<Result> receive(Octets packet) {
        CommandPacket.Opening opening = CommandPacket.open(packet, this::keys);
        if (!(opening instanceof CommandPacket.Opened opened)
                || !opened.packet().spi().equals(Spi.SGP02)) {
            return Optional.empty();
        }
        CommandPacket command = opened.packet();
        return Optional.of(
                switch (command.counter().judgedAfter(profile.mnoCounter())) {
                    case TOO_LOW -> answer(state, command, ResponseStatus.COUNTER_LOW, Octets.EMPTY);
                    case BLOCKED -> answer(state, command, ResponseStatus.COUNTER_BLOCKED, Octets.EMPTY);
                    case ACCEPTED -> execute(command);
                });
    }

    private Result execute(CommandPacket command) {
        CardState accepted = state.with(profile.aid(), found -> found.withMnoCounter(command.counter()));
        Parsed<CommandScript> script = CommandScript.decode(command.data());
        if (script instanceof Parsed.Malformed<CommandScript> malformed) {
            Octets fault =
                    ResponseScript.badFormat(ScriptFault.of(malformed.reason())).encode();
            return answer(accepted, command, ResponseStatus.POR_OK, fault);
        }
        CardState next = accepted;
        List<ResponseApdu> answers = new ArrayList<>();
        for (CommandApdu each : script.toOptional().orElseThrow().commands()) {
            StatusWord status = judge(each);
            answers.add(ResponseApdu.of(status));
            if (!status.isSuccess()) {
                break;
            }
            next = next.with(
                    profile.aid(),
                    found -> found.withPol1(UpdatePol1.parse(each).orElseThrow().rules()));
        }
        return answer(next, command, ResponseStatus.POR_OK, new ResponseScript(answers).encode());
    }

    private StatusWord judge(CommandApdu command) {
        Optional<UpdatePol1> update = UpdatePol1.parse(command);
        if (update.isEmpty()) {
            return IsdR.whyNotUnderstood(command, INSTRUCTIONS);
        }
        // The one that must stay cannot be one that has to go when it is disabled.
        return profile.fallback() && update.get().rules().demandsDeletionWhenDisabled()
                ? StatusWord.CONDITIONS_NOT_SATISFIED
                : StatusWord.SUCCESS;
    }

    private Result answer(CardState next, CommandPacket command, ResponseStatus status, Octets data) {
        Scp80Keys keys = keys(command.keySetVersion()).orElseThrow();
        return new Result(next, new ResponsePacket(command.tar(), command.counter(), status, data).encode(keys));
    }

    private Optional<Scp80Keys> keys(int version) {
        return version == 0
                ? Optional.empty()
                : key(version, KIC).flatMap(kic -> key(version, KID).map(kid -> new Scp80Keys(version, kic, kid)));
    }

    private Optional<SecretOctets> key(int version, int identifier) {
        return IsdP.aesKey(domain, key -> key.version() == version && key.identifier() == identifier);
    }
}
