package io.godwit.gsma.scp03t;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.scp03.ChannelRefusal;
import io.godwit.gsma.scp03.ChannelState;
import io.godwit.gsma.scp03.InitializeUpdate;
import io.godwit.gsma.scp03.MutualAuthentication;
import io.godwit.gsma.scp03.Opening;
import io.godwit.gsma.scp03.SecureMessaging;
import io.godwit.gsma.scp03.SecurityLevel;
import io.godwit.gsma.scp03.SessionKeys;
import io.godwit.gsma.tlv.BerLength;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.Destroyable;

/**
 * One state of a secure channel that carries a profile package. The SM-DP {@link #wrap wraps} segments and
 * {@link #unwrap unwraps} replies, the ISD-P {@link #open opens} segments and {@link #protect protects} replies. Segments
 * can be wrapped long before they are sent; each one's reply is unwrapped with the state that its wrapping gave.
 *
 * <p>What SCP03t leaves open: an empty reply, {@code 86 00}, and an error have no MAC. Who forwards the replies
 * could put them in the place of others: only the last reply's data, the card's own report, tells that all is well.
 */
public record Scp03tChannel(SecureMessaging messaging) implements Destroyable {
    private static final SecurityLevel LEVEL = SecurityLevel.C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC;
    private static final int AUTHENTICATE = Scp03tCommand.EXTERNAL_AUTHENTICATE.tag();
    private static final int SEGMENT = Scp03tCommand.PROFILE_SEGMENT.tag();

    /** A segment as the card gets it, one TLV, and the channel after it. */
    public record Wrapped(Scp03tChannel next, Octets command) {}

    /** A segment as the SM-DP cut it, and the channel after it. */
    public record Received(Scp03tChannel next, Octets segment) {}

    /** @throws IllegalArgumentException when the level is not 33, the only one of SCP03t */
    public Scp03tChannel {
        requireNonNull(messaging, "messaging is null");
        if (messaging.state().level() != LEVEL) {
            throw new IllegalArgumentException("level: 33 expected for SCP03t");
        }
    }

    /** The channel of {@code keys} that stood at {@code state}. */
    public static Scp03tChannel resume(SessionKeys keys, ChannelState state) {
        return new Scp03tChannel(new SecureMessaging(keys, state));
    }

    /** The SM-DP's EXTERNAL AUTHENTICATE, {@code 85 11 33 cryptogram MAC}, and the channel that it opens. */
    public static Wrapped authenticate(MutualAuthentication session) {
        SecureMessaging.Sealed sealed = SecureMessaging.authenticate(
                session.sessionKeys(), LEVEL, length -> header(AUTHENTICATE, length), content(session));
        return new Wrapped(new Scp03tChannel(sealed.next()), new Tlv(AUTHENTICATE, sealed.body()).encode());
    }

    /** The card's check of EXTERNAL AUTHENTICATE; after a refusal the session is over. */
    public static Opening<Scp03tChannel> accept(MutualAuthentication session, Octets command) {
        int length = 1 + InitializeUpdate.CHALLENGE + SecureMessaging.MAC;
        Parsed<Tlv> read = TlvReader.single(command, AUTHENTICATE)
                .then(tlv -> tlv.value().length() == length && tlv.value().at(0) == LEVEL.code()
                        ? Parsed.read(tlv)
                        : Parsed.malformed(Malformation.BAD_VALUE));
        return read.toOptional()
                .map(tlv -> SecureMessaging.accept(
                        session.sessionKeys(), LEVEL, header(tlv.tag(), length), tlv.value(), content(session)))
                .orElseGet(() -> Opening.refused(ChannelRefusal.MALFORMED))
                .map(Scp03tChannel::new);
    }

    /** The card's good answer to EXTERNAL AUTHENTICATE, {@code 85 00}. */
    public static Octets accepted() {
        return new Tlv(AUTHENTICATE, Octets.EMPTY).encode();
    }

