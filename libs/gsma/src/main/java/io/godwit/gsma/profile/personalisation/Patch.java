package io.godwit.gsma.profile.personalisation;

import io.godwit.protocol.Octets;
import java.util.BitSet;

/** Puts other octets into fields of a package, and knows which it has touched. */
final class Patch {
    private final byte[] octets;
    private final BitSet touched = new BitSet();

    Patch(Octets octets) {
        this.octets = octets.toBytes();
    }

    /** @throws IllegalArgumentException when {@code value} is not as long as the field */
    void put(Field field, Octets value) {
        if (value.length() != field.length()) {
            throw new IllegalArgumentException("value: as long as the field expected");
        }
        System.arraycopy(value.toBytes(), 0, octets, field.start(), value.length());
        touched.set(field.start(), field.end());
    }

    Octets octets() {
        return Octets.of(octets);
    }

    /** Whether {@code changed} is {@code original} but for what was touched. */
    boolean isAllThatDiffers(Octets original, Octets changed) {
        if (original.length() != changed.length()) {
            return false;
        }
        for (int i = 0; i < original.length(); i++) {
            if (original.at(i) != changed.at(i) && !touched.get(i)) {
                return false;
            }
        }
        return true;
    }
}
