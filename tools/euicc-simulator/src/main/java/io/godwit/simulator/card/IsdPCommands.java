package io.godwit.simulator.card;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.es8.UpdateConnectivityParameters;
import io.godwit.gsma.scp03.InitializeUpdate;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03.Scp03Channel;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An ISD-P executes the commands of one script under SCP03 (SGP.02 section 4.1.3.4): a session begins and ends within it,
 * and nothing is done outside of one. A command that is not genuine ends it with 6982; each INITIALIZE UPDATE has counted,
 * whatever comes of it.
 */
final class IsdPCommands {
    private static final int INITIALIZE_UPDATE = 0x50;
    private static final Set<Integer> INSTRUCTIONS = Set.of(0xe2);
    private static final Set<LifeCycle> WITH_KEYS =
            EnumSet.of(LifeCycle.PERSONALIZED, LifeCycle.DISABLED, LifeCycle.ENABLED);

    /** How far the session of the script has come. */
    private sealed interface Channel {
        record None() implements Channel {}

        /** The host has yet to show that it has the keys. */
        record Initiated(MutualAuthentication session) implements Channel {}

        record Open(Scp03Channel channel) implements Channel {}
    }

    /** The card after a command, and what it answers. */
    private record Step(CardState next, CardSession session, Channel channel, ResponseApdu answer) {}

    private final CardState state;
    private final CardSession session;
    private final IsdP isdP;
    private final Channel channel;

    private IsdPCommands(CardState state, CardSession session, Aid isdP, Channel channel) {
        this.state = state;
        this.session = session;
        this.isdP = state.isdP(isdP).orElseThrow();
        this.channel = channel;
    }

    /** Executes one command after the other, up to the first that is refused. */
    static IsdR.Run run(CardState state, CardSession session, Aid isdP, List<CommandApdu> commands) {
        List<ResponseApdu> answers = new ArrayList<>();
        CardState next = state;
        CardSession nextSession = session;
        Channel channel = new Channel.None();
        for (CommandApdu command : commands) {
            Step step = new IsdPCommands(next, nextSession, isdP, channel).execute(command);
            next = step.next();
            nextSession = step.session();
            channel = step.channel();
            answers.add(step.answer());
            if (!step.answer().status().isSuccess()) {
                break;
            }
        }
        return new IsdR.Run(next, nextSession, List.copyOf(answers));
    }

    private Step execute(CommandApdu command) {
        if (command.cla() == 0x80 && command.ins() == INITIALIZE_UPDATE) {
            return initiate(InitializeUpdate.parse(command));
        }
        if (channel instanceof Channel.Initiated initiated) {
            return authenticate(initiated.session(), command);
        }
        return channel instanceof Channel.Open open
                ? open(open.channel(), command)
                : refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
    }

    private Step initiate(Parsed<InitializeUpdate> read) {
        Optional<IsdPKeys> keys = isdP.keys();
        if (keys.isEmpty()) {
            return refused(StatusWord.REFERENCE_NOT_FOUND);
        }
        if (!(read instanceof Parsed.Read<InitializeUpdate> asked)) {
            return refused(StatusWord.WRONG_DATA);
        }
        if (keys.get().keys().keyVersion() != asked.value().keyVersion()) {
            return refused(StatusWord.REFERENCE_NOT_FOUND);
        }
        if (!WITH_KEYS.contains(isdP.state()) || keys.get().isSpent()) {
            return refused(StatusWord.CONDITIONS_NOT_SATISFIED);
        }
        IsdPKeys counted = keys.get().counted();
        MutualAuthentication mutual = counted.session(isdP.aid(), asked.value());
        return new Step(
                state.with(isdP.aid(), found -> found.withKeys(counted)),
                // The same keys have one session at a time: one of SCP03t that was open is over.
                session.withoutDownload(isdP.aid()),
                new Channel.Initiated(mutual),
                ResponseApdu.success(mutual.answer(IsdPKeys.DIVERSIFICATION).encode()));
    }

    private Step authenticate(MutualAuthentication mutual, CommandApdu command) {
        return Scp03Channel.accept(mutual, command) instanceof Opening.Opened<Scp03Channel> opened
                        && opened.value().state().level() == SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC
                ? answered(state, opened.value(), ResponseApdu.of(StatusWord.SUCCESS))
                : refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
    }

    private Step open(Scp03Channel secure, CommandApdu wrapped) {
        if (!(secure.open(wrapped) instanceof Opening.Opened<Scp03Channel.Received> received)) {
            return refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
        }
        CommandApdu command = received.value().command();
        Scp03Channel after = received.value().next();
        Optional<UpdateConnectivityParameters> update = UpdateConnectivityParameters.parse(command);
        if (update.isEmpty()) {
            return refused(IsdR.whyNotUnderstood(command, INSTRUCTIONS));
        }
        CardState next = state.with(
                isdP.aid(), found -> found.withConnectivity(found.connectivity().after(update.get())));
        return answered(next, after, after.protect(ResponseApdu.success(Octets.EMPTY)));
    }

    private Step answered(CardState next, Scp03Channel after, ResponseApdu answer) {
        return new Step(next, session, new Channel.Open(after), answer);
    }

    private Step refused(StatusWord status) {
        return new Step(state, session, new Channel.None(), ResponseApdu.of(status));
    }
}
