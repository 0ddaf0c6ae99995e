package io.godwit.gsma.grouppackage;

import io.godwit.gsma.Malformation;
import io.godwit.gsma.Parsed;
import io.godwit.gsma.tlv.Tlv;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which members of the group a package is for. The others do nothing and say nothing. */
public sealed interface Selection {
    /** So many marks fit into one package; the SM-SR chooses the shorter list of the two. */
    int MAX_MARKS = 6000;

    /** All. */
    record Everybody() implements Selection {}

    /** Those alone: a canary, or what is left after one. */
    record Only(Set<MemberMark> marks) implements Selection {
        /** @throws IllegalArgumentException when there are more than {@link #MAX_MARKS} */
        public Only {
            marks = checked(marks);
        }
    }

    /** All but those. */
    record Except(Set<MemberMark> marks) implements Selection {
        /** @throws IllegalArgumentException when there are more than {@link #MAX_MARKS} */
        public Except {
            marks = checked(marks);
        }
    }

    /** Whether the member of that mark is to act. */
    default boolean includes(MemberMark mark) {
        if (this instanceof Only only) {
            return only.marks().contains(mark);
        }
        return !(this instanceof Except except) || !except.marks().contains(mark);
    }

    /** How much of a package its list takes. */
    default int octets() {
        return MemberMark.SIZE
                * (this instanceof Only only
                        ? only.marks().size()
                        : this instanceof Except except ? except.marks().size() : 0);
    }

    /** Nothing, {@code 88 L mark*} or {@code 89 L mark*}, in ascending order. */
    default List<Tlv> toTlvs() {
        if (this instanceof Only only) {
            return List.of(new Tlv(GroupPackageCodec.ONLY, MemberMark.concat(only.marks())));
        }
        return this instanceof Except except
                ? List.of(new Tlv(GroupPackageCodec.EXCEPT, MemberMark.concat(except.marks())))
                : List.of();
    }

    static Parsed<Selection> read(Tlv list) {
        return MemberMark.split(list.value())
                .then(marks -> marks.size() > MAX_MARKS
                        ? Parsed.malformed(Malformation.TOO_MANY_ELEMENTS)
                        : Parsed.read(list.tag() == GroupPackageCodec.ONLY ? new Only(marks) : new Except(marks)));
    }

    private static Set<MemberMark> checked(Collection<MemberMark> marks) {
        if (marks.size() > MAX_MARKS) {
            throw new IllegalArgumentException("marks: at most 6000 expected");
        }
        return Collections.unmodifiableSet(new TreeSet<>(marks));
    }
}
