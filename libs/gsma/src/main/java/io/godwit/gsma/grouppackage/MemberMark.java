package io.godwit.gsma.grouppackage;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * How a package's list names a card without telling its EID to the other members: the first eight octets of SHA-256 over
 * the campaign's id (16 octets) and the EID (16 octets of BCD). Another campaign marks the same card in another way.
 */
public record MemberMark(Octets octets) implements Comparable<MemberMark> {
    static final int SIZE = 8;

    /** @throws IllegalArgumentException when there are not eight octets */
    public MemberMark {
        if (octets.length() != SIZE) {
            throw new IllegalArgumentException("mark: eight octets expected");
        }
    }

    public static MemberMark of(UUID campaign, Eid eid) {
        return new MemberMark(sha256(Octets.concat(GroupPackageCodec.octets(campaign), eid.toOctets()))
                .slice(0, SIZE));
    }

    static Octets concat(Collection<MemberMark> marks) {
        return Octets.concat(marks.stream().map(MemberMark::octets).toArray(Octets[]::new));
    }

    /** Marks in ascending order, none twice: one list has one form. */
    static Parsed<Set<MemberMark>> split(Octets octets) {
        if (octets.length() % SIZE != 0) {
            return Parsed.malformed(Malformation.BAD_VALUE);
        }
        TreeSet<MemberMark> marks = new TreeSet<>();
        for (int at = 0; at < octets.length(); at += SIZE) {
            MemberMark mark = new MemberMark(octets.slice(at, at + SIZE));
            if (!marks.isEmpty() && marks.last().compareTo(mark) >= 0) {
                return Parsed.malformed(Malformation.BAD_VALUE);
            }
            marks.add(mark);
        }
        return Parsed.read(marks);
    }

    static Octets sha256(Octets octets) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-256").digest(octets.toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int compareTo(MemberMark other) {
        return octets.compareTo(other.octets);
    }
}