    /** Reads the card's answer to EXTERNAL AUTHENTICATE; no MAC protects it, and its value is empty. */
    public static Parsed<Scp03tReply<Octets>> decodeAuthenticationReply(Octets reply) {
        return Scp03tReply.decode(
                reply,
                Scp03tCommand.EXTERNAL_AUTHENTICATE,
                tlv -> tlv.value().isEmpty() ? Parsed.read(tlv.value()) : Parsed.malformed(Malformation.BAD_VALUE));
    }

    /**
     * Protects a segment, {@code 86 L ciphered MAC}.
     *
     * @param segment 1 to 1,007 octets of a profile package
     * @throws IllegalArgumentException when it is not
     */
    public Wrapped wrap(Octets segment) {
        if (segment.isEmpty() || segment.length() > Segments.maxClear(Segments.MAX_TLV)) {
            throw new IllegalArgumentException("segment: 1 to 1007 octets expected");
        }
        SecureMessaging.Sealed sealed = messaging.sealCommand(length -> header(SEGMENT, length), segment);
        return new Wrapped(new Scp03tChannel(sealed.next()), new Tlv(SEGMENT, sealed.body()).encode());
    }

    /** Protects {@code segments} one after the other. */
    public List<Wrapped> wrapAll(List<Octets> segments) {
        List<Wrapped> all = new ArrayList<>();
        Scp03tChannel channel = this;
        for (Octets segment : segments) {
            Wrapped wrapped = channel.wrap(segment);
            all.add(wrapped);
            channel = wrapped.next();
        }
        return List.copyOf(all);
    }

    /** Checks and opens a segment from the SM-DP; one without data, or larger than 1,024 octets, is malformed. */
    public Opening<Received> open(Octets command) {
        if (command.length() > Segments.MAX_TLV) {
            return Opening.refused(ChannelRefusal.MALFORMED);
        }
        return TlvReader.single(command, SEGMENT)
                .toOptional()
                .map(Tlv::value)
                .filter(body -> body.length() > SecureMessaging.MAC)
                .map(body -> messaging.openCommand(header(SEGMENT, body.length()), body))
                .orElseGet(() -> Opening.refused(ChannelRefusal.MALFORMED))
                .map(unsealed -> new Received(new Scp03tChannel(unsealed.next()), unsealed.clear()));
    }

    /**
     * Protects the card's reply to the last segment; no data is {@code 86 00}.
     *
     * @throws IllegalArgumentException when it does not fit in a TLV of 65,535 octets
     */
    public Octets protect(Octets reply) {
        Octets body = reply.isEmpty()
                ? Octets.EMPTY
                : messaging.sealResponse(length -> header(SEGMENT, length), reply, Octets.EMPTY);
        return new Tlv(SEGMENT, body).encode();
    }

    /** Checks and opens the card's reply to the last segment: its data, which may be none, or an error. */
    public Opening<Scp03tReply<Octets>> unwrap(Octets reply) {
        Parsed<Scp03tReply<Octets>> read =
                Scp03tReply.decode(reply, Scp03tCommand.PROFILE_SEGMENT, tlv -> Parsed.read(tlv.value()));
        return read.toOptional().map(this::unwrap).orElseGet(() -> Opening.refused(ChannelRefusal.MALFORMED));
    }

    private Opening<Scp03tReply<Octets>> unwrap(Scp03tReply<Octets> reply) {
        if (reply instanceof Scp03tReply.Accepted<Octets> accepted
                && !accepted.value().isEmpty()) {
            Octets body = accepted.value();
            return body.length() <= SecureMessaging.MAC
                    ? Opening.refused(ChannelRefusal.MALFORMED)
                    : messaging
                            .openResponse(header(SEGMENT, body.length()), body, Octets.EMPTY)
                            .map(Scp03tReply.Accepted::new);
        }
        return Opening.opened(reply);
    }

    private static Octets content(MutualAuthentication session) {
        return Octets.ofInts(LEVEL.code()).plus(session.hostCryptogram());
    }

    private static Octets header(int tag, int length) {
        return Octets.ofInts(tag).plus(BerLength.encode(length));
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
