package io.godwit.protocol;

import java.util.regex.Pattern;

/**
 * The paper's {@code nid}: one eUICC, opaque and unique within its tenant; never the EID, which would make a device
 * traceable. Letters, digits, {@code . _ -}, 1 to 64 characters, not {@code 0}, which the paper reserves for "no nid".
 */
public record Nid(String value) implements Comparable<Nid> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException when {@code value} is not of the form above */
    public Nid {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "nid: use 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit, and not 0");
        }
    }

    /** Whether {@code value} may name a device. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches() && !value.equals("0");
    }

    @Override
    public int compareTo(Nid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
