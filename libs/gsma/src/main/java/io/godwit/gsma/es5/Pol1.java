package io.godwit.gsma.es5;

/**
 * The policy rules that the operator has put into the profile, held by the card itself (SGP.02 section 3.6.1.1).
 *
 * @param bits one octet; bits 4 to 8 have no meaning and are kept
 */
public record Pol1(int bits) {
    public static final Pol1 NONE = new Pol1(0);
    public static final Pol1 DISABLE_NOT_ALLOWED = new Pol1(0x01);
    public static final Pol1 DELETE_NOT_ALLOWED = new Pol1(0x02);
    public static final Pol1 DELETE_WHEN_DISABLED = new Pol1(0x04);

    /** @throws IllegalArgumentException when {@code bits} is not one octet */
    public Pol1 {
        if (bits >>> 8 != 0) {
            throw new IllegalArgumentException("pol1: one octet expected");
        }
    }

    public boolean forbidsDisabling() {
        return (bits & DISABLE_NOT_ALLOWED.bits) != 0;
    }

    public boolean forbidsDeletion() {
        return (bits & DELETE_NOT_ALLOWED.bits) != 0;
    }

    /** The card deletes the profile by itself after it has been disabled. */
    public boolean demandsDeletionWhenDisabled() {
        return (bits & DELETE_WHEN_DISABLED.bits) != 0;
    }
}
