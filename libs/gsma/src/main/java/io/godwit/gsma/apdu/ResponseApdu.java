package io.godwit.gsma.apdu;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;

/** What a security domain answered to one command: data, often none, and the status word. */
public record ResponseApdu(Octets data, StatusWord status) {
    public ResponseApdu {
        requireNonNull(data, "data is null");
        requireNonNull(status, "status is null");
    }

    /** An answer without data. */
    public static ResponseApdu of(StatusWord status) {
        return new ResponseApdu(Octets.EMPTY, status);
    }

    /** A successful answer with {@code data}. */
    public static ResponseApdu success(Octets data) {
        return new ResponseApdu(data, StatusWord.SUCCESS);
    }

    public Octets encode() {
        return data.plus(Octets.ofInts(status.value() >> 8, status.value()));
    }

    public static Parsed<ResponseApdu> decode(Octets octets) {
        int end = octets.length() - 2;
        if (end < 0) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        StatusWord status = new StatusWord(octets.at(end) << 8 | octets.at(end + 1));
        return Parsed.read(new ResponseApdu(octets.slice(0, end), status));
    }
}
