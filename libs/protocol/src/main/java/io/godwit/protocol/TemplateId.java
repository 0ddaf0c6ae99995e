package io.godwit.protocol;

import java.util.regex.Pattern;

/**
 * The name of a profile template, unique within its tenant: what the profiles of one kind have in common. Lower-case letters,
 * digits, {@code . _ -}, 1 to 64 characters.
 */
public record TemplateId(String value) implements Comparable<TemplateId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException when {@code value} is not of the form above */
    public TemplateId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "template: use 1 to 64 lower-case letters, digits, '.', '_' or '-', starting with a letter or digit");
        }
    }

    @Override
    public int compareTo(TemplateId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
