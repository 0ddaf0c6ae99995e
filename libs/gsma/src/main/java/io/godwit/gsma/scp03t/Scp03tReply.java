package io.godwit.gsma.scp03t;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.function.Function;

/** What the card answered to a command TLV. */
public sealed interface Scp03tReply<T> {
    /** The card took the command and said {@code value}. */
    record Accepted<T>(T value) implements Scp03tReply<T> {}

    /** The card did not take it; nobody vouches for the reason, and the session is over. */
    record Failed<T>(Scp03tError error) implements Scp03tReply<T> {}

    /** Reads one TLV: an error of {@code command}, or its good answer, whose value goes through {@code good}. */
    static <T> Parsed<Scp03tReply<T>> decode(Octets reply, Scp03tCommand command, Function<Tlv, Parsed<T>> good) {
        return TlvReader.single(reply).then(tlv -> {
            if (tlv.tag() == command.errorTag()) {
                return Scp03tError.of(tlv.value())
                        .map(error -> Parsed.<Scp03tReply<T>>read(new Failed<>(error)))
                        .orElseGet(() -> Parsed.malformed(Malformation.BAD_VALUE));
            }
            return tlv.tag() == command.tag()
                    ? good.apply(tlv).then(value -> Parsed.read(new Accepted<>(value)))
                    : Parsed.malformed(Malformation.UNEXPECTED_TAG);
        });
    }
}
