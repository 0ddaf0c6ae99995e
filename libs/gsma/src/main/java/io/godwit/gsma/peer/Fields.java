package io.godwit.gsma.peer;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes objects one after the other, each in its place. The first one, {@code 80 02 kind version}, keeps a message from being
 * taken for one of another kind, whose signature would be genuine.
 */
final class Fields {
    private static final int KIND = 0x80;
    private static final int VERSION = 1;

    private final List<Tlv> fields;
    private int at;

    Fields(List<Tlv> fields) {
        this.fields = fields;
    }

    static Tlv kind(char kind) {
        return new Tlv(KIND, Octets.ofInts(kind, VERSION));
    }

    /** @throws IllegalArgumentException when these are not fields of that kind, in this version */
    void require(char kind) {
        if (!required(KIND, 2).equals(kind(kind).value())) {
            throw new IllegalArgumentException("kind: another message or another version");
        }
    }

    /** @throws IllegalArgumentException when the next object has another tag */
    Octets required(int tag) {
        return optional(tag).orElseThrow(() -> new IllegalArgumentException("an object is missing"));
    }

    /** @throws IllegalArgumentException when the next object has another tag or length */
    Octets required(int tag, int length) {
        Octets value = required(tag);
        if (value.length() != length) {
            throw new IllegalArgumentException("an object of another length");
        }
        return value;
    }

    /** Empty when the next object has another tag. */
    Optional<Octets> optional(int tag) {
        if (at < fields.size() && fields.get(at).tag() == tag) {
            at++;
            return Optional.of(fields.get(at - 1).value());
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException when there is another object */
    void requireEnd() {
        if (at < fields.size()) {
            throw new IllegalArgumentException("an object too many");
        }
    }

    static Octets octets(UUID id) {
        return number(8, id.getMostSignificantBits()).plus(number(8, id.getLeastSignificantBits()));
    }

    static UUID id(Octets sixteen) {
        return new UUID(number(sixteen.slice(0, 8)), number(sixteen.from(8)));
    }

    /** Big-endian, in so many octets. */
    static Octets number(int octets, long value) {
        byte[] bytes = new byte[octets];
        for (int i = 0; i < octets; i++) {
            bytes[octets - 1 - i] = (byte) (value >>> (8 * i));
        }
        return Octets.of(bytes);
    }

    static long number(Octets octets) {
        long value = 0;
        for (int i = 0; i < octets.length(); i++) {
            value = value << 8 | octets.at(i);
        }
        return value;
    }
}
