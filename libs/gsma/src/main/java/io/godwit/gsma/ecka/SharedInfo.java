package io.godwit.gsma.ecka;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * What goes into the derivation beside the shared secret (GP Amendment A, scenario 3): three AES-128 keys for a secure
 * channel, and whom they are for.
 *
 * @param random DR, 16 octets that the card drew; absent when the parameters of the key set did not ask for it
 * @param hostId the HostID of the one who asks, up to 255 octets; absent when not asked for
 * @param card the SIN and SDIN of the security domain; absent when not asked for
 */
public record SharedInfo(Optional<Octets> random, Optional<Octets> hostId, Optional<CardId> card) {
    /** Octets of DR for curves of up to 383 bits. */
    public static final int RANDOM_SIZE = 16;

    /** Key usage 10 (secure channel), key type 88 (AES), 16 octets a key. */
    private static final Octets KEYS = Octets.ofInts(0x10, 0x88, 0x10);

    /** The security domain provider's number and the security domain's, up to 255 octets each. */
    public record CardId(Octets sin, Octets sdin) {
        /** @throws IllegalArgumentException when one is longer than its length octet can say */
        public CardId {
            requireNonNull(sin, "sin is null");
            requireNonNull(sdin, "sdin is null");
            requireShort(sin);
            requireShort(sdin);
        }
    }

    /** @throws IllegalArgumentException when DR is not 16 octets or the HostID has more than 255 */
    public SharedInfo {
        requireNonNull(random, "random is null");
        requireNonNull(hostId, "hostId is null");
        requireNonNull(card, "card is null");
        if (random.isPresent() && random.get().length() != RANDOM_SIZE) {
            throw new IllegalArgumentException("random: 16 octets expected");
        }
        hostId.ifPresent(SharedInfo::requireShort);
    }

    /** With DR and nothing else, as EstablishISDPKeySet mostly goes. */
    public static SharedInfo of(Octets random) {
        return new SharedInfo(Optional.of(random), Optional.empty(), Optional.empty());
    }

    /** Usage, type and length of the keys; DR without a length; HostID, SIN and SDIN, each after its length. */
    public Octets encode() {
        Octets cardId =
                card.map(id -> withLength(id.sin()).plus(withLength(id.sdin()))).orElse(Octets.EMPTY);
        return Octets.concat(
                KEYS,
                random.orElse(Octets.EMPTY),
                hostId.map(SharedInfo::withLength).orElse(Octets.EMPTY),
                cardId);
    }

    private static Octets withLength(Octets id) {
        return Octets.ofInts(id.length()).plus(id);
    }

    private static void requireShort(Octets id) {
        if (id.length() > 255) {
            throw new IllegalArgumentException("id: at most 255 octets expected");
        }
    }
}
