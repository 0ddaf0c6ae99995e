package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.protocol.Octets;

/**
 * An object identifier.
 *
 * @param octets its encoding (ISO 8825-1 8.19): arcs of seven bits an octet, at most 32 octets, an arc below 2^28
 */
public record Oid(Octets octets) {
    private static final int MAX_OCTETS = 32;

    /** @throws IllegalArgumentException when {@code octets} are no object identifier */
    public Oid {
        if (!isValid(octets)) {
            throw new IllegalArgumentException("oid: the encoding of an object identifier expected");
        }
    }

    /** {@code 2.23.143.1.2} and {@code arcs} after it: a file structure template of TCA (Annex A). */
    public static Oid template(int... arcs) {
        int[] octets = new int[5 + arcs.length];
        // 2.23 share an octet, 143 needs two.
        int[] prefix = {0x67, 0x81, 0x0f, 0x01, 0x02};
        System.arraycopy(prefix, 0, octets, 0, prefix.length);
        System.arraycopy(arcs, 0, octets, prefix.length, arcs.length);
        return new Oid(Octets.ofInts(octets));
    }

    static boolean isValid(Octets octets) {
        int length = octets.length();
        if (length == 0 || length > MAX_OCTETS || octets.at(length - 1) >= 0x80) {
            return false;
        }
        int arc = 0;
        for (int i = 0; i < length; i++) {
            boolean first = i == 0 || octets.at(i - 1) < 0x80;
            arc = first ? 0 : arc + 1;
            if ((first && octets.at(i) == 0x80) || arc == 4) {
                return false;
            }
        }
        return true;
    }

    static Oid read(Node node) {
        if (!isValid(node.value())) {
            throw node.fault(Malformation.BAD_VALUE);
        }
        return new Oid(node.value());
    }

    /** The arcs in decimal with dots between them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int arc = 0;
        for (int i = 0; i < octets.length(); i++) {
            arc = arc << 7 | (octets.at(i) & 0x7f);
            if (octets.at(i) < 0x80) {
                if (text.length() == 0) {
                    int root = Math.min(arc / 40, 2);
                    text.append(root).append('.').append(arc - 40 * root);
                } else {
                    text.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return text.toString();
    }
}
