package io.godwit.protocol;

import java.util.regex.Pattern;

/**
 * The paper's {@code gid}: a group of eUICCs, unique within its tenant; two tenants may use the same gid for groups that
 * have nothing in common. Letters, digits, {@code . _ -}, 1 to 64 characters, not {@code 0}, the paper's "no gid".
 */
public record Gid(String value) implements Comparable<Gid> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException when {@code value} is not of the form above */
    public Gid {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "gid: use 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit, and not 0");
        }
    }

    /** Whether {@code value} may name a group. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches() && !value.equals("0");
    }

    @Override
    public int compareTo(Gid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
