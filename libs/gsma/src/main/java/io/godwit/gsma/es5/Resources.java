package io.godwit.gsma.es5;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.gsma.tlv.TlvFields;
import io.godwit.gsma.tlv.TlvReader;
import io.godwit.protocol.Octets;
import java.util.Optional;

/**
 * The extended card resources (TS 102 226 section 8.2.1.7.2): {@code FF21 L {81 L applications | 82 L free | 83 L free}}.
 *
 * @param applications how many are installed
 * @param freeNonVolatileMemory octets
 * @param freeVolatileMemory octets
 */
public record Resources(int applications, int freeNonVolatileMemory, int freeVolatileMemory) {
    private static final int TEMPLATE = 0xff21;
    private static final int APPLICATIONS = 0x81;
    private static final int NON_VOLATILE = 0x82;
    private static final int VOLATILE = 0x83;

    /** @throws IllegalArgumentException when a number is negative */
    public Resources {
        if (applications < 0 || freeNonVolatileMemory < 0 || freeVolatileMemory < 0) {
            throw new IllegalArgumentException("resources: not negative expected");
        }
    }

    public Octets encode() {
        return Tlv.of(
                        TEMPLATE,
                        number(APPLICATIONS, applications),
                        number(NON_VOLATILE, freeNonVolatileMemory),
                        number(VOLATILE, freeVolatileMemory))
                .encode();
    }

    public static Parsed<Resources> decode(Octets octets) {
        return TlvReader.single(octets, TEMPLATE).then(TlvFields::within).then(Resources::read);
    }

    private static Parsed<Resources> read(TlvFields fields) {
        Optional<Integer> applications = fields.number(APPLICATIONS);
        Optional<Integer> nonVolatile = fields.number(NON_VOLATILE);
        Optional<Integer> forVolatile = fields.number(VOLATILE);
        if (applications.isEmpty() || nonVolatile.isEmpty() || forVolatile.isEmpty()) {
            return Parsed.malformed(Malformation.MISSING_TAG);
        }
        return Parsed.read(new Resources(applications.get(), nonVolatile.get(), forVolatile.get()));
    }

    /** A number in as few octets as it needs, at least one. */
    static Tlv number(int tag, int value) {
        Octets four = Octets.ofInts(value >> 24, value >> 16, value >> 8, value);
        int leadingZeros = Math.min(3, Integer.numberOfLeadingZeros(value) / 8);
        return new Tlv(tag, four.from(leadingZeros));
    }
}
