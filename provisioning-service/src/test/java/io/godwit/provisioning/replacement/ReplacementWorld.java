package io.godwit.provisioning.replacement;

import static io.godwit.provisioning.replacement.WorldTime.DAY;
import static io.godwit.provisioning.replacement.WorldTime.HOUR;
import static io.godwit.provisioning.replacement.WorldTime.MINUTE;
import static io.godwit.provisioning.replacement.WorldTime.SECOND;

import io.godwit.gsma.scp80.Counter;
import io.godwit.protocol.Eid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.replacement.CardOrder.Function;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One history: four devices with their cards, a broker that loses, doubles, delays and reorders, an SM-SR that dies before
 * its commit or after it, an operator who comes and goes, and somebody who has listened to everything. One seed decides all.
 */
final class ReplacementWorld {
    /** E1 as it travels. */
    record Offer(Ticket ticket, Octets certificateHash) {}

    private static final TenantId TENANT = new TenantId("acme");
    private static final Gid GID = new Gid("meters");
    private static final Iccid ICCID = new Iccid("89000000000000000012");
    private static final Iccid SUCCESSOR = new Iccid("89000000000000000020");
    private static final ReplacementRules RULES = ReplacementRules.DEFAULTS;
    private static final List<Nid> NIDS = List.of(new Nid("old"), new Nid("new"), new Nid("rival"), new Nid("third"));
    private static final List<Eid> EIDS = List.of(eid(1), eid(2), eid(3), eid(4));
    private static final List<Octets> HASHES = List.of(hash(1), hash(2), hash(3), hash(4));
    private static final long CALM_AFTER = 4 * DAY;
    private static final long LENGTH = 120 * DAY;

    final Map<Stage, Integer> visited = new EnumMap<>(Stage.class);
    final List<Outcome> outcomes = new ArrayList<>();
    private final WorldTime time;
    private final Mode mode;
    private final @Nullable Bug bug;
    private final Set<Transitions.Transition> steps;
    private final List<WorldDesk> desks = new ArrayList<>();
    private final List<WorldDevice> devices = new ArrayList<>();
    private final Map<TicketId, Replacement> rows = new LinkedHashMap<>();
    private final Map<TicketId, Instant> dueAt = new LinkedHashMap<>();
    private final Map<String, TicketId> requests = new LinkedHashMap<>();
    private final Map<Nid, Integer> acknowledged = new LinkedHashMap<>();
    private final List<Object> carried = new ArrayList<>();
    private final List<Runnable> overheard = new ArrayList<>();
    private final List<Ticket> granted = new ArrayList<>();
    private final List<Runnable> sending = new ArrayList<>();
    private final WorldChecks checks;
    private long counters;
    private boolean takenAway;
    private long isolatedAt = Long.MAX_VALUE;

    ReplacementWorld(
            long seed, double trouble, Mode mode, @Nullable Bug bug, Set<Transitions.Transition> steps, boolean tells) {
        this.time = new WorldTime(seed, trouble, tells);
        this.mode = mode;
        this.bug = bug;
        this.steps = steps;
        for (int i = 0; i < NIDS.size(); i++) {
            WorldCard card = new WorldCard(NIDS.get(i), EIDS.get(i), HASHES.get(i), bug);
            desks.add(new WorldDesk(this, time, card));
            devices.add(new WorldDevice(this, time, card));
        }
        WorldDesk old = desks.get(0);
        old.card.subject = WorldCard.Subject.USABLE;
        old.card.original = true;
        boolean enabled = time.chance(0.8);
        old.card.enabled = enabled ? WorldCard.Enabled.SUBJECT : WorldCard.Enabled.BOOTSTRAP;
        old.known = enabled ? WorldDesk.Known.ENABLED : WorldDesk.Known.DISABLED;
        this.checks = new WorldChecks(this, time, old.card.nid);
    }

    private static Eid eid(int number) {
        return Eid.withCheckDigits("8900" + "0".repeat(24) + "0" + number);
    }

    private static Octets hash(int number) {
        return Octets.fromHex(("0" + number).repeat(32));
    }

