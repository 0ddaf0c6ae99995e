package io.godwit.simulator.card;

/** Why a card takes no part in a move. It changes nothing then. */
public enum PeerRefusal {
    /** It has no ECASD, or no extension with a key of its own. */
    NO_KEY,
    /** The octets are not what they should be. */
    MALFORMED,
    /** It is no member of the ticket's group. */
    NOT_IN_GROUP,
    /** The ticket is not by the SM-SR that the card has pinned. */
    FORGED_TICKET,
    /** The ticket names other cards. */
    OTHER_CARD,
    EXPIRED,
    /** The counter is not above the floor: used, or withdrawn. */
    OLD_TICKET,
    /** The certificate is not the one that the ticket names, or no EUM of the CI stands behind one. */
    BAD_CERTIFICATE,
    /** Not signed by the card that it comes from. */
    BAD_SIGNATURE,
    /** No profile with that ICCID, or one without content. */
    PROFILE_NOT_FOUND,
    /** The one to fall back to, or POL1 forbids to disable it. */
    STAYS_HERE,
    /** Another move, or a change of profile that is not confirmed yet. */
    BUSY,
    /** It is locked for another offer. */
    OTHER_OFFER,
    /** A profile with that ICCID is here already. */
    ICCID_ON_CARD,
    NOT_ENOUGH_MEMORY,
    /** It has not asked for it. */
    NOT_OFFERED,
    /** What is in it cannot be read with the keys of this move, or is no profile. */
    NOT_READABLE
}
