package io.godwit.gsma.scp03;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;

/**
 * The card's answer to INITIALIZE UPDATE, 32 octets (GP Amendment D table 7-2). It proves nothing by itself: see
 * {@link MutualAuthentication#verify}.
 *
 * @param diversification 10 octets that tell which keys the card has; nothing protects them
 * @param keyVersion 30 to 3F
 * @param cardChallenge 8 octets
 * @param cardCryptogram 8 octets
 * @param counter of this session
 */
public record InitializeUpdateAnswer(
        Octets diversification, int keyVersion, Octets cardChallenge, Octets cardCryptogram, SequenceCounter counter) {
    /** Octets of the answer. */
    public static final int SIZE = 32;

    private static final int DIVERSIFICATION = 10;
    private static final int CHALLENGE_AT = DIVERSIFICATION + 3;
    private static final int CRYPTOGRAM_AT = CHALLENGE_AT + InitializeUpdate.CHALLENGE;
    private static final int COUNTER_AT = CRYPTOGRAM_AT + InitializeUpdate.CHALLENGE;

    private static final int SCP03 = 0x03;
    /** R-MAC, R-ENCRYPTION and pseudo-random challenges (table 5-1). */
    private static final int PARAMETER_I = 0x70;

    /** @throws IllegalArgumentException when a part has another length or the version is out of range */
    public InitializeUpdateAnswer {
        requireNonNull(diversification, "diversification is null");
        requireNonNull(cardChallenge, "cardChallenge is null");
        requireNonNull(cardCryptogram, "cardCryptogram is null");
        requireNonNull(counter, "counter is null");
        Scp03Keys.requireVersion(keyVersion);
        if (diversification.length() != DIVERSIFICATION
                || cardChallenge.length() != InitializeUpdate.CHALLENGE
                || cardCryptogram.length() != InitializeUpdate.CHALLENGE) {
            throw new IllegalArgumentException("answer: 10 octets of diversification data and twice 8 expected");
        }
    }

    public Octets encode() {
        return Octets.concat(
                diversification,
                Octets.ofInts(keyVersion, SCP03, PARAMETER_I),
                cardChallenge,
                cardCryptogram,
                counter.toOctets());
    }

    /** Reads 32 octets; another protocol than SCP03 with i = 70, and another key version, are bad values. */
    public static Parsed<InitializeUpdateAnswer> decode(Octets octets) {
        if (octets.length() != SIZE) {
            boolean shorter = octets.length() < SIZE;
            return Parsed.malformed(shorter ? Malformation.TRUNCATED : Malformation.TRAILING_OCTETS);
        }
        int version = octets.at(DIVERSIFICATION);
        if (!Scp03Keys.isVersion(version)
                || octets.at(DIVERSIFICATION + 1) != SCP03
                || octets.at(DIVERSIFICATION + 2) != PARAMETER_I) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
        return Parsed.read(new InitializeUpdateAnswer(
                octets.slice(0, DIVERSIFICATION),
                version,
                octets.slice(CHALLENGE_AT, CRYPTOGRAM_AT),
                octets.slice(CRYPTOGRAM_AT, COUNTER_AT),
                SequenceCounter.read(octets, COUNTER_AT)));
    }
}