    /** Requests and mishaps for four days, then calm, until nothing moves any more. */
    void run() {
        Nid old = NIDS.get(0);
        if (mode == Mode.FORCED) {
            time.later(time.between(0, HOUR), () -> transact(() -> force(old, NIDS.get(1), time.chance(0.3))));
        }
        if (mode != Mode.FORCED || time.mishap()) {
            time.later(time.between(0, 12 * HOUR), () -> devices.get(1).ask(old));
        }
        if (time.likelyMishap()) {
            time.later(time.between(0, DAY), () -> devices.get(2).ask(old));
        }
        if (time.chance(0.1)) {
            // Whoever has it by then is replaced in turn.
            time.later(time.between(DAY, 3 * DAY), () -> devices.get(3).ask(checks.ledger));
        }
        if (time.mishap()) {
            offline(0, time.between(HOUR, 3 * DAY));
        }
        for (int i = 0; i < 8; i++) {
            if (time.likelyMishap()) {
                time.later(time.between(0, 3 * DAY), this::mishap);
            }
        }
        time.later(CALM_AFTER, this::calm);
        time.run(LENGTH, checks::step);
        checks.rest(rows.values());
    }

    private void calm() {
        time.calm();
        for (int i = 0; i < desks.size(); i++) {
            comeOnline(i);
        }
    }

    private void mishap() {
        if (time.isCalm()) {
            return;
        }
        int who = time.below(desks.size());
        WorldCard card = desks.get(who).card;
        switch (time.below(16)) {
            case 0, 1, 2 -> offline(who, time.between(MINUTE, 2 * DAY));
            case 3 -> {
                card.forbidsDeletion = who == 0;
                time.tell("has another POL1:", card.nid);
            }
            case 4 -> {
                card.forbidsDisabling = who == 0;
                time.tell("has another POL1:", card.nid);
            }
            case 5 -> die(time.below(2));
            case 6 -> remove(time.below(2));
            case 7, 8 -> operatorOrders(time.below(3));
            case 9 -> anyOpen().ifPresent(id -> fact(id, new ReplacementInput.Cancelled()));
            case 10 -> anyOpen().ifPresent(id -> forceOpen(id, time.chance(0.3)));
            case 11 -> transact(() -> force(NIDS.get(0), NIDS.get(1 + time.below(2)), time.chance(0.3)));
            case 12 -> devices.get(who).refuse();
            default -> attack();
        }
    }

    /** Somebody who has heard everything says it again, or says something like it. */
    private void attack() {
        if (!overheard.isEmpty() && time.chance(0.4)) {
            time.any(overheard).run();
        }
        if (granted.isEmpty()) {
            return;
        }
        attack(time.any(granted));
    }

    private void attack(Ticket ticket) {
        int who = 1 + time.below(3);
        Nid thief = NIDS.get(who);
        Octets own = HASHES.get(who);
        time.tell("is an attacker:", thief);
        switch (time.below(7)) {
            case 0 -> {
                show(thief, ticket.oldNid(), ticket, own, carry(new Offer(ticket, own)));
                time.later(MINUTE, () -> steal(who));
            }
            case 1 -> show(ticket.newNid(), ticket.oldNid(), ticket, own, carry(new Offer(ticket, own)));
            case 2 -> {
                Ticket forged = ticket.until(ticket.notAfter().plusSeconds(86_400));
                show(ticket.newNid(), ticket.oldNid(), forged, ticket.certificateHash(), carry(new Offer(forged, own)));
            }
            case 3 ->
                said(ticket.id(), new ReplacementInput.Answered(thief, ticket.newNid(), ticket.id(), carry("a lie")));
            case 4 -> said(ticket.id(), new ReplacementInput.Receipt(thief, ticket.id()));
            case 5 -> steal(who);
            default ->
                said(
                        new TicketId(new UUID(7, 7)),
                        new ReplacementInput.Answered(
                                ticket.oldNid(), ticket.newNid(), new TicketId(new UUID(7, 7)), carry("a lie")));
        }
    }

    /** Every profile that was ever on the way, put into that card. */
    private void steal(int who) {
        List.copyOf(carried).stream()
                .filter(WorldCard.Export.class::isInstance)
                .forEach(export -> devices.get(who).received(FlowStep.E2, export));
    }

