package io.godwit.provisioning.replacement;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card without its cryptography: what is on it, its counter, its ticket floor and its lock. It keeps its rules for itself:
 * it trusts a packet only for its counter, and a ticket only when it names this very card.
 */
final class WorldCard {
    /** What became of the profile that moves. */
    enum Subject {
        ABSENT,
        /** Disabled or enabled. */
        USABLE,
        /** Exported or about to be: nothing enables it but after an unlock. */
        LOCKED,
        /** Imported: nothing enables it but the SM-SR with its permission. */
        PENDING
    }

    /** Which profile is enabled. */
    enum Enabled {
        BOOTSTRAP,
        SUBJECT,
        SUCCESSOR
    }

    /** @param permission the SM-SR's word that the old card has deleted it */
    record Packet(
            long counter,
            @Nullable Function function,
            boolean ofSubject,
            boolean permission,
            @Nullable Ticket ticket) {
        /** What confirms a notification. */
        boolean isConfirmation() {
            return function == null;
        }
    }

    /** Under the card's keys. */
    record Answer(long counter, boolean done, boolean hasSubject, boolean subjectEnabled) {}

    /** A profile on its way, encrypted for the card of that certificate. */
    record Export(Ticket ticket, Octets certificateHash) {}

    final Nid nid;
    final Eid eid;
    final Octets certificateHash;
    Subject subject = Subject.ABSENT;
    Enabled enabled = Enabled.BOOTSTRAP;
    boolean hasSuccessor;
    boolean forbidsDisabling;
    boolean forbidsDeletion;
    /** Whether the subject's copy here was ever the live one. */
    boolean original;
    /** The tickets under which it has exported and not been unlocked since. */
    final List<Ticket> exports = new ArrayList<>();

    long floor;

    @Nullable
    Ticket lockedBy;

    @Nullable
    Ticket pendingBy;
    /** The profile to go back to, while a change is not confirmed. */
    @Nullable
    Enabled previous;

    int change;
    boolean dead;
    boolean online = true;
    private long lastCounter;
    private @Nullable Answer lastAnswer;
    private final @Nullable Bug bug;

    WorldCard(Nid nid, Eid eid, Octets certificateHash, @Nullable Bug bug) {
        this.nid = nid;
        this.eid = eid;
        this.certificateHash = certificateHash;
        this.bug = bug;
    }

    boolean isSubjectEnabled() {
        return enabled == Enabled.SUBJECT;
    }

    /** A repeated packet gets the recorded answer, an older one none. */
    @Nullable
    Answer execute(Packet packet) {
        if (packet.counter() == lastCounter) {
            return lastAnswer;
        }
        if (packet.counter() < lastCounter && bug != Bug.TAKES_OLD_COUNTERS) {
            return null;
        }
        lastCounter = Math.max(lastCounter, packet.counter());
        boolean done = packet.isConfirmation() ? confirm() : carryOut(packet);
        lastAnswer = new Answer(packet.counter(), done, subject != Subject.ABSENT, isSubjectEnabled());
        return lastAnswer;
    }

    private boolean confirm() {
        boolean confirms = previous != null;
        previous = null;
        return confirms;
    }

    private boolean carryOut(Packet packet) {
        return switch (packet.function()) {
            case AUDIT -> true;
            case ENABLE -> enable(packet.permission());
            case DISABLE -> disable();
            case DELETE, MASTER_DELETE -> delete(packet.function() == Function.MASTER_DELETE);
            case INSTALL -> install();
            case INSTALL_AND_ENABLE -> installSuccessor();
            case RAISE_FLOOR -> {
                if (bug != Bug.FLOOR_NOT_RAISED) {
                    floor = Math.max(floor, packet.ticket().counter().value());
                }
                yield true;
            }
            case UNLOCK -> unlock(packet.ticket());
        };
    }

