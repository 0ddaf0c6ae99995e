package io.godwit.gsma.apdu;

import java.util.Locale;

/** SW1 and SW2, the last word of every answer (ISO 7816-4, GPC 2.3.1 section 11, SGP.02 for 69E1). */
public record StatusWord(int value) {
    public static final StatusWord SUCCESS = new StatusWord(0x9000);
    /** More data is there: GET STATUS again with "next occurrence". */
    public static final StatusWord MORE_DATA = new StatusWord(0x6310);

    public static final StatusWord MEMORY_FAILURE = new StatusWord(0x6581);
    public static final StatusWord WRONG_LENGTH = new StatusWord(0x6700);
    /** No secure channel, or what came through it is not authentic. */
    public static final StatusWord SECURITY_STATUS_NOT_SATISFIED = new StatusWord(0x6982);

    public static final StatusWord CONDITIONS_NOT_SATISFIED = new StatusWord(0x6985);
    /** POL1 of the profile does not allow it (SGP.02). */
    public static final StatusWord POL1_FORBIDS = new StatusWord(0x69e1);

    public static final StatusWord WRONG_DATA = new StatusWord(0x6a80);
    public static final StatusWord APPLICATION_NOT_FOUND = new StatusWord(0x6a82);
    public static final StatusWord NOT_ENOUGH_MEMORY = new StatusWord(0x6a84);
    public static final StatusWord WRONG_P1_P2 = new StatusWord(0x6a86);
    public static final StatusWord REFERENCE_NOT_FOUND = new StatusWord(0x6a88);
    public static final StatusWord INS_NOT_SUPPORTED = new StatusWord(0x6d00);
    public static final StatusWord CLA_NOT_SUPPORTED = new StatusWord(0x6e00);
    public static final StatusWord ALGORITHM_NOT_SUPPORTED = new StatusWord(0x9484);

    /** @throws IllegalArgumentException when {@code value} is not two octets */
    public StatusWord {
        if (value >>> 16 != 0) {
            throw new IllegalArgumentException("status word: two octets expected");
        }
    }

    public boolean isSuccess() {
        return value == 0x9000;
    }

    /** Four hexadecimal digits, as everybody says them. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04X", value);
    }
}
