package io.godwit.gsma.profile.install;

import static java.util.Objects.requireNonNull;

import io.godwit.protocol.Octets;
import java.util.Arrays;

/**
 * What stands in a file, or in each of its records, before anything is written (TS 102 222 section 6.3.2.2.2).
 *
 * @param pattern one octet or more
 * @param how how the pattern becomes as long as needed; when it is longer, it is cut
 */
record Filling(Octets pattern, How how) {
    static final Filling ALL_ONES = new Filling(Octets.ofInts(0xff), How.REPEAT_LAST);

    enum How {
        /** {@code 00ff}: 00 FF FF FF. */
        REPEAT_LAST,
        /** {@code ffffff0000*}. */
        REPEAT_ALL,
        /** {@code ff..07}: FF FF FF 07. */
        REPEAT_FIRST
    }

    Filling {
        requireNonNull(pattern, "pattern is null");
        requireNonNull(how, "how is null");
    }

    /** The pattern of a row of a template; {@code -} where the profile gives the content. */
    static Filling ofTemplate(String literal) {
        if (literal.equals("-")) {
            return ALL_ONES;
        }
        if (literal.endsWith("*")) {
            return new Filling(Octets.fromHex(literal.substring(0, literal.length() - 1)), How.REPEAT_ALL);
        }
        return literal.contains("..")
                ? new Filling(Octets.fromHex(literal.replace("..", "")), How.REPEAT_FIRST)
                : new Filling(Octets.fromHex(literal), How.REPEAT_LAST);
    }

    /** So many octets, in pieces of {@code unit}, each filled by itself. */
    byte[] fill(int size, int unit) {
        byte[] content = new byte[size];
        for (int at = 0; at < size; at += unit) {
            fillOne(content, at, Math.min(size, at + unit));
        }
        return content;
    }

    private void fillOne(byte[] content, int from, int to) {
        byte[] octets = pattern.toBytes();
        int length = Math.min(octets.length, to - from);
        switch (how) {
            case REPEAT_LAST -> {
                Arrays.fill(content, from, to, octets[octets.length - 1]);
                System.arraycopy(octets, 0, content, from, length);
            }
            case REPEAT_FIRST -> {
                Arrays.fill(content, from, to, octets[0]);
                System.arraycopy(octets, octets.length - length, content, to - length, length);
            }
            case REPEAT_ALL -> {
                for (int at = from; at < to; at++) {
                    content[at] = octets[(at - from) % octets.length];
                }
            }
        }
    }
}
