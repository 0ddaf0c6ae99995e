package io.godwit.gsma.tlv;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;

/**
 * A data grouping, the content of STORE DATA (GPC 2.3.1 section 11.11): a tag of always two octets, a length of one octet
 * or of FF and two. It looks like BER and is not.
 */
public record Dgi(int tag, Octets value) {
    /** @throws IllegalArgumentException when {@code tag} is not two octets or {@code value} is above 65,535 octets */
    public Dgi {
        requireNonNull(value, "value is null");
        if (tag >>> 16 != 0 || value.length() > 0xffff) {
            throw new IllegalArgumentException("dgi: a tag of two octets and at most 65535 octets expected");
        }
    }

    public Octets encode() {
        int length = value.length();
        Octets header = length < 0xff
                ? Octets.ofInts(tag >> 8, tag, length)
                : Octets.ofInts(tag >> 8, tag, 0xff, length >> 8, length);
        return header.plus(value);
    }

    /** Exactly one grouping and nothing after it. */
    public static Parsed<Dgi> decode(Octets octets) {
        if (octets.length() < 3) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        int length = octets.at(2);
        int start = 3;
        if (length == 0xff) {
            if (octets.length() < 5) {
                return Parsed.malformed(Malformation.TRUNCATED);
            }
            length = octets.at(3) << 8 | octets.at(4);
            start = 5;
            if (length < 0xff) {
                return Parsed.malformed(Malformation.NON_MINIMAL_LENGTH);
            }
        }
        if (octets.length() != start + length) {
            boolean shorter = octets.length() < start + length;
            return Parsed.malformed(shorter ? Malformation.TRUNCATED : Malformation.TRAILING_OCTETS);
        }
        return Parsed.read(new Dgi(octets.at(0) << 8 | octets.at(1), octets.from(start)));
    }
}
