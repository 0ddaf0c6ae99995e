package io.godwit.gsma.tlv;

import io.godwit.protocol.Octets;

/** The form of a tag (ISO 8825-1 8.1.2): one octet, or up to three when the low five bits of the first are all set. */
final class BerTag {
    private BerTag() {}

    static boolean isValid(int tag) {
        int octets = length(tag);
        int first = tag >>> (8 * (octets - 1));
        if (tag <= 0 || octets > 3 || ((first & 0x1f) == 0x1f) != (octets > 1)) {
            return false;
        }
        for (int i = octets - 2; i >= 0; i--) {
            boolean more = ((tag >>> (8 * i)) & 0x80) != 0;
            if (more != (i > 0)) {
                return false;
            }
        }
        // A leading 80 would be a number written longer than it is.
        return octets < 3 || ((tag >>> 8) & 0xff) != 0x80;
    }

    static Octets encode(int tag) {
        int octets = length(tag);
        int[] bytes = new int[octets];
        for (int i = 0; i < octets; i++) {
            bytes[i] = tag >>> (8 * (octets - 1 - i));
        }
        return Octets.ofInts(bytes);
    }

    static int length(int tag) {
        if (tag >>> 24 != 0) {
            return 4;
        }
        if (tag >>> 16 != 0) {
            return 3;
        }
        return tag >>> 8 != 0 ? 2 : 1;
    }
}
