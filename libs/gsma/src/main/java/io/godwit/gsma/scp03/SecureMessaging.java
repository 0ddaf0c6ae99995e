package io.godwit.gsma.scp03;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.AesCbc;
import io.godwit.gsma.crypto.AesCmac;
import io.godwit.gsma.crypto.AesEcb;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The engine of SCP03 and SCP03t (GP Amendment D 6.2.3 to 6.2.7) in one of its states. It does not know how messages are
 * framed: the framing gives the octets that stand before the body and that the MAC covers too.
 *
 * <p>A command moves the chaining value and the counter, with data or without. A response moves nothing: it belongs to
 * the command before it.
 */
public record SecureMessaging(SessionKeys keys, ChannelState state) {
    /** Octets of a MAC on the wire; the other eight only go into the next one. */
    public static final int MAC = 8;

    private static final Octets START = Octets.of(new byte[ChannelState.MAC_SIZE]);
    private static final int COMMAND = 0x00;
    private static final int RESPONSE = 0x80;

    /** What stands before a body of {@code length} octets, its MAC included. */
    @FunctionalInterface
    public interface Framing {
        Octets header(int length);
    }

    /** A command's body, ciphered where the level says so and with its MAC, and the state after it. */
    public record Sealed(SecureMessaging next, Octets body) {}

    /** What a command's body held, and the state after it. */
    public record Unsealed(SecureMessaging next, Octets clear) {}

    public SecureMessaging {
        requireNonNull(keys, "keys is null");
        requireNonNull(state, "state is null");
    }

    /** EXTERNAL AUTHENTICATE: {@code content} in clear and its MAC, the first of the chain. */
    public static Sealed authenticate(SessionKeys keys, SecurityLevel level, Framing framing, Octets content) {
        Octets mac = AesCmac.of(keys.mac(), START, framing.header(content.length() + MAC), content);
        return new Sealed(begin(keys, level, mac), content.plus(firstHalf(mac)));
    }

    /** The card's side of it. {@code content} is what the body must hold; both it and the MAC must be right. */
    public static Opening<SecureMessaging> accept(
            SessionKeys keys, SecurityLevel level, Octets header, Octets body, Octets content) {
        Octets mac = AesCmac.of(keys.mac(), START, header, content);
        return content.plus(firstHalf(mac)).equalsInConstantTime(body)
                ? Opening.opened(begin(keys, level, mac))
                : Opening.refused(ChannelRefusal.NOT_AUTHENTIC);
    }

    private static SecureMessaging begin(SessionKeys keys, SecurityLevel level, Octets mac) {
        return new SecureMessaging(keys, new ChannelState(mac, 0, level));
    }

    /** Protects a command. */
    public Sealed sealCommand(Framing framing, Octets clear) {
        boolean ciphers = state.level().hidesCommands() && !clear.isEmpty();
        Octets data =
                ciphers ? AesCbc.encrypt(keys.enc(), icv(COMMAND, state.commands() + 1), Padding.pad(clear)) : clear;
        Octets mac = AesCmac.of(keys.mac(), state.macChainingValue(), framing.header(data.length() + MAC), data);
        return new Sealed(after(mac), data.plus(firstHalf(mac)));
    }

    /** Checks and opens a command. */
    public Opening<Unsealed> openCommand(Octets header, Octets body) {
        int end = body.length() - MAC;
        if (end < 0 || (state.level().hidesCommands() && end % AesCbc.BLOCK != 0)) {
            return Opening.refused(ChannelRefusal.MALFORMED);
        }
        Octets data = body.slice(0, end);
        Octets mac = AesCmac.of(keys.mac(), state.macChainingValue(), header, data);
        if (!firstHalf(mac).equalsInConstantTime(body.from(end))) {
            return Opening.refused(ChannelRefusal.NOT_AUTHENTIC);
        }
        boolean ciphered = state.level().hidesCommands() && end > 0;
        return decipher(ciphered, COMMAND, state.commands() + 1, data).map(clear -> new Unsealed(after(mac), clear));
    }

    /**
     * Protects the response to the last command.
     *
     * @param trailer what follows the body and the MAC covers too: the status word
     */
    public Octets sealResponse(Framing framing, Octets clear, Octets trailer) {
        if (!state.level().provesResponses()) {
            return clear;
        }
        boolean ciphers = state.level().hidesResponses() && !clear.isEmpty();
        Octets data = ciphers ? AesCbc.encrypt(keys.enc(), icv(RESPONSE, state.commands()), Padding.pad(clear)) : clear;
        return data.plus(responseMac(framing.header(data.length() + MAC), data, trailer));
    }

    /** Checks and opens the response to the last command. */
    public Opening<Octets> openResponse(Octets header, Octets body, Octets trailer) {
        if (!state.level().provesResponses()) {
            return Opening.opened(body);
        }
        int end = body.length() - MAC;
        if (end < 0 || (state.level().hidesResponses() && end % AesCbc.BLOCK != 0)) {
            return Opening.refused(ChannelRefusal.MALFORMED);
        }
        Octets data = body.slice(0, end);
        if (!responseMac(header, data, trailer).equalsInConstantTime(body.from(end))) {
            return Opening.refused(ChannelRefusal.NOT_AUTHENTIC);
        }
        return decipher(state.level().hidesResponses() && end > 0, RESPONSE, state.commands(), data);
    }

    private Octets responseMac(Octets header, Octets data, Octets trailer) {
        return firstHalf(AesCmac.of(keys.rmac(), state.macChainingValue(), header, data, trailer));
    }

    private Opening<Octets> decipher(boolean ciphered, int direction, int counter, Octets data) {
        Optional<Octets> clear =
                ciphered ? Padding.unpad(AesCbc.decrypt(keys.enc(), icv(direction, counter), data)) : Optional.of(data);
        return clear.map(Opening::opened).orElseGet(() -> Opening.refused(ChannelRefusal.MALFORMED));
    }

    private SecureMessaging after(Octets mac) {
        return new SecureMessaging(keys, state.after(mac));
    }

    /** The initial value: the counter as one block, its first octet 00 for a command and 80 for a response, under S-ENC. */
    private Octets icv(int direction, int counter) {
        byte[] block = new byte[AesCbc.BLOCK];
        block[0] = (byte) direction;
        for (int i = 0; i < Integer.BYTES; i++) {
            block[AesCbc.BLOCK - 1 - i] = (byte) (counter >>> (8 * i));
        }
        SecretOctets key = keys.enc();
        return AesEcb.encryptBlock(key, Octets.of(block));
    }

    private static Octets firstHalf(Octets mac) {
        return mac.slice(0, MAC);
    }
}
