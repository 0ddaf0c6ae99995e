package io.godwit.gsma.aka;

/**
 * What a USIM asks of a sequence number beside being higher than the one in its place (TS 33.102 annex C.2).
 *
 * @param checked whether it looks at sequence numbers at all; a test USIM does not
 * @param delta how far SEQ may be above the highest that was accepted, so that nobody wraps it around (annex C.2.1)
 * @param ageLimit how far SEQ may be below the highest that was accepted (annex C.2.2)
 */
public record FreshnessRule(boolean checked, long delta, long ageLimit) {
    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /** What the format of profile packages says where a package does not: 2^28, and no age limit. */
    public static final FreshnessRule DEFAULT = new FreshnessRule(true, 1L << 28, NONE);

    /** Of a test USIM (TS 34.108 section 8.1.2). */
    public static final FreshnessRule UNCHECKED = new FreshnessRule(false, NONE, NONE);

    /** @throws IllegalArgumentException when a limit is negative */
    public FreshnessRule {
        if (delta < 0 || ageLimit < 0) {
            throw new IllegalArgumentException("freshness: limits are not negative");
        }
    }
}
