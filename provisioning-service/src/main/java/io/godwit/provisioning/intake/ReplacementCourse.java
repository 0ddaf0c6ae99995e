package io.godwit.provisioning.intake;

import static java.util.Objects.requireNonNull;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ReplacementParties;
import io.godwit.provisioning.postgres.ReplacementTable;
import io.godwit.provisioning.postgres.StockTable;
import io.godwit.provisioning.replacement.CardOrder;
import io.godwit.provisioning.replacement.Effect;
import io.godwit.provisioning.replacement.Finding;
import io.godwit.provisioning.replacement.Ignored;
import io.godwit.provisioning.replacement.Mode;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.replacement.Replacement;
import io.godwit.provisioning.replacement.ReplacementDecision;
import io.godwit.provisioning.replacement.ReplacementInput;
import io.godwit.provisioning.replacement.ReplacementRules;
import io.godwit.provisioning.replacement.Side;
import io.godwit.provisioning.replacement.Stage;
import io.godwit.provisioning.replacement.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One replacement on its way through what has happened, with its row and both cards locked. */
final class ReplacementCourse {
    private static final ReplacementRules RULES = ReplacementRules.DEFAULTS;

    private final Connection connection;
    private final TenantId tenant;
    private final TopicSet topics;
    private final Circumstances circumstances;
    private final Instant now;
    private final CardBatch batch;
    private final Candidacy candidacy;
    private final ReplacementOrders orders;
    private final List<Addressed> send;
    private final Deque<ReplacementInput> following = new ArrayDeque<>();
    private final List<OutboxRecord> events = new ArrayList<>();
    private Replacement replacement;
    private String request;
    private Nid holder;
    private final String reason;
    private long told;
    private @Nullable ProfileDownload supply;

    /** @param send gets what is to be sent after the commit */
    ReplacementCourse(
            Connection connection,
            TenantId tenant,
            TopicSet topics,
            Circumstances circumstances,
            ReplacementTable.Row row,
            CardBatch batch,
            List<Addressed> send) {
        this.connection = connection;
        this.tenant = tenant;
        this.topics = topics;
        this.circumstances = circumstances;
        this.now = circumstances.now();
        this.batch = batch;
        this.candidacy = new Candidacy(connection, tenant, circumstances, batch);
        this.orders =
                new ReplacementOrders(connection, tenant, circumstances, batch, event -> events.add(record(event)));
        this.send = send;
        this.replacement = row.replacement();
        this.request = row.request();
        this.holder = row.holder();
        this.reason = row.reason();
        this.told = row.events();
        this.supply = row.supply();
    }

    private Ticket ticket() {
        return replacement.ticket();
    }

    void heard(List<ReplacementFact> facts) throws SQLException {
        for (ReplacementFact fact : facts) {
            heard(fact);
        }
    }

    private void heard(ReplacementFact fact) throws SQLException {
        if (fact instanceof ReplacementFact.Asked asked) {
            asked(asked);
        } else if (fact instanceof ReplacementFact.Answered answered) {
            decide(answer(answered), null);
        } else if (fact instanceof ReplacementFact.Ended ended) {
            decide(ended(ended), ended.evidence());
        } else if (fact instanceof ReplacementFact.Forced forced) {
            forced(forced.order());
        } else if (fact instanceof ReplacementFact.Decided decided) {
            decide(
                    switch (decided.verdict()) {
                        case APPROVE -> approved(decided.peer() ? Mode.PEER : Mode.REISSUE);
                        case REFUSE ->
                            new ReplacementInput.Declined(
                                    decided.reason() == null ? "without a reason" : decided.reason());
                        case CANCEL -> new ReplacementInput.Cancelled();
                    },
                    null);
        } else if (fact instanceof ReplacementFact.Received received) {
            decide(new ReplacementInput.Receipt(received.from(), ticket().id()), null);
        } else if (fact instanceof ReplacementFact.Came came) {
            decide(new ReplacementInput.Online(side(came.nid())), null);
        } else {
            decide(new ReplacementInput.Removed(side(((ReplacementFact.Left) fact).nid())), null);
        }
    }

