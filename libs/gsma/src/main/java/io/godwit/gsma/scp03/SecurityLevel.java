package io.godwit.gsma.scp03;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is protected after EXTERNAL AUTHENTICATE, its P1 (GP Amendment D table 7-3). Level 00, a session without any
 * protection, is left out.
 */
public enum SecurityLevel {
    C_MAC(0x01),
    C_DECRYPTION_C_MAC(0x03),
    C_MAC_R_MAC(0x11),
    C_DECRYPTION_C_MAC_R_MAC(0x13),
    /** Everything; the only one that SGP.02 allows to an SM-DP. */
    C_DECRYPTION_R_ENCRYPTION_C_MAC_R_MAC(0x33);

    private final int code;

    SecurityLevel(int code) {
        this.code = code;
    }

    /** The level with this P1. */
    public static Optional<SecurityLevel> of(int code) {
        return Arrays.stream(values()).filter(level -> level.code == code).findFirst();
    }

    /** P1 of EXTERNAL AUTHENTICATE. */
    public int code() {
        return code;
    }

    /** Whether the data of commands is ciphered. */
    boolean hidesCommands() {
        return (code & 0x02) != 0;
    }

    /** Whether responses have a MAC. */
    boolean provesResponses() {
        return (code & 0x10) != 0;
    }

    /** Whether the data of responses is ciphered. */
    boolean hidesResponses() {
        return (code & 0x20) != 0;
    }
}