    private void offline(int who, long length) {
        WorldDesk desk = desks.get(who);
        desk.card.online = false;
        time.tell("goes offline:", desk.card.nid);
        time.later(SECOND, () -> transact(() -> desk.online(desk.card.online)));
        time.later(length, () -> comeOnline(who));
    }

    private void comeOnline(int who) {
        WorldDesk desk = desks.get(who);
        if (desk.card.dead || desk.removed || desk.barred) {
            return;
        }
        desk.card.online = true;
        time.tell("comes online:", desk.card.nid);
        time.later(
                SECOND,
                () -> transact(() -> {
                    if (desk.card.online) {
                        desk.online(true);
                        open(desk.card.nid).forEach((id, side) -> fact(id, new ReplacementInput.Online(side)));
                        Quarantine quarantine = desk.quarantine;
                        if (quarantine != null) {
                            step(desk, quarantine.due(time.now(), RULES));
                        }
                    }
                }));
    }

    private void die(int who) {
        time.tell("dies:", NIDS.get(who));
        desks.get(who).card.dead = true;
        desks.get(who).card.online = false;
        time.later(SECOND, () -> transact(() -> desks.get(who).online(false)));
    }

    private void remove(int who) {
        WorldDesk desk = desks.get(who);
        desk.card.online = false;
        time.tell("is taken out of the fleet:", desk.card.nid);
        transact(() -> {
            desk.online(false);
            desk.remove();
            open(desk.card.nid).forEach((id, side) -> fact(id, new ReplacementInput.Removed(side)));
        });
    }

    /** An operator who knows nothing of the replacement. */
    private void operatorOrders(int who) {
        Function[] functions = {Function.ENABLE, Function.ENABLE, Function.DISABLE, Function.DELETE};
        Function function = functions[time.below(functions.length)];
        Instant until = time.now().plusMillis(time.between(MINUTE, DAY));
        String by = "operator-" + time.millis();
        desks.get(who).post(new CardOrder(by, by + "." + who, NIDS.get(who), function, ICCID, until));
    }

    /** The whole of it or nothing; what was to be sent may be lost with the process. */
    void transact(Runnable what) {
        if (time.mishap() && time.chance(0.5)) {
            time.tell("the SM-SR dies before its commit", "");
            time.later(time.between(SECOND, 20 * SECOND), () -> transact(what));
            return;
        }
        what.run();
        boolean crash = time.mishap() && time.chance(0.5);
        if (crash) {
            time.tell("the SM-SR dies after its commit, messages unsent:", sending.size());
        } else {
            sending.forEach(Runnable::run);
        }
        sending.clear();
    }

    /** A device publishes, for everybody who listens. */
    void uplink(Runnable what) {
        if (overheard.size() < 40) {
            overheard.add(() -> transact(what));
        }
        travel(() -> transact(what));
    }

    private void travel(Runnable what) {
        int copies = time.mishap() ? 0 : time.mishap() ? 2 : 1;
        if (copies != 1) {
            time.tell("copies of a message:", copies);
        }
        for (int i = 0; i < copies; i++) {
            time.later(time.mishap() ? time.between(SECOND, 6 * HOUR) : time.between(5, 300), what);
        }
    }

    /** To a device, once the transaction is through; a broker gives out nothing that has expired. */
    void downlink(WorldDesk desk, Instant expiresAt, Runnable what) {
        sending.add(() -> travel(() -> {
            if (desk.card.online && !desk.card.dead && time.now().isBefore(expiresAt)) {
                what.run();
            }
        }));
    }

    void execute(WorldDesk desk, WorldCard.Packet packet) {
        WorldCard card = desk.card;
        boolean was = card.isSubjectEnabled();
        int change = card.change;
        List<Ticket> exported = packet.function() == Function.UNLOCK ? List.copyOf(card.exports) : List.of();
        boolean locked = card.lockedBy != null;
        checks.executing(desk, packet, isolatedAt);
        WorldCard.Answer answer = card.execute(packet);
        if (answer == null) {
            return;
        }
        if (!was && card.isSubjectEnabled()) {
            checks.enabling(card);
        }
        if (locked && card.lockedBy == null && packet.function() == Function.UNLOCK) {
            checks.unlocking(card, exported);
        }
        if (time.tells) {
            time.tell(desk.card.nid + " executes " + packet + " -> " + answer);
        }
        // Ordered by nobody's replacement: an operator's own deletion, whatever is known of it.
        takenAway |= packet.function() == Function.DELETE && packet.ticket() == null && answer.done();
        travel(() -> transact(() -> desk.answered(answer)));
        if (card.change != change) {
            changed(desk, card.change);
        }
    }

