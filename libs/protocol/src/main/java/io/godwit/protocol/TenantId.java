package io.godwit.protocol;

import java.util.regex.Pattern;

/**
 * A tenant: one carrier or fleet operator. Lower-case letters, digits and hyphens, 1 to 40 characters, starting with a
 * letter: it becomes part of Kafka keys, MQTT user names and SQL settings.
 */
public record TenantId(String value) implements Comparable<TenantId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** @throws IllegalArgumentException when {@code value} is not of the form above */
    public TenantId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "tenant: use 1 to 40 lower-case letters, digits and hyphens, starting with a letter");
        }
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
