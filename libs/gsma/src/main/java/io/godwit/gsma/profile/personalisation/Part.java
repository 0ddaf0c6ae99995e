package io.godwit.gsma.profile.personalisation;

import io.godwit.gsma.tlv.BerLength;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A TLV of a package and where its value stands.
 *
 * @param valueAt counted from the start of the package
 */
record Part(int tag, int valueAt, Octets value) {
    private static final int MULTIPLE = 0x1f;

    /** The TLVs in {@code octets}, which stand at {@code base} in the package; empty when they are none. */
    static Optional<List<Part>> sequence(Octets octets, int base) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < octets.length()) {
            int tag = octets.at(at++);
            if ((tag & MULTIPLE) == MULTIPLE) {
                if (at == octets.length() || octets.at(at) > 0x7f) {
                    return Optional.empty();
                }
                tag = tag << 8 | octets.at(at++);
            }
            Optional<BerLength> length = BerLength.read(octets, at).toOptional();
            if (length.isEmpty()
                    || length.get().value() > octets.length() - length.get().end()) {
                return Optional.empty();
            }
            int start = length.get().end();
            at = start + length.get().value();
            parts.add(new Part(tag, base + start, octets.slice(start, at)));
        }
        return Optional.of(parts);
    }

    Optional<List<Part>> children() {
        return sequence(value, valueAt);
    }

    /** The value of the child with this tag as a number, or -1. */
    int number(int childTag) {
        return children().orElse(List.of()).stream()
                .filter(child -> child.tag() == childTag && child.value().length() < 4)
                .mapToInt(child -> {
                    int number = 0;
                    for (int i = 0; i < child.value().length(); i++) {
                        number = number << 8 | child.value().at(i);
                    }
                    return number;
                })
                .findFirst()
                .orElse(-1);
    }
}