    /** REFRESH: the device connects again with the other profile, or finds no network; unconfirmed, the card goes back. */
    private void changed(WorldDesk desk, int change) {
        WorldDevice device = devices.get(desks.indexOf(desk));
        boolean attaches = !time.mishap();
        time.later(2 * SECOND, () -> {
            if (attaches) {
                device.notifyChange(change, 0);
            } else {
                rollBack(desk, device, change);
            }
        });
        time.later(5 * MINUTE, () -> rollBack(desk, device, change));
    }

    private void rollBack(WorldDesk desk, WorldDevice device, int change) {
        if (!desk.card.dead && desk.card.rollBack(change)) {
            if (time.tells) {
                time.tell(desk.card.nid + " goes back to " + desk.card.enabled);
            }
            if (desk.card.isSubjectEnabled()) {
                checks.enabling(desk.card);
            }
            device.notifyRollBack(change);
        }
    }

    void notified(Nid nid, int change, boolean isChange, boolean enabled) {
        if (acknowledged.getOrDefault(nid, -1) >= change || desk(nid).removed) {
            return;
        }
        if (desk(nid).notified(isChange, enabled)) {
            acknowledged.put(nid, change);
        }
    }

    boolean isAcknowledged(Nid nid, int change) {
        return acknowledged.getOrDefault(nid, -1) >= change;
    }

    /** E1 without a ticket: the same request is the same replacement. */
    void requested(String request, Nid from, Nid old) {
        TicketId known = requests.get(request);
        if (known != null) {
            fact(known, new ReplacementInput.Repeated(from));
            return;
        }
        Ticket draft = draft(mode == Mode.FORCED ? Mode.REISSUE : mode, old, from);
        requests.put(request, draft.id());
        apply(draft.id(), null, Replacement.request(draft, time.now(), RULES));
    }

    /** An operator's order; one that is refused has its outcome at once, and there is no replacement. */
    private void force(Nid old, Nid fresh, boolean stolen) {
        Set<TicketId> before = new LinkedHashSet<>(open(old).keySet());
        before.addAll(open(fresh).keySet());
        before.forEach(id -> fold(id, new ReplacementInput.Superseded()));
        if (!isInvolved(old)
                && !isInvolved(fresh)
                && desk(old).quarantine == null
                && !desk(fresh).removed
                && desk(fresh).quarantine == null) {
            Ticket draft = draft(Mode.FORCED, old, fresh);
            apply(draft.id(), null, Replacement.force(draft, stolen, time.now(), RULES));
        }
    }

    private void forceOpen(TicketId id, boolean stolen) {
        fact(id, new ReplacementInput.Forced(stolen));
    }

    private Ticket draft(Mode of, Nid old, Nid fresh) {
        counters++;
        int o = NIDS.indexOf(old);
        int n = NIDS.indexOf(fresh);
        return new Ticket(
                new TicketId(new UUID(0, counters)),
                of,
                TENANT,
                GID,
                old,
                fresh,
                EIDS.get(o),
                EIDS.get(n),
                HASHES.get(n),
                ICCID,
                time.now().plusMillis(7 * DAY),
                new Counter(counters));
    }

    /** E1 with a ticket. */
    void show(Nid from, Nid to, Ticket ticket, Octets certificateHash, Octets payload) {
        uplink(() -> said(ticket.id(), new ReplacementInput.Presented(from, to, ticket, certificateHash, payload)));
    }

    /** A device has said something of a ticket. */
    void said(TicketId ticket, ReplacementInput input) {
        if (rows.containsKey(ticket)) {
            fact(ticket, unbound(input));
        }
    }

    /** One fact, folded for itself under the row's lock, some time later; now and then it is read twice. */
    private void fact(TicketId id, ReplacementInput input) {
        time.later(time.between(1, 300), () -> transact(() -> fold(id, input)));
        if (time.mishap()) {
            time.later(time.between(1, HOUR), () -> transact(() -> fold(id, input)));
        }
    }

