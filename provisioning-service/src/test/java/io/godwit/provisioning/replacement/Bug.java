package io.godwit.provisioning.replacement;

/** What is wrong on purpose, so that the simulation can show that it would see it. */
enum Bug {
    /** The new card is ordered to enable as soon as it has the profile. */
    ENABLES_BEFORE_DELETION,
    /** A deletion that was not answered passes for one. */
    TAKES_SILENCE_FOR_DELETION,
    /** Others' orders go to a profile that a replacement holds. */
    IGNORES_HOLDS,
    /** Two devices may be granted the same old card at a time. */
    GRANTS_TWO_SUCCESSORS,
    /** In peer mode the old card is unlocked at the same time as the new one is asked. */
    UNLOCKS_WITHOUT_PROOF,
    /** The old card exports first, and locks the profile a moment later. */
    EXPORTS_BEFORE_LOCK,
    /** Whoever has seen a ticket may use it: nobody compares it with its card. */
    TICKET_BOUND_TO_NO_CARD,
    /** The new card says that it has raised its floor, and takes an old ticket all the same. */
    FLOOR_NOT_RAISED,
    /** The card installs what an old packet brings, whatever its counter. */
    TAKES_OLD_COUNTERS
}
