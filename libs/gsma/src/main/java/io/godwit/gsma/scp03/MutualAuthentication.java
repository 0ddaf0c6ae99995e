package io.godwit.gsma.scp03;

import io.godwit.gsma.crypto.Kdf108;
import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Octets;
import javax.security.auth.Destroyable;

/**
 * All that a session begins with, the same on both sides: challenges, cryptograms and session keys. Since the card's
 * challenge follows from its sequence counter, the host has it before the card is asked: it can write INITIALIZE UPDATE,
 * EXTERNAL AUTHENTICATE and every command after it in advance, and {@link #verify} the answer when it comes.
 */
public final class MutualAuthentication implements Destroyable {
    private static final int CARD_CRYPTOGRAM = 0x00;
    private static final int HOST_CRYPTOGRAM = 0x01;
    private static final int CARD_CHALLENGE = 0x02;

    /** What the host thinks of an answer to INITIALIZE UPDATE. */
    public enum Verdict {
        /** The card has the keys, and what was written in advance is for this session. */
        GENUINE,
        /** The card says that its counter is another: begin again with that one, then verify; so far this proves nothing. */
        OTHER_COUNTER,
        /** Another card, other keys, or a damaged answer. */
        NOT_GENUINE
    }

    private final int keyVersion;
    private final Octets hostChallenge;
    private final Octets cardChallenge;
    private final SequenceCounter counter;
    private final SessionKeys sessionKeys;
    private final Octets cardCryptogram;
    private final Octets hostCryptogram;

    private MutualAuthentication(Scp03Keys keys, Octets hostChallenge, Octets cardChallenge, SequenceCounter counter) {
        this.keyVersion = keys.keyVersion();
        this.hostChallenge = hostChallenge;
        this.cardChallenge = cardChallenge;
        this.counter = counter;
        Octets challenges = hostChallenge.plus(cardChallenge);
        this.sessionKeys = SessionKeys.derive(keys, challenges);
        this.cardCryptogram = derivePublic(sessionKeys.mac(), CARD_CRYPTOGRAM, challenges);
        this.hostCryptogram = derivePublic(sessionKeys.mac(), HOST_CRYPTOGRAM, challenges);
    }

    /**
     * The session number {@code counter} of a key set, foretold (GP Amendment D 6.2.2.1, i = 70).
     *
     * @param securityDomain whose keys they are: the ISD-P, or the ISD-R
     * @param hostChallenge 8 octets, never used before
     * @param counter that of this session, one more than that of the last
     * @throws IllegalArgumentException when {@code hostChallenge} is not 8 octets
     */
    public static MutualAuthentication of(
            Scp03Keys keys, Aid securityDomain, Octets hostChallenge, SequenceCounter counter) {
        Octets context = counter.toOctets().plus(securityDomain.toOctets());
        return of(keys, hostChallenge, derivePublic(keys.enc(), CARD_CHALLENGE, context), counter);
    }

    /**
     * The session of two challenges that are known.
     *
     * @throws IllegalArgumentException when one is not 8 octets
     */
    public static MutualAuthentication of(
            Scp03Keys keys, Octets hostChallenge, Octets cardChallenge, SequenceCounter counter) {
        if (hostChallenge.length() != InitializeUpdate.CHALLENGE
                || cardChallenge.length() != InitializeUpdate.CHALLENGE) {
            throw new IllegalArgumentException("challenges: 8 octets each expected");
        }
        return new MutualAuthentication(keys, hostChallenge, cardChallenge, counter);
    }

    private static Octets derivePublic(SecretOctets key, int constant, Octets context) {
        return Kdf108.derive(key, constant, context, InitializeUpdate.CHALLENGE).reveal();
    }

    /** What the host asks with. */
    public InitializeUpdate initializeUpdate() {
        return new InitializeUpdate(keyVersion, hostChallenge);
    }

    /**
     * What the card answers.
     *
     * @param diversification 10 octets that the card holds; the host cannot foretell them
     */
    public InitializeUpdateAnswer answer(Octets diversification) {
        return new InitializeUpdateAnswer(diversification, keyVersion, cardChallenge, cardCryptogram, counter);
    }

    /** Whether {@code answer} is that of the card with these keys, for this session. */
    public Verdict verify(InitializeUpdateAnswer answer) {
        if (!answer.counter().equals(counter)) {
            return Verdict.OTHER_COUNTER;
        }
        boolean genuine = answer(answer.diversification()).encode().equalsInConstantTime(answer.encode());
        return genuine ? Verdict.GENUINE : Verdict.NOT_GENUINE;
    }

    /** What proves to the card that the host has the keys, 8 octets, in EXTERNAL AUTHENTICATE. */
    public Octets hostCryptogram() {
        return hostCryptogram;
    }

    public SessionKeys sessionKeys() {
        return sessionKeys;
    }

    /** Destroys the session keys, and with them the channel that was made from here; the static keys live on. */
    @Override
    public void destroy() {
        sessionKeys.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return sessionKeys.isDestroyed();
    }

    @Override
    public String toString() {
        return "MutualAuthentication[counter=" + counter.value() + "]";
    }
}
