package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.profile.ElementKind;
import java.util.OptionalInt;

/**
 * A place in a package where a secret stands, or could stand unseen. It tells nothing of the octets there.
 *
 * @param element the index of the profile element, from 0
 * @param identification by which the element calls itself; a header has none
 * @param offset of the first octet, counted from the start of the package
 * @param what in words: {@code K}, {@code PIN 1}, {@code key 2 of key set 1, type 88, of the MNO-SD}
 */
public record SecretPlace(int element, ElementKind kind, OptionalInt identification, int offset, String what) {
    public SecretPlace {
        requireNonNull(kind, "kind is null");
        requireNonNull(identification, "identification is null");
        requireNonNull(what, "what is null");
    }

    /** {@code element 6 akaParameter (identification 6), octet 512: K}. */
    @Override
    public String toString() {
        String called = identification.isPresent() ? " (identification " + identification.getAsInt() + ")" : "";
        return "element " + element + " " + kind + called + ", octet " + offset + ": " + what;
    }
}
