package io.godwit.gsma.tlv;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads BER-TLV strictly: no octet is skipped, none is left, lengths are definite and shortest, and size and number are
 * bounded. It goes one level deep; see {@link Tlv#children()}.
 */
public final class TlvReader {
    /** At most so many objects side by side. */
    public static final int MAX_ELEMENTS = 256;

    private TlvReader() {}

    /** Objects one after the other until the octets end; no octets are no objects. */
    public static Parsed<List<Tlv>> sequence(Octets octets) {
        if (octets.length() > BerLength.MAX) {
            return Parsed.malformed(Malformation.TOO_LONG);
        }
        List<Tlv> found = new ArrayList<>();
        int at = 0;
        while (at < octets.length()) {
            if (found.size() == MAX_ELEMENTS) {
                return Parsed.malformed(Malformation.TOO_MANY_ELEMENTS);
            }
            int tagLength = tagLength(octets, at);
            if (at + tagLength > octets.length()) {
                return Parsed.malformed(Malformation.TRUNCATED);
            }
            int tag = tag(octets, at, tagLength);
            if (!BerTag.isValid(tag)) {
                return Parsed.malformed(Malformation.BAD_TAG);
            }
            Parsed<BerLength> length = BerLength.read(octets, at + tagLength);
            if (length instanceof Parsed.Malformed<BerLength> malformed) {
                return Parsed.malformed(malformed.reason());
            }
            BerLength value = ((Parsed.Read<BerLength>) length).value();
            if (value.value() > octets.length() - value.end()) {
                return Parsed.malformed(Malformation.TRUNCATED);
            }
            at = value.end() + value.value();
            found.add(new Tlv(tag, octets.slice(value.end(), at)));
        }
        return Parsed.read(List.copyOf(found));
    }

    /** Exactly one object and nothing after it. */
    public static Parsed<Tlv> single(Octets octets) {
        return sequence(octets).then(found -> switch (found.size()) {
            case 0 -> Parsed.malformed(Malformation.TRUNCATED);
            case 1 -> Parsed.read(found.get(0));
            default -> Parsed.malformed(Malformation.TRAILING_OCTETS);
        });
    }

    /** Exactly one object with this tag and nothing after it. */
    public static Parsed<Tlv> single(Octets octets, int tag) {
        return single(octets)
                .then(tlv -> tlv.tag() == tag ? Parsed.read(tlv) : Parsed.malformed(Malformation.UNEXPECTED_TAG));
    }

    private static int tagLength(Octets octets, int at) {
        if ((octets.at(at) & 0x1f) != 0x1f) {
            return 1;
        }
        boolean third = at + 1 < octets.length() && (octets.at(at + 1) & 0x80) != 0;
        return third ? 3 : 2;
    }

    private static int tag(Octets octets, int at, int length) {
        int tag = 0;
        for (int i = 0; i < length; i++) {
            tag = tag << 8 | octets.at(at + i);
        }
        return tag;
    }
}