    private void fold(TicketId id, ReplacementInput input) {
        Replacement before = rows.get(id);
        ReplacementDecision decision = before.decide(falsified(input), time.now(), RULES);
        if (time.tells) {
            time.tell(id + " " + before.stage() + " " + input + " -> "
                    + decision.next().stage() + " " + decision.ignored() + " " + decision.effects());
        }
        if (decision.ignored() != null && !decision.next().equals(before)) {
            checks.faults.add("what was ignored has changed something");
        }
        if (before.stage() != decision.next().stage()) {
            steps.add(new Transitions.Transition(
                    before.stage(), input.literal(), decision.next().stage()));
        }
        apply(id, before, decision);
    }

    private void apply(TicketId id, @Nullable Replacement before, ReplacementDecision decision) {
        Replacement next = decision.next();
        rows.put(id, next);
        if (before == null || before.stage() != next.stage()) {
            visited.merge(next.stage(), 1, Integer::sum);
        }
        for (Effect effect : decision.effects()) {
            apply(next, effect);
        }
        sabotage(before, next);
        Instant due = rows.get(id).due();
        if (due != null && !due.equals(dueAt.put(id, due))) {
            time.at(
                    due,
                    () -> transact(() -> {
                        if (due.equals(rows.get(id).due())) {
                            dueAt.remove(id);
                            fold(id, new ReplacementInput.Due());
                        }
                    }));
        }
    }

    private void apply(Replacement row, Effect effect) {
        Ticket ticket = row.ticket();
        if (effect instanceof Effect.Look) {
            if (!time.mishap()) {
                fold(ticket.id(), look(row));
            }
        } else if (effect instanceof Effect.TellTicket tell) {
            granted.add(tell.ticket());
            if (time.mishap()) {
                time.later(time.between(0, SECOND), () -> attack(tell.ticket()));
            }
            to(ticket.newNid(), device -> device.told(tell.ticket()));
        } else if (effect instanceof Effect.TellEnd) {
            to(ticket.newNid(), WorldDevice::toldEnd);
        } else if (effect instanceof Effect.Republish again) {
            Object content =
                    carried.get(again.payload().at(0) << 8 | again.payload().at(1));
            to(again.to(), device -> device.received(again.step(), content));
        } else if (effect instanceof Effect.Order order) {
            desk(order.order().nid()).post(order.order());
        } else if (effect instanceof Effect.Release release) {
            desk(release.nid()).post(release);
        } else if (effect instanceof Effect.TakeSubscription) {
            if (!time.mishap()) {
                fact(ticket.id(), new ReplacementInput.Supplied(time.mishap() ? null : SUCCESSOR));
            }
        } else if (effect instanceof Effect.Revoke) {
            checks.revoked = true;
        } else if (effect instanceof Effect.Isolate isolate) {
            isolate(ticket, isolate);
        } else if (effect instanceof Effect.Alarm) {
            if (row.stage() == Stage.DELETING && time.chance(0.5)) {
                time.later(time.between(HOUR, 5 * DAY), () -> forceOpen(ticket.id(), time.chance(0.3)));
            }
            if (row.stage() == Stage.ENABLING && time.chance(0.5)) {
                time.later(time.between(HOUR, 5 * DAY), () -> fact(ticket.id(), new ReplacementInput.Cancelled()));
            }
        } else if (effect instanceof Effect.HolderChanged changed) {
            if (changed.iccid().equals(ICCID)) {
                checks.ledger = changed.to();
            }
        } else if (effect instanceof Effect.Progressed progressed) {
            progressed(ticket, progressed);
        }
    }

    private void progressed(Ticket ticket, Effect.Progressed progressed) {
        if (progressed.stage() == Stage.AWAITING_APPROVAL && !time.chance(0.1)) {
            time.later(
                    time.between(MINUTE, 2 * DAY),
                    () -> fact(
                            ticket.id(),
                            time.chance(0.8)
                                    ? new ReplacementInput.Approved(ticket.mode())
                                    : new ReplacementInput.Declined("not that one")));
        }
        Stage stage = progressed.stage();
        boolean brief = stage == Stage.REQUESTED || stage == Stage.AGREED || stage == Stage.FORCED;
        if (time.mishap() && time.chance(brief ? 0.5 : 0.2)) {
            time.later(time.between(0, brief ? 30 * SECOND : 2 * MINUTE), () -> meddle(ticket));
        }
        if (progressed.outcome() != null) {
            checks.ended(ticket.id());
            outcomes.add(progressed.outcome());
        }
    }

