package io.godwit.system.secrets;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;

/**
 * What nobody may find, and whose it is.
 *
 * @param name for people; never the value or a part of it
 */
public record Secret(String name, Octets value) {
    /** @throws IllegalArgumentException when it is too short to be told from chance */
    public Secret {
        requireNonNull(name, "name is null");
        if (value.length() < SecretForms.LEAST) {
            throw new IllegalArgumentException(
                    name + ": at least " + SecretForms.LEAST + " octets expected, or chance would be found");
        }
    }

    /** A secret that is a text, for example a password. */
    public static Secret text(String name, String value) {
        return new Secret(name, Octets.utf8(value));
    }

    @Override
    public String toString() {
        return name;
    }
}
