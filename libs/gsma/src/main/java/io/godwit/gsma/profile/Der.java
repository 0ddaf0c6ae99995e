package io.godwit.gsma.profile;

import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.List;

/** What DER with automatic tags needs beside TLV: context tags, INTEGER and NULL. */
final class Der {
    static final int SEQUENCE = 0x30;
    static final int OCTET_STRING = 0x04;
    static final int INTEGER = 0x02;
    static final int OBJECT_IDENTIFIER = 0x06;

    private Der() {}

    /** The tag {@code [number]} of a SEQUENCE, a CHOICE or the like. */
    static int constructed(int number) {
        return number < 31 ? 0xa0 | number : 0xbf00 | number;
    }

    /** The tag {@code [number]} of an INTEGER, an OCTET STRING, a NULL or the like. */
    static int primitive(int number) {
        return number < 31 ? 0x80 | number : 0x9f00 | number;
    }

    static Tlv octets(int number, Octets value) {
        return new Tlv(primitive(number), value);
    }

    static Tlv ofNull(int number) {
        return new Tlv(primitive(number), Octets.EMPTY);
    }

    static Tlv sequence(int number, List<Tlv> components) {
        return Tlv.of(constructed(number), components);
    }

    static Tlv number(int number, int value) {
        return new Tlv(primitive(number), integer(value));
    }

    /** The content of an INTEGER that is not negative: as short as can be, a leading zero where the first bit is set. */
    static Octets integer(int value) {
        int octets = 1;
        while (octets < 5 && (long) value >> (8 * octets - 1) != 0) {
            octets++;
        }
        int[] content = new int[octets];
        for (int i = 0; i < octets; i++) {
            content[i] = (int) ((long) value >> (8 * (octets - 1 - i)));
        }
        return Octets.ofInts(content);
    }
}
