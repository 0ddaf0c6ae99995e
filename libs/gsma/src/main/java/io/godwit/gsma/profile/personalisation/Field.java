package io.godwit.gsma.profile.personalisation;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Arrays;

/** So many octets of a package, from a place on, and what they are to a template. */
record Field(SecretPlace place, int length, Role role) {
    enum Role {
        /** A secret: its placeholder in a template. */
        SECRET,
        /** The header's ICCID. */
        ICCID,
        /** Content of a file. */
        CONTENT,
        /** With what a new file is filled. */
        PATTERN,
        /** The AID of a new directory. */
        NAME,
        /** The code of an application. */
        CODE
    }

    Field {
        requireNonNull(place, "place is null");
        requireNonNull(role, "role is null");
    }

    int start() {
        return place.offset();
    }

    int end() {
        return place.offset() + length;
    }

    Octets in(Octets octets) {
        return octets.slice(start(), end());
    }

    /** Whether all its octets are {@code octet}. */
    boolean isAll(Octets octets, int octet) {
        for (int i = start(); i < end(); i++) {
            if (octets.at(i) != octet) {
                return false;
            }
        }
        return true;
    }

    Octets filledWith(int octet) {
        byte[] filling = new byte[length];
        Arrays.fill(filling, (byte) octet);
        return Octets.of(filling);
    }
}
