package io.godwit.gsma.es5;

/** Why an ISD-R refused, in words; one status word has different meanings in different functions. */
public enum Es5Error {
    UNKNOWN_ISDP,
    /** Enabling: the profile is enabled already, or there is none in the ISD-P yet. */
    NOT_DISABLED,
    /** Disabling: the profile is not enabled, or it is the one to fall back to. */
    NOT_ENABLED_OR_IS_FALLBACK,
    /** Deleting: the profile is enabled, or it is the one to fall back to. */
    ENABLED_OR_IS_FALLBACK,
    /** This profile cannot be the one to fall back to. */
    FALLBACK_NOT_ALLOWED,
    POL1_FORBIDS,
    /** Creating: the parameters are wrong, or the AID is in use. */
    WRONG_DATA_OR_AID_IN_USE,
    /** Creating: not in this state of the card. */
    CREATION_NOT_ALLOWED,
    WRONG_DATA,
    MEMORY,
    /** No notification with that sequence waits for its confirmation. */
    NOTHING_TO_CONFIRM,
    /** Deleting keys: no key set of the ISD-R would be left. */
    LAST_KEY_SET,
    /** The answer is not whole: audit the ISD-Ps one by one. */
    MORE_DATA,
    /** A status word that this function does not define. */
    OTHER
}
