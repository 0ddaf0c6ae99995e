package io.godwit.gsma;

/** Why octets are not what they should be; coarse, so that it can be counted and shown without showing the octets. */
public enum Malformation {
    /** They end before the structure does. */
    TRUNCATED,
    /** They go on after the structure has ended. */
    TRAILING_OCTETS,
    /** A length has another form than the shortest one. */
    NON_MINIMAL_LENGTH,
    /** A length, or the whole, is above the limit. */
    TOO_LONG,
    /** More elements than the limit. */
    TOO_MANY_ELEMENTS,
    /** A tag that BER does not allow, or longer than three octets. */
    BAD_TAG,
    /** A well-formed element that has no business there. */
    UNEXPECTED_TAG,
    /** The same element twice. */
    DUPLICATE_TAG,
    /** An element that must be there is not. */
    MISSING_TAG,
    /** An element whose value cannot be. */
    BAD_VALUE
}
