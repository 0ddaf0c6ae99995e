package io.godwit.gsma.scp03t;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.Arrays;
import java.util.Optional;

/** What a card says when it does not take a command TLV: {@code 9F44}, {@code 9F45} or {@code 9F46}, {@code 01}, code. */
public enum Scp03tError {
    INCORRECT_LENGTH_OR_STRUCTURE(0x01),
    SECURITY(0x02),
    REFERENCE_NOT_FOUND(0x03);

    private final int code;

    Scp03tError(int code) {
        this.code = code;
    }

    /** The error of an answer's value; empty when it is none that we know. */
    static Optional<Scp03tError> of(Octets value) {
        return Arrays.stream(values())
                .filter(error -> value.length() == 1 && value.at(0) == error.code)
                .findFirst();
    }

    /** The answer to {@code command}, not protected. */
    public Octets encode(Scp03tCommand command) {
        return new Tlv(command.errorTag(), Octets.ofInts(code)).encode();
    }
}
