package io.godwit.protocol;

import java.util.Optional;

/**
 * Whom a message names: the addressee on {@code To_eUICC}, the originator on {@code To_SM-SR}. An absent id is the
 * number 0 on the wire; both absent is no address.
 */
public sealed interface Address {
    /** {@code (n,0)}: one device. */
    record Single(Nid nid) implements Address {}

    /** {@code (0,g)}: every device of a group. */
    record Group(Gid gid) implements Address {}

    /** {@code (n,g)}: device n in the context of group g. */
    record Member(Nid nid, Gid gid) implements Address {}

    /** The columns of Figure 1's address table. */
    enum Mode {
        SINGLE,
        GROUP,
        MEMBER
    }

    default Mode mode() {
        if (this instanceof Single) {
            return Mode.SINGLE;
        }
        return this instanceof Group ? Mode.GROUP : Mode.MEMBER;
    }

    default Optional<Nid> findNid() {
        if (this instanceof Single single) {
            return Optional.of(single.nid());
        }
        return this instanceof Member member ? Optional.of(member.nid()) : Optional.empty();
    }

    default Optional<Gid> findGid() {
        if (this instanceof Group group) {
            return Optional.of(group.gid());
        }
        return this instanceof Member member ? Optional.of(member.gid()) : Optional.empty();
    }
}
