package io.godwit.gsma.profile;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.BerLength;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A TLV and where it stands, so that a fault in it can be found. The methods throw {@link Faulty} and nothing else.
 *
 * @param at the index of its tag in the whole that is read
 * @param valueAt the index of its value there
 */
record Node(int tag, int at, int valueAt, Octets value) {
    /** At most so many side by side: a file of 255 records may need two for each. */
    static final int MAX_SIDE_BY_SIDE = 4096;

    /** The TLVs one after the other in {@code octets}, which start at index {@code base} of the whole. */
    static List<Node> sequence(Octets octets, int base) {
        List<Node> found = new ArrayList<>();
        int at = 0;
        while (at < octets.length()) {
            if (found.size() == MAX_SIDE_BY_SIDE) {
                throw new Faulty(base + at, Malformation.TOO_MANY_ELEMENTS);
            }
            Optional<Head> head = Head.read(octets, at, base);
            if (head.isEmpty() || head.get().end() > octets.length()) {
                throw new Faulty(base + at, Malformation.TRUNCATED);
            }
            Head one = head.get();
            found.add(new Node(one.tag(), base + at, base + one.valueAt(), octets.slice(one.valueAt(), one.end())));
            at = one.end();
        }
        return found;
    }

    /** Tag and length: {@code end} is the index after the value, which need not be there. */
    record Head(int tag, int valueAt, int end) {
        /** Empty when the octets end within tag and length. */
        static Optional<Head> read(Octets octets, int at, int base) {
            if (at >= octets.length()) {
                return Optional.empty();
            }
            int tag = octets.at(at);
            int lengthAt = at + 1;
            if ((tag & 0x1f) == 0x1f) {
                if (lengthAt == octets.length()) {
                    return Optional.empty();
                }
                int number = octets.at(lengthAt);
                // One octet of number is enough for all of PEDefinitions; below 31 it would be the longer of two forms.
                if (number < 0x1f || number > 0x7f) {
                    throw new Faulty(base + at, Malformation.BAD_TAG);
                }
                tag = tag << 8 | number;
                lengthAt++;
            }
            if (tag == 0) {
                throw new Faulty(base + at, Malformation.BAD_TAG);
            }
            Parsed<BerLength> length = BerLength.read(octets, lengthAt);
            if (length instanceof Parsed.Malformed<BerLength> malformed) {
                if (malformed.reason() == Malformation.TRUNCATED) {
                    return Optional.empty();
                }
                throw new Faulty(base + lengthAt, malformed.reason());
            }
            BerLength read = ((Parsed.Read<BerLength>) length).value();
            return Optional.of(new Head(tag, read.end(), read.end() + read.value()));
        }
    }

    List<Node> children() {
        return sequence(value, valueAt);
    }

    Fields fields() {
        return new Fields(this);
    }

    /** The children, which all have this tag; none is none. */
    List<Node> childrenOf(int tag) {
        List<Node> children = children();
        for (Node child : children) {
            child.require(tag);
        }
        return children;
    }

    /** The children, which all have this tag, of a list that would be absent if it were empty. */
    List<Node> someOf(int tag) {
        List<Node> children = childrenOf(tag);
        if (children.isEmpty()) {
            throw fault(Malformation.MISSING_TAG);
        }
        return children;
    }

    /** The only child. */
    Node onlyChild() {
        List<Node> children = children();
        if (children.size() != 1) {
            throw children.isEmpty()
                    ? fault(Malformation.MISSING_TAG)
                    : children.get(1).fault(Malformation.TRAILING_OCTETS);
        }
        return children.get(0);
    }

    void require(int wanted) {
        if (tag != wanted) {
            throw fault(Malformation.UNEXPECTED_TAG);
        }
    }

    /** The value, which has {@code min} to {@code max} octets. */
    Octets octets(int min, int max) {
        if (value.length() < min || value.length() > max) {
            throw fault(Malformation.BAD_VALUE);
        }
        return value;
    }

    /** The value as an INTEGER of 0 to {@code max} in its shortest form. */
    int number(int max) {
        Octets content = octets(1, 5);
        long number = (byte) content.at(0);
        for (int i = 1; i < content.length(); i++) {
            number = number << 8 | content.at(i);
        }
        if (number < 0 || number > max || !Der.integer((int) number).equals(content)) {
            throw fault(Malformation.BAD_VALUE);
        }
        return (int) number;
    }

    Tlv toTlv() {
        return new Tlv(tag, value);
    }

    Faulty fault(Malformation reason) {
        return new Faulty(at, reason);
    }
}
