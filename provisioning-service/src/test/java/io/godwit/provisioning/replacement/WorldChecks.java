package io.godwit.provisioning.replacement;

import io.godwit.protocol.Nid;
import io.godwit.provisioning.replacement.CardOrder.Function;
import io.godwit.provisioning.replacement.WorldCard.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The invariants: after every step, at certain deeds of cards, and at rest. It sees what no party in the world sees. */
final class WorldChecks {
    final List<String> faults = new ArrayList<>();
    private final ReplacementWorld world;
    private final WorldTime time;
    private final Map<TicketId, Integer> ends = new HashMap<>();

    /** Who has the subscription by what events have told. */
    Nid ledger;

    /** Whether events have told that the right was taken away: what the old card keeps is worth nothing. */
    boolean revoked;

    WorldChecks(ReplacementWorld world, WorldTime time, Nid first) {
        this.world = world;
        this.time = time;
        this.ledger = first;
    }

    /** After every step. */
    void step() {
        int enabled = 0;
        int live = 0;
        for (WorldDesk desk : world.desks()) {
            WorldCard card = desk.card;
            if (card.isSubjectEnabled()) {
                enabled++;
                if (card.subject != Subject.USABLE) {
                    fault(card.nid + " has nothing to connect with");
                }
            }
            if (card.enabled == WorldCard.Enabled.SUCCESSOR && !card.hasSuccessor) {
                fault(card.nid + " has nothing to connect with");
            }
            if (isLive(desk)) {
                live++;
            }
            if (!card.exports.isEmpty() && card.subject == Subject.USABLE) {
                fault(card.nid + " has exported the profile and can enable it");
            }
        }
        if (enabled > 1) {
            fault("enabled on two cards");
        }
        if (live > 1) {
            fault("two live holders");
        }
    }

    /** Whether the card has it enabled, may come back to it, or would be allowed to enable it. */
    private boolean isLive(WorldDesk desk) {
        WorldCard card = desk.card;
        return card.isSubjectEnabled()
                || (card.subject == Subject.PENDING && desk.permitted && desk.hold == null)
                || (card.subject == Subject.USABLE
                        && (card.previous == WorldCard.Enabled.SUBJECT || desk.hold == null));
    }

    /** A card has enabled the profile: no other one may have a copy that was ever live. */
    void enabling(WorldCard by) {
        for (WorldDesk desk : world.desks()) {
            if (desk.card != by && desk.card.subject != Subject.ABSENT && desk.card.original) {
                fault(by.nid + " has enabled before " + desk.card.nid + " has deleted");
            }
        }
    }

    /** A card was unlocked: whoever has a ticket for what it has exported is without it, and takes it no more. */
    void unlocking(WorldCard by, List<Ticket> exported) {
        for (Ticket ticket : exported) {
            WorldCard other = world.desk(ticket.newNid()).card;
            if (other.subject != Subject.ABSENT) {
                fault(by.nid + " was unlocked while " + other.nid + " has the profile");
            }
            if (other.floor < ticket.counter().value()) {
                fault(by.nid + " was unlocked while " + other.nid + " would still take the ticket");
            }
        }
    }

    void imported(WorldCard by, WorldCard.Export export, boolean again) {
        if (!export.ticket().newNid().equals(by.nid)) {
            fault(by.nid + " has opened a profile that is for "
                    + export.ticket().newNid());
        }
        if (again && by.subject != Subject.PENDING) {
            fault(by.nid + " has taken a profile a second time");
        }
    }

    /** What goes to a card in quarantine is the deletion of the profile and nothing else. */
    void executing(WorldDesk desk, WorldCard.Packet packet, long isolatedAt) {
        boolean deletes = packet.function() == null
                || packet.function() == Function.AUDIT
                || packet.function() == Function.DISABLE
                || packet.function() == Function.DELETE
                || packet.function() == Function.MASTER_DELETE;
        if (desk.quarantine != null && !desk.quarantine.over() && packet.counter() > isolatedAt && !deletes) {
            fault(desk.card.nid + " is quarantined and got " + packet.function());
        }
    }

    void ended(TicketId id) {
        if (ends.merge(id, 1, Integer::sum) > 1) {
            fault(id + " has ended twice");
        }
    }

    /** Nothing moves any more. */
    void rest(Collection<Replacement> rows) {
        for (Replacement row : rows) {
            if (row.isOpen() && !isExcused(row)) {
                fault(row.ticket().id() + " waits for nobody in " + row.stage() + " " + row.asking());
            }
            if (row.isOpen() == (ends.getOrDefault(row.ticket().id(), 0) == 1)) {
                fault(row.ticket().id() + " has not one outcome");
            }
        }
        for (WorldDesk desk : world.desks()) {
            // What E1 has done to a card is learned at the replacement's next word with it.
            boolean settled = rows.stream()
                    .noneMatch(row -> row.isOpen() && row.ticket().oldNid().equals(desk.card.nid));
            if (settled && !world.isUnreachable(desk.card.nid)) {
                eis(desk);
            }
        }
        boolean isOpen = rows.stream().anyMatch(Replacement::isOpen);
        if (!isOpen) {
            ledger();
        }
    }

    /** Only a card that can say no word any more may keep a replacement waiting. */
    private boolean isExcused(Replacement row) {
        boolean waits = Set.of(Stage.DELETING, Stage.ENABLING, Stage.WITHDRAWING, Stage.RESTORING)
                .contains(row.stage());
        Side side = row.waitsFor() == Party.OLD_CARD ? Side.OLD : Side.NEW;
        return waits && world.isUnreachable(row.ticket().nid(side));
    }

    private void eis(WorldDesk desk) {
        WorldCard card = desk.card;
        WorldDesk.Known truth = card.subject == Subject.ABSENT
                ? WorldDesk.Known.ABSENT
                : card.isSubjectEnabled() ? WorldDesk.Known.ENABLED : WorldDesk.Known.DISABLED;
        if (desk.known != truth) {
            fault("the EIS is not the card: " + desk);
        }
        if (!desk.isIdle()) {
            fault("something is still open: " + desk);
        }
    }

    /** Whom events call the holder, and nobody else, has it; where it was deleted or revoked, nobody has. */
    private void ledger() {
        for (WorldDesk desk : world.desks()) {
            boolean holder = desk.card.nid.equals(ledger);
            boolean has = desk.card.subject != Subject.ABSENT;
            boolean usable =
                    desk.card.subject == Subject.USABLE || (desk.card.subject == Subject.PENDING && desk.permitted);
            boolean free = usable && desk.hold == null;
            if (has && !holder) {
                fault(desk.card.nid + " has the profile, and " + ledger + " is called its holder");
            }
            if (holder && has && !free && !revoked && !world.isUnreachable(desk.card.nid)) {
                fault(ledger + " has the right and cannot use it: " + desk);
            }
            if (holder && !has && !world.wasTakenAway()) {
                fault(ledger + " has the right and not the profile");
            }
        }
    }

    private void fault(String what) {
        if (faults.size() < 10) {
            faults.add(what);
        }
        if (time.tells) {
            time.tell("FAULT " + what);
        }
    }
}
