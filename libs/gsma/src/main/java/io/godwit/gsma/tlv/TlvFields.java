package io.godwit.gsma.tlv;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of one level as named fields: each tag at most once, in any order. */
public final class TlvFields {
    private final Map<Integer, Octets> values;

    private TlvFields(Map<Integer, Octets> values) {
        this.values = values;
    }

    public static Parsed<TlvFields> of(List<Tlv> objects) {
        Map<Integer, Octets> values = new HashMap<>();
        for (Tlv object : objects) {
            if (values.put(object.tag(), object.value()) != null) {
                return Parsed.malformed(Malformation.DUPLICATE_TAG);
            }
        }
        return Parsed.read(new TlvFields(values));
    }

    /** Reads the children of {@code parent} as fields. */
    public static Parsed<TlvFields> within(Tlv parent) {
        return parent.children().then(TlvFields::of);
    }

    public Optional<Octets> value(int tag) {
        return Optional.ofNullable(values.get(tag));
    }

    /** The field under the first of {@code tags} that is there: some objects have two tags for one meaning. */
    public Optional<Octets> firstOf(int... tags) {
        for (int tag : tags) {
            Optional<Octets> value = value(tag);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** An unsigned number of one to four octets that fits an {@code int}; empty when absent or not such a number. */
    public Optional<Integer> number(int tag) {
        return value(tag).flatMap(TlvFields::unsigned);
    }

    private static Optional<Integer> unsigned(Octets octets) {
        if (octets.isEmpty() || octets.length() > 4) {
            return Optional.empty();
        }
        int number = 0;
        for (int i = 0; i < octets.length(); i++) {
            number = number << 8 | octets.at(i);
        }
        return number < 0 ? Optional.empty() : Optional.of(number);
    }
}
