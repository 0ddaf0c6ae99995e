package io.godwit.gsma.tlv;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.List;

/**
 * One BER-TLV object.
 *
 * @param tag its one to three octets as a number: {@code 0x4F}, {@code 0x9F70}
 */
public record Tlv(int tag, Octets value) {
    /** @throws IllegalArgumentException when {@code tag} is no BER tag or {@code value} is above 65,535 octets */
    public Tlv {
        requireNonNull(value, "value is null");
        if (!BerTag.isValid(tag)) {
            throw new IllegalArgumentException("tag: one to three octets of a BER tag expected");
        }
        if (value.length() > BerLength.MAX) {
            throw new IllegalArgumentException("value: at most 65535 octets expected");
        }
    }

    /** A constructed object with {@code children} in this order. */
    public static Tlv of(int tag, Tlv... children) {
        return of(tag, List.of(children));
    }

    /** A constructed object with {@code children} in this order. */
    public static Tlv of(int tag, List<Tlv> children) {
        return new Tlv(tag, Octets.concat(children.stream().map(Tlv::encode).toArray(Octets[]::new)));
    }

    public Octets encode() {
        return Octets.concat(BerTag.encode(tag), BerLength.encode(value.length()), value);
    }

    /** The objects within: one level, so that the depth of what we read is the depth of the code that reads it. */
    public Parsed<List<Tlv>> children() {
        return TlvReader.sequence(value);
    }
}
