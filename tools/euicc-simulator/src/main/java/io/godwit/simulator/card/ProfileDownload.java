package io.godwit.simulator.card;

import io.godwit.gsma.Parsed;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.es5.LifeCycle;
import io.godwit.gsma.profile.EuiccResponse;
import io.godwit.gsma.profile.PeStatus;
import io.godwit.gsma.profile.install.Installation;
import io.godwit.gsma.profile.install.InstalledProfile;
import io.godwit.gsma.scp03.ChannelRefusal;
import io.godwit.gsma.scp03.InitializeUpdate;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03t.Scp03tChannel;
import io.godwit.gsma.scp03t.Scp03tCommand;
import io.godwit.gsma.scp03t.Scp03tError;
import io.godwit.gsma.scp03t.Scp03tInitiation;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import io.godwit.simulator.card.CardSession.Download;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ISD-P executes one command of SCP03t (SGP.02 section 4.1.3.3). A command that is not genuine ends the session, and what
 * was installed so far is gone with it; the profile is there when its last element is.
 */
final class ProfileDownload {
    /** The largest package that a card's file has room for. */
    private static final int MAX_PACKAGE = 60_000;

    private final CardState state;
    private final CardSession session;
    private final IsdP isdP;

    ProfileDownload(CardState state, CardSession session, IsdP isdP) {
        this.state = state;
        this.session = session;
        this.isdP = isdP;
    }

    /**
     * The card after a command, and what it answers.
     *
     * @param refused whether the commands behind it are not executed
     */
    record Result(CardState next, CardSession session, Octets answer, boolean refused) {}

    Result execute(Octets command) {
        return switch (Scp03tCommand.of(command).orElseThrow()) {
            case INITIALIZE_UPDATE -> initiate(Scp03tInitiation.decode(command));
            case EXTERNAL_AUTHENTICATE -> authenticate(command);
            case PROFILE_SEGMENT -> install(command);
        };
    }

    private Result initiate(Parsed<InitializeUpdate> read) {
        if (!(read instanceof Parsed.Read<InitializeUpdate> command)) {
            return refused(Scp03tCommand.INITIALIZE_UPDATE, Scp03tError.INCORRECT_LENGTH_OR_STRUCTURE);
        }
        Optional<IsdPKeys> keys = isdP.keys()
                .filter(set -> set.keys().keyVersion() == command.value().keyVersion());
        if (keys.isEmpty()) {
            return refused(Scp03tCommand.INITIALIZE_UPDATE, Scp03tError.REFERENCE_NOT_FOUND);
        }
        if (isdP.state() != LifeCycle.PERSONALIZED || keys.get().isSpent()) {
            return refused(Scp03tCommand.INITIALIZE_UPDATE, Scp03tError.SECURITY);
        }
        IsdPKeys counted = keys.get().counted();
        MutualAuthentication mutual = counted.session(isdP.aid(), command.value());
        return new Result(
                state.with(isdP.aid(), found -> found.withKeys(counted)),
                session.with(new Download.Initiated(isdP.aid(), mutual)),
                Scp03tInitiation.encode(mutual.answer(IsdPKeys.DIVERSIFICATION)),
                false);
    }

    private Result authenticate(Octets command) {
        if (!(ours() instanceof Download.Initiated initiated)) {
            return refused(Scp03tCommand.EXTERNAL_AUTHENTICATE, Scp03tError.SECURITY);
        }
        Opening<Scp03tChannel> opening = Scp03tChannel.accept(initiated.session(), command);
        if (opening instanceof Opening.Opened<Scp03tChannel> opened) {
            Installation empty = Installation.start(isdP.grantedMemory());
            return new Result(
                    state,
                    session.with(
                            new Download.Open(isdP.aid(), opened.value(), SecretOctets.copyOf(Octets.EMPTY), empty)),
                    Scp03tChannel.accepted(),
                    false);
        }
        return refused(Scp03tCommand.EXTERNAL_AUTHENTICATE, error(opening));
    }

    private Result install(Octets command) {
        if (!(ours() instanceof Download.Open open)) {
            return refused(Scp03tCommand.PROFILE_SEGMENT, Scp03tError.SECURITY);
        }
        Opening<Scp03tChannel.Received> opening = open.channel().open(command);
        if (!(opening instanceof Opening.Opened<Scp03tChannel.Received> opened)) {
            return refused(Scp03tCommand.PROFILE_SEGMENT, error(opening));
        }
        Scp03tChannel channel = opened.value().next();
        Octets segment = opened.value().segment();
        SecretOctets octets = SecretOctets.copyOf(open.octets().reveal().plus(segment));
        if (octets.length() > MAX_PACKAGE) {
            return ended(state, channel, EuiccResponse.aborted(PeStatus.of(PeStatus.NOT_ENOUGH_MEMORY)));
        }
        Installation installation = open.installation().feed(segment);
        if (installation.state() instanceof Installation.Finished finished) {
            return finished(channel, finished, octets);
        }
        if (installation.state() instanceof Installation.Failed failed) {
            return ended(state, channel, failed.response());
        }
        return new Result(
                state,
                session.with(new Download.Open(isdP.aid(), channel, octets, installation)),
                channel.protect(Octets.EMPTY),
                false);
    }

    private Result finished(Scp03tChannel channel, Installation.Finished finished, SecretOctets octets) {
        InstalledProfile profile = finished.profile();
        Optional<Iccid> iccid = profile.iccid().filter(number -> !isTaken(number));
        if (iccid.isEmpty()) {
            // No number, or that of another profile on this card.
            return ended(state, channel, EuiccResponse.aborted(PeStatus.of(PeStatus.BAD_VALUES)));
        }
        CardState installed = state.with(isdP.aid(), found -> found.withProfile(iccid.get(), profile, octets));
        return ended(installed, channel, finished.response());
    }

    private boolean isTaken(Iccid number) {
        return state.isdPs().stream().anyMatch(other -> other.iccid().equals(Optional.of(number)));
    }

    /** The response is the end of the session, whether the profile is installed or not. */
    private Result ended(CardState next, Scp03tChannel channel, EuiccResponse response) {
        return new Result(
                next, session.withoutDownload(isdP.aid()), channel.protect(response.encode()), !response.isInstalled());
    }

    private Result refused(Scp03tCommand command, Scp03tError error) {
        return new Result(state, session.withoutDownload(isdP.aid()), error.encode(command), true);
    }

    private @Nullable Download ours() {
        return session.download()
                .filter(download -> download.isdP().equals(isdP.aid()))
                .orElse(null);
    }

    private static Scp03tError error(Opening<?> opening) {
        boolean malformed =
                opening instanceof Opening.Refused<?> refused && refused.reason() == ChannelRefusal.MALFORMED;
        return malformed ? Scp03tError.INCORRECT_LENGTH_OR_STRUCTURE : Scp03tError.SECURITY;
    }
}