    private Side side(Nid nid) {
        return nid.equals(ticket().oldNid()) ? Side.OLD : Side.NEW;
    }

    private void asked(ReplacementFact.Asked asked) throws SQLException {
        if (asked.from().equals(ticket().newNid())) {
            request = asked.request();
        }
        ReplacementInput input = asked.withTicket()
                ? PeerTickets.presented(asked, ticket())
                : new ReplacementInput.Repeated(asked.from());
        ReplacementDecision decision = decide(input, null);
        if (decision.ignored() != null && asked.withTicket()) {
            send.add(new ReplacementWords(topics, tenant, asked.from(), asked.request(), now)
                    .refused(
                            asked.from(),
                            decision.ignored().name(),
                            decision.ignored().sentence()));
        }
    }

    /** How the profile goes is the operator's to say, as long as no ticket is out. */
    private ReplacementInput approved(Mode mode) throws SQLException {
        return new ReplacementInput.Approved(
                mode,
                replacement.stage() == Stage.AWAITING_APPROVAL
                        ? candidacy.look(ticket().in(mode)).refusal()
                        : Optional.empty());
    }

    private ReplacementInput answer(ReplacementFact.Answered answered) {
        return answered.refusal() == null
                ? new ReplacementInput.Answered(answered.from(), answered.to(), ticket().id(), answered.payload())
                : new ReplacementInput.Kept(answered.from(), answered.to(), ticket().id(), answered.refusal());
    }

    private ReplacementInput.OrderEnded ended(ReplacementFact.Ended ended) {
        CardOrder pending = replacement.asking().pending();
        if (pending == null || !pending.operation().equals(ended.order())) {
            return new ReplacementInput.OrderEnded(ended.order(), ended.outcome(), Finding.UNKNOWN);
        }
        Finding finding = batch.card(pending.nid())
                .map(card -> ReplacementFacts.finding(card, pending, ended.outcome(), ended.sent()))
                .orElse(Finding.UNKNOWN);
        return new ReplacementInput.OrderEnded(pending.id(), ended.outcome(), finding);
    }

    /** An order that was heard before changes nothing; one that comes too late gives back what was taken for it. */
    private void forced(OrderRecord.ForceReplacement order) throws SQLException {
        if (supply != null) {
            return;
        }
        supply = order.download();
        Ignored ignored =
                decide(new ReplacementInput.Forced(order.stolen()), null).ignored();
        if (ignored != null) {
            supply = null;
            // What was taken from the stock goes back there by it.
            events.add(record(new EventRecord.OperationFailed(
                    now, tenant, order.operation(), ignored.name(), ignored.sentence())));
        }
    }

    ReplacementDecision decide(ReplacementInput input, @Nullable Octets evidence) throws SQLException {
        ReplacementDecision decision = replacement.decide(input, now, RULES);
        carryOut(decision, evidence);
        follow();
        return decision;
    }

    private void follow() throws SQLException {
        while (!following.isEmpty()) {
            carryOut(replacement.decide(following.remove(), now, RULES), null);
        }
    }