    private boolean enable(boolean permission) {
        if (previous != null
                || isSubjectEnabled()
                || (subject != Subject.USABLE && !(subject == Subject.PENDING && permission))) {
            return false;
        }
        subject = Subject.USABLE;
        original = true;
        changeTo(Enabled.SUBJECT);
        return true;
    }

    private boolean disable() {
        if (previous != null || !isSubjectEnabled() || forbidsDisabling) {
            return false;
        }
        changeTo(Enabled.BOOTSTRAP);
        return true;
    }

    private void changeTo(Enabled next) {
        previous = enabled;
        enabled = next;
        change++;
    }

    /** Without a confirmation, or without a network. */
    boolean rollBack(int ofChange) {
        if (previous == null || change != ofChange) {
            return false;
        }
        enabled = previous;
        previous = null;
        return true;
    }

    private boolean delete(boolean master) {
        if (subject == Subject.ABSENT || isSubjectEnabled() || (forbidsDeletion && !master)) {
            return false;
        }
        subject = Subject.ABSENT;
        lockedBy = null;
        pendingBy = null;
        exports.clear();
        if (previous == Enabled.SUBJECT) {
            previous = Enabled.BOOTSTRAP;
        }
        return true;
    }

    private boolean install() {
        if (subject != Subject.ABSENT) {
            return false;
        }
        subject = Subject.USABLE;
        original = false;
        forbidsDeletion = false;
        forbidsDisabling = false;
        return true;
    }

    private boolean installSuccessor() {
        if (hasSuccessor || previous != null) {
            return false;
        }
        hasSuccessor = true;
        enabled = Enabled.SUCCESSOR;
        return true;
    }

    private boolean unlock(Ticket ticket) {
        floor = Math.max(floor, ticket.counter().value());
        if (lockedBy != null && lockedBy.equals(ticket)) {
            lockedBy = null;
            subject = Subject.USABLE;
        }
        exports.removeIf(exported -> exported.id().equals(ticket.id()));
        return true;
    }

    /** Peer mode: E1 with the SM-SR's ticket. Locked and stored before anything leaves; the same ticket gets the same. */
    @Nullable
    Export export(Ticket ticket, Octets presentedHash) {
        boolean bound = ticket.oldEid().equals(eid) && ticket.certificateHash().equals(presentedHash);
        if ((!bound && bug != Bug.TICKET_BOUND_TO_NO_CARD) || subject == Subject.ABSENT) {
            return null;
        }
        boolean again = lockedBy != null && lockedBy.equals(ticket);
        boolean opens =
                ticket.counter().value() > floor && subject == Subject.USABLE && previous == null && !forbidsDisabling;
        if (!again && !opens) {
            return null;
        }
        if (!exports.contains(ticket)) {
            exports.add(ticket);
        }
        if (opens && bug != Bug.EXPORTS_BEFORE_LOCK) {
            lock(ticket);
        }
        return new Export(ticket, presentedHash);
    }

    void lock(Ticket ticket) {
        if (subject != Subject.USABLE) {
            return;
        }
        floor = ticket.counter().value();
        if (isSubjectEnabled()) {
            enabled = Enabled.BOOTSTRAP;
        }
        subject = Subject.LOCKED;
        lockedBy = ticket;
    }

    /** Peer mode: E2. @return whether a receipt goes out */
    boolean take(Export export) {
        Ticket ticket = export.ticket();
        if (!export.certificateHash().equals(certificateHash)) {
            return false;
        }
        if (!ticket.newEid().equals(eid) && bug != Bug.TICKET_BOUND_TO_NO_CARD) {
            return false;
        }
        if (subject == Subject.PENDING && ticket.equals(pendingBy)) {
            return true;
        }
        if (subject != Subject.ABSENT || ticket.counter().value() <= floor) {
            return false;
        }
        floor = ticket.counter().value();
        subject = Subject.PENDING;
        pendingBy = ticket;
        original = false;
        forbidsDeletion = false;
        forbidsDisabling = false;
        return true;
    }
}