    /** Right in the middle of a stage. */
    private void meddle(Ticket ticket) {
        switch (time.below(10)) {
            case 0 -> remove(NIDS.indexOf(ticket.oldNid()));
            case 1 -> remove(NIDS.indexOf(ticket.newNid()));
            case 2 -> die(NIDS.indexOf(ticket.oldNid()));
            case 3 -> forceOpen(ticket.id(), time.chance(0.3));
            case 4, 5 -> operatorOrders(NIDS.indexOf(ticket.newNid()));
            case 6 -> operatorOrders(NIDS.indexOf(ticket.oldNid()));
            case 7 -> transact(() -> force(ticket.oldNid(), ticket.newNid(), time.chance(0.3)));
            default -> fact(ticket.id(), new ReplacementInput.Cancelled());
        }
    }

    private void isolate(Ticket ticket, Effect.Isolate isolate) {
        WorldDesk desk = desk(isolate.nid());
        isolatedAt = Math.min(isolatedAt, desk.counter());
        if (isolate.cutOff()) {
            desk.barred = true;
            desk.card.online = false;
            desk.online(false);
        }
        step(
                desk,
                Quarantine.begin(
                        "q-" + ticket.id(), isolate.nid(), isolate.iccid(), time.chance(0.5), time.now(), RULES));
    }

    private void step(WorldDesk desk, Quarantine.Step step) {
        Quarantine next = step.next();
        desk.quarantine = next;
        step.orders().forEach(desk::post);
        Instant due = next.due();
        if (due != null && !isUnreachable(desk.card.nid)) {
            // A card that refuses for good is asked for ever: here, for a while.
            Instant later = time.isCalm() ? due.plusMillis(10 * DAY) : due;
            time.at(
                    later,
                    () -> transact(() -> {
                        if (next.equals(desk.quarantine)) {
                            step(desk, next.due(time.now(), RULES));
                        }
                    }));
        }
    }

    private ReplacementInput.Looked look(Replacement row) {
        Ticket ticket = row.ticket();
        WorldDesk old = desk(ticket.oldNid());
        WorldDesk fresh = desk(ticket.newNid());
        boolean first = row.stage() == Stage.REQUESTED;
        Ineligible refusal = null;
        if (old.removed || fresh.removed) {
            refusal = Ineligible.NOT_REGISTERED;
        } else if (bug != Bug.GRANTS_TWO_SUCCESSORS
                && (isInvolved(ticket.oldNid(), ticket.id()) || isInvolved(ticket.newNid(), ticket.id()))) {
            refusal = Ineligible.IN_REPLACEMENT;
        } else if (old.quarantine != null || fresh.quarantine != null) {
            refusal = Ineligible.QUARANTINED;
        } else if (first && old.known == WorldDesk.Known.ABSENT) {
            refusal = Ineligible.PROFILE_NOT_FOUND;
        } else if (fresh.known != WorldDesk.Known.ABSENT) {
            refusal = Ineligible.ICCID_ON_CARD;
        } else if (time.mishap() && time.chance(0.3)) {
            refusal = Ineligible.POL2_FORBIDS;
        }
        return new ReplacementInput.Looked(
                Optional.ofNullable(refusal), first && time.chance(0.2), old.known == WorldDesk.Known.ENABLED);
    }

    /** A procedure has its outcome: a fact for whoever has ordered it. */
    void ended(CardOrder order, Outcome outcome, Finding finding) {
        if (time.tells) {
            time.tell(order.id() + " " + order.function() + " of " + order.nid() + " ended " + outcome.code() + " "
                    + finding);
        }
        ReplacementInput.OrderEnded fact = new ReplacementInput.OrderEnded(order.id(), outcome, finding);
        if (isReplacement(order.by())) {
            fact(TicketId.of(order.by()), fact);
        } else if (order.by().startsWith("q-")) {
            WorldDesk desk = desk(order.nid());
            time.later(
                    time.between(1, 300),
                    () -> transact(() -> step(desk, desk.quarantine.ended(fact, time.now(), RULES))));
        }
    }

