package io.godwit.system.secrets;

import static java.util.Objects.requireNonNull;

/** A secret where none may be. */
public record Found(Secret secret, Form form, String place, long offset) {
    public Found {
        requireNonNull(secret, "secret is null");
        requireNonNull(form, "form is null");
        requireNonNull(place, "place is null");
    }

    /** Whose secret it is and where it stands, not what it is. */
    @Override
    public String toString() {
        return secret + " as " + form + " in " + place + " at octet " + offset;
    }
}
