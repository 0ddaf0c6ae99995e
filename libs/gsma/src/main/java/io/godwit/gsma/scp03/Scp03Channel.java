package io.godwit.gsma.scp03;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.apdu.CommandApdu;
import io.godwit.gsma.apdu.ResponseApdu;
import io.godwit.gsma.apdu.StatusWord;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.security.auth.Destroyable;

/**
 * One state of a secure channel that carries APDUs. The host {@link #wrap wraps} commands and {@link #unwrap unwraps}
 * responses, the card {@link #open opens} commands and {@link #protect protects} responses. Commands can be wrapped long
 * before they are sent; each one's response is unwrapped with the state that its wrapping gave.
 *
 * <p>What SCP03 leaves open: Le of a command, and a status word of an error, are not protected by any MAC.
 */
public record Scp03Channel(SecureMessaging messaging) implements Destroyable {
    private static final int SECURE = 0x04;
    private static final int EXTERNAL_AUTHENTICATE = 0x82;

    /** A command as the card gets it, and the channel after it. */
    public record Wrapped(Scp03Channel next, CommandApdu command) {}

    /** A command as the host meant it, and the channel after it. */
    public record Received(Scp03Channel next, CommandApdu command) {}

    public Scp03Channel {
        requireNonNull(messaging, "messaging is null");
    }

    /** The channel of {@code keys} that stood at {@code state}. */
    public static Scp03Channel resume(SessionKeys keys, ChannelState state) {
        return new Scp03Channel(new SecureMessaging(keys, state));
    }

    /** The host's EXTERNAL AUTHENTICATE, {@code 84 82 level 00 10 cryptogram MAC}, and the channel that it opens. */
    public static Wrapped authenticate(MutualAuthentication session, SecurityLevel level) {
        Octets header = Octets.ofInts(0x84, EXTERNAL_AUTHENTICATE, level.code(), 0x00);
        SecureMessaging.Sealed sealed = SecureMessaging.authenticate(
                session.sessionKeys(), level, length -> header.plus(Octets.ofInts(length)), session.hostCryptogram());
        CommandApdu command = new CommandApdu(0x84, EXTERNAL_AUTHENTICATE, level.code(), 0x00, sealed.body());
        return new Wrapped(new Scp03Channel(sealed.next()), command);
    }

    /**
     * The card's check of EXTERNAL AUTHENTICATE, whose response has no MAC; after a refusal the session is over. Whether
     * the level is high enough is for the card to say: see {@link #state()}.
     */
    public static Opening<Scp03Channel> accept(MutualAuthentication session, CommandApdu command) {
        boolean form = command.cla() == 0x84
                && command.ins() == EXTERNAL_AUTHENTICATE
                && command.p2() == 0
                && command.data().length() == InitializeUpdate.CHALLENGE + SecureMessaging.MAC
                && command.le().isEmpty();
        return SecurityLevel.of(command.p1())
                .filter(level -> form)
                .map(level -> SecureMessaging.accept(
                        session.sessionKeys(), level, header(command), command.data(), session.hostCryptogram()))
                .orElseGet(() -> Opening.refused(ChannelRefusal.MALFORMED))
                .map(Scp03Channel::new);
    }

    /** How much data a command may have, so that it fits in one short APDU when wrapped. */
    public int maxData() {
        return state().level().hidesCommands() ? 239 : 247;
    }

    /**
     * Protects a command for the card; its Le stays as it is.
     *
     * @throws IllegalArgumentException when CLA is not 00 or 80, or the data is longer than {@link #maxData()}
     */
    public Wrapped wrap(CommandApdu command) {
        if ((command.cla() & 0x7f) != 0 || command.data().length() > maxData()) {
            throw new IllegalArgumentException("apdu: CLA 00 or 80 and at most " + maxData() + " octets expected");
        }
        int cla = command.cla() | SECURE;
        Octets header = Octets.ofInts(cla, command.ins(), command.p1(), command.p2());
        SecureMessaging.Sealed sealed =
                messaging.sealCommand(length -> header.plus(Octets.ofInts(length)), command.data());
        return new Wrapped(new Scp03Channel(sealed.next()), with(command, cla, sealed.body()));
    }

    /** Protects {@code commands} one after the other. */
    public List<Wrapped> wrapAll(List<CommandApdu> commands) {
        List<Wrapped> all = new ArrayList<>();
        Scp03Channel channel = this;
        for (CommandApdu command : commands) {
            Wrapped wrapped = channel.wrap(command);
            all.add(wrapped);
            channel = wrapped.next();
        }
        return List.copyOf(all);
    }

    /** Checks and opens a command from the host. */
    public Opening<Received> open(CommandApdu command) {
        if ((command.cla() & 0x7f) != SECURE) {
            return Opening.refused(ChannelRefusal.MALFORMED);
        }
        return messaging
                .openCommand(header(command), command.data())
                .map(unsealed -> new Received(
                        new Scp03Channel(unsealed.next()), with(command, command.cla() & ~SECURE, unsealed.clear())));
    }

    /** Protects the card's response to the last command; an error loses its data and stays bare (Amendment D 6.2.5). */
    public ResponseApdu protect(ResponseApdu response) {
        if (!state().level().provesResponses()) {
            return response;
        }
        if (isError(response.status())) {
            return ResponseApdu.of(response.status());
        }
        Octets body = messaging.sealResponse(length -> Octets.EMPTY, response.data(), trailer(response.status()));
        return new ResponseApdu(body, response.status());
    }

    /** Checks and opens the card's response to the last command; nobody vouches for an error's status word. */
    public Opening<ResponseApdu> unwrap(ResponseApdu response) {
        if (!state().level().provesResponses()) {
            return Opening.opened(response);
        }
        if (isError(response.status())) {
            return response.data().isEmpty() ? Opening.opened(response) : Opening.refused(ChannelRefusal.MALFORMED);
        }
        return messaging
                .openResponse(Octets.EMPTY, response.data(), trailer(response.status()))
                .map(clear -> new ResponseApdu(clear, response.status()));
    }

    private static boolean isError(StatusWord status) {
        int sw1 = status.value() >> 8;
        return !status.isSuccess() && sw1 != 0x62 && sw1 != 0x63;
    }

    private static Octets trailer(StatusWord status) {
        return Octets.ofInts(status.value() >> 8, status.value());
    }

    private static Octets header(CommandApdu command) {
        return Octets.ofInts(
                command.cla(),
                command.ins(),
                command.p1(),
                command.p2(),
                command.data().length());
    }

    private static CommandApdu with(CommandApdu command, int cla, Octets data) {
        OptionalInt le = command.le();
        return new CommandApdu(cla, command.ins(), command.p1(), command.p2(), data, le);
    }

    /** Where the channel stands, to be stored. */
    public ChannelState state() {
        return messaging.state();
    }

    /** Destroys the session keys, which all states of this channel share. */
    @Override
    public void destroy() {
        messaging.keys().destroy();
    }

    @Override
    public boolean isDestroyed() {
        return messaging.keys().isDestroyed();
    }
}
