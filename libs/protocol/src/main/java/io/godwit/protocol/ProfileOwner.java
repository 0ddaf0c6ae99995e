package io.godwit.protocol;

import java.util.Optional;

/**
 * The operator (MNO) that a profile belongs to, by the name that its EIS and its template give it: 1 to 64 characters, none of
 * them a control character, and not blanks alone. Two are the same only if every character is.
 */
public record ProfileOwner(String name) {
    private static final int MOST = 64;

    /** @throws IllegalArgumentException when {@code name} is not of the form above */
    public ProfileOwner {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "owner: use 1 to " + MOST + " characters, not only blanks and no control characters");
        }
    }

    /** Empty where {@code name} is none: what nobody can be called belongs to nobody. */
    public static Optional<ProfileOwner> find(String name) {
        return isName(name) ? Optional.of(new ProfileOwner(name)) : Optional.empty();
    }

    private static boolean isName(String name) {
        return !name.isBlank()
                && name.codePointCount(0, name.length()) <= MOST
                && name.codePoints().noneMatch(each -> Character.isISOControl(each) || isHalf(each));
    }

    /** Half of a character, which no database stores. */
    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    @Override
    public String toString() {
        return name;
    }
}
