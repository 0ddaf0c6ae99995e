package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.tlv.Tlv;
import java.util.Optional;
import java.util.OptionalInt;

/** Numbers that may be absent, and the end of a SEQUENCE that is closed to later versions for want of a place to keep them. */
final class Numbers {
    private Numbers() {}

    static OptionalInt read(Fields fields, int number, int max) {
        return fields.optional(Der.primitive(number))
                .map(node -> OptionalInt.of(node.number(max)))
                .orElse(OptionalInt.empty());
    }

    static Optional<Tlv> write(int number, OptionalInt value) {
        return value.isPresent() ? Optional.of(Der.number(number, value.getAsInt())) : Optional.empty();
    }

    static void requireNothingElse(Fields fields) {
        for (Node node : fields.remaining()) {
            throw node.fault(Malformation.TRAILING_OCTETS);
        }
    }
}
