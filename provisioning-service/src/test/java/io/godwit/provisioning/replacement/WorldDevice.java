package io.godwit.provisioning.replacement;

import static io.godwit.provisioning.replacement.WorldTime.MINUTE;

import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import org.jspecify.annotations.Nullable;

/** The device around a card: it asks for a profile, shows its ticket, answers E1, and hands E2 to its card. */
final class WorldDevice {
    private static final int MOST_TRIES = 20;

    final WorldCard card;
    private final ReplacementWorld world;
    private final WorldTime time;
    private @Nullable String request;
    private @Nullable Nid wanted;
    private @Nullable Ticket ticket;
    private int tries;
    private int requests;
    private int answers;
    private boolean refuses;

    WorldDevice(ReplacementWorld world, WorldTime time, WorldCard card) {
        this.world = world;
        this.time = time;
        this.card = card;
    }

    /** Someone presses the button: this device is to replace another one. */
    void ask(Nid old) {
        if (request == null && !old.equals(card.nid)) {
            requests++;
            request = card.nid + "/" + requests;
            wanted = old;
            ticket = null;
            tries = 0;
            tick(request);
        }
    }

    /** It gives its profile to nobody, and says so. */
    void refuse() {
        refuses = true;
    }

    private void tick(String of) {
        if (!of.equals(request) || tries >= MOST_TRIES) {
            return;
        }
        tries++;
        if (card.online) {
            Ticket shown = ticket;
            if (shown == null) {
                world.uplink(() -> world.requested(of, card.nid, wanted));
            } else {
                Octets e1 = world.carry(new ReplacementWorld.Offer(shown, card.certificateHash));
                world.show(card.nid, shown.oldNid(), shown, card.certificateHash, e1);
            }
        }
        time.later(MINUTE << Math.min(tries, 6), () -> tick(of));
    }

    void told(Ticket granted) {
        if (request != null && granted.oldNid().equals(wanted) && !granted.equals(ticket)) {
            ticket = granted;
            tries = 0;
            tick(request);
        }
    }

    void toldEnd() {
        request = null;
    }

    /** E1 or E2 has come. */
    void received(FlowStep step, Object content) {
        if (step == FlowStep.E1 && content instanceof ReplacementWorld.Offer offer) {
            answer(offer);
        } else if (step == FlowStep.E2 && content instanceof WorldCard.Export export) {
            boolean before = card.subject != WorldCard.Subject.ABSENT;
            if (card.take(export)) {
                world.checks().imported(card, export, before);
                world.uplink(() -> world.said(
                        export.ticket().id(),
                        new ReplacementInput.Receipt(card.nid, export.ticket().id())));
            }
        }
    }

    private void answer(ReplacementWorld.Offer offer) {
        Ticket shown = offer.ticket();
        if (refuses) {
            world.uplink(() -> world.said(
                    shown.id(), new ReplacementInput.Kept(card.nid, shown.newNid(), shown.id(), "its owner says no")));
            return;
        }
        if (shown.mode() != Mode.PEER) {
            answers++;
            send(shown, world.carry("consent of " + card.nid + " " + answers));
            return;
        }
        WorldCard.Export export = card.export(shown, offer.certificateHash());
        if (world.bug() == Bug.EXPORTS_BEFORE_LOCK && export != null && card.lockedBy == null) {
            time.later(10, () -> card.lock(shown));
        }
        if (export != null && !time.mishap()) {
            send(shown, world.carry(export));
        }
    }

    private void send(Ticket shown, Octets payload) {
        world.uplink(() ->
                world.said(shown.id(), new ReplacementInput.Answered(card.nid, shown.newNid(), shown.id(), payload)));
    }

    /** What the card has done and the SM-SR has to hear, until it has. */
    void notifyChange(int ofChange, int tried) {
        if (card.dead || card.change != ofChange || card.previous == null || tried > 5) {
            return;
        }
        boolean enabled = card.isSubjectEnabled();
        if (card.online) {
            world.uplink(() -> world.notified(card.nid, ofChange, true, enabled));
        }
        time.later(MINUTE, () -> notifyChange(ofChange, tried + 1));
    }

    void notifyRollBack(int ofChange) {
        if (card.dead || card.change != ofChange || world.isAcknowledged(card.nid, ofChange)) {
            return;
        }
        boolean enabled = card.isSubjectEnabled();
        if (card.online) {
            world.uplink(() -> world.notified(card.nid, ofChange, false, enabled));
        }
        if (!world.isUnreachable(card.nid)) {
            time.later(card.online ? 10 * MINUTE : 60 * MINUTE, () -> notifyRollBack(ofChange));
        }
    }
}