    private void to(Nid nid, Consumer<WorldDevice> what) {
        int who = NIDS.indexOf(nid);
        downlink(desks.get(who), time.now().plusMillis(DAY), () -> what.accept(devices.get(who)));
    }

    Octets carry(Object content) {
        carried.add(content);
        int index = carried.size() - 1;
        return Octets.ofInts(index >> 8, index & 0xff);
    }

    private Map<TicketId, Side> open(Nid nid) {
        Map<TicketId, Side> found = new LinkedHashMap<>();
        for (Replacement row : rows.values()) {
            if (row.isOpen() && row.ticket().oldNid().equals(nid)) {
                found.put(row.ticket().id(), Side.OLD);
            } else if (row.isOpen() && row.ticket().newNid().equals(nid)) {
                found.put(row.ticket().id(), Side.NEW);
            }
        }
        return found;
    }

    private Optional<TicketId> anyOpen() {
        return rows.values().stream()
                .filter(Replacement::isOpen)
                .map(row -> row.ticket().id())
                .findAny();
    }

    private boolean isInvolved(Nid nid) {
        return !open(nid).isEmpty();
    }

    private boolean isInvolved(Nid nid, TicketId but) {
        return open(nid).keySet().stream().anyMatch(id -> !id.equals(but));
    }

    boolean isReplacement(String by) {
        return by.charAt(0) == '0';
    }

    @Nullable
    Ticket ticketOf(String by) {
        return isReplacement(by) ? rows.get(TicketId.of(by)).ticket() : null;
    }

    /** A card that nobody will hear of again. */
    boolean isUnreachable(Nid nid) {
        WorldDesk desk = desk(nid);
        return desk.card.dead || desk.removed || desk.barred;
    }

    /** Whether somebody has deleted the profile who may: an operator, or a quarantine. */
    boolean wasTakenAway() {
        return takenAway || desks.stream().anyMatch(desk -> desk.quarantine != null);
    }

    Collection<WorldDesk> desks() {
        return desks;
    }

    WorldDesk desk(Nid nid) {
        return desks.get(NIDS.indexOf(nid));
    }

    Iccid iccid() {
        return ICCID;
    }

    @Nullable
    Bug bug() {
        return bug;
    }

    WorldChecks checks() {
        return checks;
    }

    List<String> faults() {
        return checks.faults;
    }

    List<String> story() {
        return time.story;
    }

    /** What a machine with that bug would have done beside. */
    private void sabotage(@Nullable Replacement before, Replacement next) {
        if (before == null || before.stage() == next.stage()) {
            return;
        }
        if (bug == Bug.ENABLES_BEFORE_DELETION && next.stage() == Stage.DELETING) {
            extra(next, Side.NEW, Function.ENABLE);
        }
        if (bug == Bug.UNLOCKS_WITHOUT_PROOF && next.stage() == Stage.WITHDRAWING) {
            extra(next, Side.OLD, Function.UNLOCK);
        }
    }

    private void extra(Replacement row, Side side, Function function) {
        String by = row.ticket().id().toString();
        Nid nid = row.ticket().nid(side);
        desk(nid)
                .post(new CardOrder(
                        by, by + ".extra", nid, function, ICCID, time.now().plusMillis(DAY)));
    }

    private ReplacementInput falsified(ReplacementInput input) {
        boolean silence = bug == Bug.TAKES_SILENCE_FOR_DELETION
                && input instanceof ReplacementInput.OrderEnded ended
                && ended.finding() == Finding.UNKNOWN;
        return silence
                ? new ReplacementInput.OrderEnded(
                        ((ReplacementInput.OrderEnded) input).order(), Outcome.SUCCEEDED, Finding.ABSENT)
                : input;
    }

    private ReplacementInput unbound(ReplacementInput input) {
        return bug == Bug.TICKET_BOUND_TO_NO_CARD && input instanceof ReplacementInput.Presented shown
                ? new ReplacementInput.Presented(
                        shown.ticket().newNid(),
                        shown.ticket().oldNid(),
                        shown.ticket(),
                        shown.ticket().certificateHash(),
                        shown.payload())
                : input;
    }
}
