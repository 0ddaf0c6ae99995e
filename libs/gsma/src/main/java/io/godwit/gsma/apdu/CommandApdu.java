package io.godwit.gsma.apdu;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Octets;
import java.util.OptionalInt;

/**
 * One command in the short form of ISO 7816-4: four header octets, up to 255 octets of data, and an optional Le.
 *
 * @param le the Le octet as written, 0 to 255; 0 asks for as much as there is
 */
public record CommandApdu(int cla, int ins, int p1, int p2, Octets data, OptionalInt le) {
    /** @throws IllegalArgumentException when an octet or the data is out of range */
    public CommandApdu {
        requireNonNull(data, "data is null");
        requireNonNull(le, "le is null");
        if ((cla | ins | p1 | p2 | le.orElse(0)) >>> 8 != 0) {
            throw new IllegalArgumentException("apdu: CLA, INS, P1, P2 and Le are one octet each");
        }
        if (data.length() > 255) {
            throw new IllegalArgumentException("apdu: at most 255 octets of data expected");
        }
    }

    /** A command that expects no data back. */
    public CommandApdu(int cla, int ins, int p1, int p2, Octets data) {
        this(cla, ins, p1, p2, data, OptionalInt.empty());
    }

    /** P1 and P2 as one number. */
    public int p1p2() {
        return p1 << 8 | p2;
    }

    public Octets encode() {
        Octets header = Octets.ofInts(cla, ins, p1, p2);
        Octets body =
                data.isEmpty() ? Octets.EMPTY : Octets.ofInts(data.length()).plus(data);
        Octets tail = le.isPresent() ? Octets.ofInts(le.getAsInt()) : Octets.EMPTY;
        return Octets.concat(header, body, tail);
    }

    /** Reads the four cases of the short form; an Lc of zero is refused. */
    public static Parsed<CommandApdu> decode(Octets octets) {
        int length = octets.length();
        if (length < 4) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        if (length == 4) {
            return Parsed.read(of(octets, Octets.EMPTY, OptionalInt.empty()));
        }
        int fifth = octets.at(4);
        if (length == 5) {
            return Parsed.read(of(octets, Octets.EMPTY, OptionalInt.of(fifth)));
        }
        int end = 5 + fifth;
        if (fifth == 0) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
        if (length < end) {
            return Parsed.malformed(Malformation.TRUNCATED);
        }
        if (length > end + 1) {
            return Parsed.malformed(Malformation.TRAILING_OCTETS);
        }
        OptionalInt le = length == end ? OptionalInt.empty() : OptionalInt.of(octets.at(end));
        return Parsed.read(of(octets, octets.slice(5, end), le));
    }

    private static CommandApdu of(Octets header, Octets data, OptionalInt le) {
        return new CommandApdu(header.at(0), header.at(1), header.at(2), header.at(3), data, le);
    }
}
