package io.godwit.gsma.grouppackage;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/** Which profile each member is to take: the same words may mean another ISD-P on each card. */
public sealed interface GroupTarget {
    /** The one profile whose header names that type ({@code ProfileHeader.profileType}), its role on the card. */
    record ByProfileType(String type) implements GroupTarget {
        private static final int MAX_OCTETS = 100;

        /** @throws IllegalArgumentException when {@code type} is not 1 to 100 octets of UTF-8 */
        public ByProfileType {
            int length = Octets.utf8(type).length();
            if (length == 0 || length > MAX_OCTETS) {
                throw new IllegalArgumentException("type: 1 to 100 octets of UTF-8 expected");
            }
        }
    }

    /** The profile in that ISD-P. */
    record ByAid(Aid isdP) implements GroupTarget {}

    /** The one profile of the card whose ICCID is among these, 1 to 3,000 of them. */
    record ByIccids(List<Iccid> iccids) implements GroupTarget {
        private static final int MAX = 3000;

        /** @throws IllegalArgumentException when there are none or too many */
        public ByIccids {
            iccids = List.copyOf(iccids);
            if (iccids.isEmpty() || iccids.size() > MAX) {
                throw new IllegalArgumentException("iccids: 1 to 3000 expected");
            }
        }
    }

    /** {@code 80 L type}, {@code 4F L AID} or {@code 5A L ICCID*}, these ten octets each with nibbles swapped. */
    default Tlv toTlv() {
        if (this instanceof ByProfileType byType) {
            return new Tlv(0x80, Octets.utf8(byType.type()));
        }
        if (this instanceof ByAid byAid) {
            return new Tlv(0x4f, byAid.isdP().toOctets());
        }
        return new Tlv(
                0x5a,
                Octets.concat(((ByIccids) this)
                        .iccids().stream().map(Iccid::toSwappedOctets).toArray(Octets[]::new)));
    }

    /** How much of a package it takes, but for its own frame. */
    default int octets() {
        return this instanceof ByIccids byIccids
                ? 10 * byIccids.iccids().size()
                : toTlv().value().length();
    }

    static Parsed<GroupTarget> read(Tlv target) {
        try {
            return switch (target.tag()) {
                case 0x80 ->
                    // Not the replacement of octets that are no UTF-8.
                    Octets.utf8(target.value().toUtf8()).equals(target.value())
                            ? Parsed.read(new ByProfileType(target.value().toUtf8()))
                            : Parsed.malformed(Malformation.BAD_VALUE);
                case 0x4f -> Parsed.read(new ByAid(Aid.of(target.value())));
                case 0x5a -> Parsed.read(new ByIccids(iccids(target.value())));
                default -> Parsed.malformed(Malformation.UNEXPECTED_TAG);
            };
        } catch (IllegalArgumentException e) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
    }

    private static List<Iccid> iccids(Octets octets) {
        if (octets.length() % 10 != 0) {
            throw new IllegalArgumentException("iccids: ten octets each expected");
        }
        List<Iccid> iccids = new ArrayList<>();
        for (int at = 0; at < octets.length(); at += 10) {
            iccids.add(Iccid.fromSwappedOctets(octets.slice(at, at + 10)));
        }
        return iccids;
    }
}