    private void carryOut(ReplacementDecision decision, @Nullable Octets evidence) throws SQLException {
        replacement = decision.next();
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.HolderChanged changed) {
                holder = changed.to();
            }
        }
        for (Effect effect : decision.effects()) {
            carryOut(effect, evidence);
        }
    }

    private void carryOut(Effect effect, @Nullable Octets evidence) throws SQLException {
        ReplacementWords words = words();
        if (effect instanceof Effect.Look) {
            following.add(
                    replacement.stage() == Stage.REQUESTED ? candidacy.first(ticket()) : candidacy.look(ticket()));
        } else if (effect instanceof Effect.TellTicket tell) {
            send.add(words.ticket(
                    tell.ticket(),
                    circumstances
                            .signing()
                            .signer()
                            .flatMap(signer -> PeerTickets.sign(tell.ticket(), signer))
                            .orElse(null)));
        } else if (effect instanceof Effect.TellWaiting) {
            send.add(words.waiting(replacement));
        } else if (effect instanceof Effect.TellEnd end) {
            words.end(end.to(), end.outcome()).ifPresent(send::add);
        } else if (effect instanceof Effect.Republish again) {
            send.add(words.passedOn(again.step(), again.to(), again.payload(), ticket().notAfter()));
        } else if (effect instanceof Effect.Order order) {
            orders.give(order.order(), ticket(), supply);
        } else if (effect instanceof Effect.TakeSubscription) {
            following.add(new ReplacementInput.Supplied(supply == null ? null : supply.iccid()));
        } else if (effect instanceof Effect.Revoke revoke) {
            StockTable.revoke(connection, tenant, revoke.iccid());
        } else if (effect instanceof Effect.Isolate isolate) {
            // That the broker lets its device in no more the registry has told it at once.
            batch.isolate(isolate.nid(), Quarantine.begin(ticket().id(), isolate.nid(), isolate.iccid(), now, RULES));
        } else if (effect instanceof Effect.Release release) {
            batch.hold(release.nid())
                    .filter(hold -> hold.endsWith(release))
                    .ifPresent(hold -> batch.hold(release.nid(), null));
        } else if (effect instanceof Effect.Alarm alarm) {
            tell(new EventRecord.ReplacementStuck(
                    now, tenant, ticket().id().toString(), ++told, parties(), alarm.code(), alarm.detail()));
        } else if (effect instanceof Effect.Progressed progressed) {
            progressed(progressed.stage(), progressed.outcome(), evidence);
        }
    }

    private void progressed(Stage stage, @Nullable Outcome outcome, @Nullable Octets evidence) throws SQLException {
        if (stage == Stage.DELETING && ticket().mode() == Mode.PEER) {
            // As when it is installed anew: it becomes the new card's when the old one is without it.
            StockTable.promise(connection, tenant, ticket().iccid(), ticket().newNid());
        }
        tell(new EventRecord.ReplacementProgressed(
                now,
                tenant,
                ticket().id().toString(),
                ++told,
                parties(),
                stage.literal(),
                holder,
                outcome,
                stage == Stage.ENABLING ? evidence : null,
                stage == Stage.COMPLETED ? evidence : null,
                replacement.forced()));
    }

    private ReplacementParties parties() {
        return new ReplacementParties(
                ticket().mode().literal(),
                ticket().gid(),
                ticket().oldNid(),
                ticket().newNid(),
                ticket().iccid(),
                reason);
    }

    private void tell(EventRecord.OfReplacement event) {
        events.add(record(event));
    }

    /** What it was opened by. */
    void open(ReplacementDecision opened) throws SQLException {
        carryOut(opened, null);
        follow();
    }

    boolean isOpen() {
        return replacement.isOpen();
    }

    /** How it has ended. */
    Outcome outcome() {
        return requireNonNull(replacement.outcome(), "it is open");
    }

    /** Stores a new one. */
    void insert() throws SQLException {
        ReplacementTable.insert(connection, tenant, row(), now);
        tell();
    }

    /** Stores it as it is now. */
    void update() throws SQLException {
        ReplacementTable.update(connection, tenant, row());
        tell();
    }

    private ReplacementTable.Row row() {
        return new ReplacementTable.Row(replacement, request, reason, holder, told, supply);
    }

    /** The cards' events behind the replacement's own: it says what will be done before a card says that it was. */
    private void tell() throws SQLException {
        Outbox.append(connection, events);
        send.addAll(batch.store());
    }

    private OutboxRecord record(EventRecord event) {
        return OutboxRecord.of(tenant, topics.events(), event.key(), event.encode());
    }

    private ReplacementWords words() {
        return new ReplacementWords(topics, tenant, ticket().newNid(), request, now);
    }
}
