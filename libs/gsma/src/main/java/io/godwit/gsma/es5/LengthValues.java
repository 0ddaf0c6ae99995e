package io.godwit.gsma.es5;

import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values one after the other, each behind one octet with its length: the data of INSTALL (GPC 2.3.1 section 11.5). */
final class LengthValues {
    private LengthValues() {}

    /** @throws IllegalArgumentException when a value has more than 255 octets */
    static Octets encode(Octets... values) {
        Octets encoded = Octets.EMPTY;
        for (Octets value : values) {
            if (value.length() > 0xff) {
                throw new IllegalArgumentException("value: at most 255 octets expected");
            }
            encoded = Octets.concat(encoded, Octets.ofInts(value.length()), value);
        }
        return encoded;
    }

    /** Exactly {@code count} values and nothing after them; empty when the octets are something else. */
    static Optional<List<Octets>> decode(Octets octets, int count) {
        List<Octets> values = new ArrayList<>();
        int at = 0;
        while (at < octets.length() && values.size() < count) {
            int end = at + 1 + octets.at(at);
            if (end > octets.length()) {
                return Optional.empty();
            }
            values.add(octets.slice(at + 1, end));
            at = end;
        }
        return at == octets.length() && values.size() == count ? Optional.of(List.copyOf(values)) : Optional.empty();
    }
}
