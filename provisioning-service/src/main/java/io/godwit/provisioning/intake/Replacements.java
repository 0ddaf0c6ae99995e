package io.godwit.provisioning.intake;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.ReplacementFactTable;
import io.godwit.provisioning.postgres.ReplacementTable;
import io.godwit.provisioning.replacement.Ineligible;
import io.godwit.provisioning.replacement.Replacement;
import io.godwit.provisioning.replacement.ReplacementDecision;
import io.godwit.provisioning.replacement.ReplacementInput;
import io.godwit.provisioning.replacement.ReplacementRules;
import io.godwit.provisioning.replacement.Ticket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at replacements and does what they decide. The replacement's row is locked first and then its two cards; who works on
 * cards notes facts and touches no replacement, so that nobody waits in a circle. Lives for one transaction.
 */
final class Replacements {
    private static final Duration KEPT = Duration.ofDays(31);
    private static final ReplacementRules RULES = ReplacementRules.DEFAULTS;

    private final Connection connection;
    private final TenantId tenant;
    private final TopicSet topics;
    private final Circumstances circumstances;
    private final Instant now;

    Replacements(Connection connection, TenantId tenant, TopicSet topics, Circumstances circumstances) {
        this.connection = connection;
        this.tenant = tenant;
        this.topics = topics;
        this.circumstances = circumstances;
        this.now = circumstances.now();
    }

    /**
     * Folds facts that wait under a ticket.
     *
     * @param limit how many at most
     * @param send gets what is to be sent after the commit
     * @return whether there were any that nobody else works on
     */
    boolean hear(String ticket, int limit, List<Addressed> send) throws SQLException {
        Optional<ReplacementTable.Row> row = ReplacementTable.lockFree(connection, tenant, ticket);
        if (row.isEmpty() && ReplacementTable.exists(connection, tenant, ticket)) {
            return false;
        }
        List<ReplacementFact> facts = take(ticket, limit);
        if (row.isPresent()) {
            fold(row.get(), course -> course.heard(facts), send);
            return !facts.isEmpty();
        }
        return begin(ticket, facts, send);
    }

    /** The due time of that one has come; nothing happens when somebody else works on it. */
    boolean due(String ticket, List<Addressed> send) throws SQLException {
        Optional<ReplacementTable.Row> row = ReplacementTable.lockDue(connection, tenant, ticket, now);
        if (row.isPresent()) {
            fold(row.get(), course -> course.decide(new ReplacementInput.Due(), null), send);
        }
        return row.isPresent();
    }

    /** Answers the E1 without a ticket that waits longest; false when none waits. */
    boolean answer(List<Addressed> send) throws SQLException {
        List<ReplacementFact> asked = take(ReplacementFactTable.NO_TICKET, 1);
        for (ReplacementFact fact : asked) {
            request((ReplacementFact.Asked) fact, send);
        }
        return !asked.isEmpty();
    }

    private List<ReplacementFact> take(String ticket, int limit) throws SQLException {
        List<ReplacementFact> facts = new ArrayList<>();
        for (Fields fields : ReplacementFactTable.take(connection, tenant, ticket, limit)) {
            facts.add(ReplacementFact.fromJson(fields));
        }
        return facts;
    }

    /** An operator's order gives the ticket; else it is one that nobody was given. */
    private boolean begin(String ticket, List<ReplacementFact> facts, List<Addressed> send) throws SQLException {
        Optional<OrderRecord.ForceReplacement> order = facts.stream()
                .filter(ReplacementFact.Forced.class::isInstance)
                .map(fact -> ((ReplacementFact.Forced) fact).order())
                .findFirst();
        if (order.isPresent() && !ReplacementTable.isRefused(connection, tenant, ticket)) {
            if (!giveWay(order.get(), send)) {
                ReplacementFactTable.append(
                        connection,
                        tenant,
                        facts.stream()
                                .map(fact -> new ReplacementFactTable.Row(ticket, fact.toJson()))
                                .toList());
                return false;
            }
            force(order.get(), send);
        }
        for (ReplacementFact fact : facts) {
            if (fact instanceof ReplacementFact.Asked asked) {
                send.add(words(asked).refused(asked.from(), "NO_SUCH_TICKET", "there is no such ticket"));
            }
        }
        return !facts.isEmpty();
    }

    /** E1 without a ticket: it opens a replacement, or is one that was heard before. */
    private void request(ReplacementFact.Asked asked, List<Addressed> send) throws SQLException {
        try (CardBatch batch = lock(asked.to(), asked.from())) {
            if (!batch.hasActive(asked.from())) {
                return;
            }
            Optional<String> earlier =
                    ReplacementTable.latest(connection, tenant, asked.to(), asked.from(), asked.request());
            if (earlier.isPresent()) {
                ReplacementFactTable.append(
                        connection, tenant, List.of(new ReplacementFactTable.Row(earlier.get(), asked.toJson())));
                return;
            }
            RefusedRequests refusals = new RefusedRequests(connection, tenant, batch, asked.from());
            if (refusals.areTooMany()) {
                send.add(refused(asked, Ineligible.TOO_MANY_REQUESTS));
                refusals.tooMany();
                send.addAll(batch.store());
                return;
            }
            Candidacy.Draft draft = new Candidacy(connection, tenant, circumstances, batch).draft(asked);
            if (draft instanceof Candidacy.Draft.Refused refused) {
                send.add(refused(asked, refused.why()));
                refusals.add(refused.why().outcome());
                send.addAll(batch.store());
                return;
            }
            ReplacementDecision opened = Replacement.request(((Candidacy.Draft.Drafted) draft).ticket(), now, RULES);
            ReplacementTable.prune(connection, tenant, asked.from(), now.minus(KEPT));
            ReplacementCourse course = course(
                    new ReplacementTable.Row(opened.next(), asked.request(), asked.reason(), asked.to(), 0, null),
                    batch,
                    send);
            course.open(opened);
            if (course.isOpen()) {
                course.insert();
            } else {
                // It leaves no replacement: its first word was its last.
                refusals.add(course.outcome());
                send.addAll(batch.store());
            }
        }
    }

    private void force(OrderRecord.ForceReplacement order, List<Addressed> send) throws SQLException {
        try (CardBatch batch = lock(order.old(), order.successor())) {
            Candidacy.Draft draft = new Candidacy(connection, tenant, circumstances, batch).draft(order);
            if (draft instanceof Candidacy.Draft.Refused refused) {
                ReplacementTable.refuse(connection, tenant, order.operation(), now, now.minus(KEPT));
                // What was taken from the stock goes back there by it.
                EventRecord.OfOperation failed = new EventRecord.OperationFailed(
                        now,
                        tenant,
                        order.operation(),
                        refused.why().name(),
                        refused.why().sentence());
                Outbox.append(
                        connection, List.of(OutboxRecord.of(tenant, topics.events(), failed.key(), failed.encode())));
                return;
            }
            ReplacementDecision opened =
                    Replacement.force(((Candidacy.Draft.Drafted) draft).ticket(), order.stolen(), now, RULES);
            ReplacementCourse course = course(
                    new ReplacementTable.Row(
                            opened.next(), order.operation(), order.reason(), order.old(), 0, order.download()),
                    batch,
                    send);
            course.open(opened);
            course.insert();
        }
    }

    /**
     * What has touched no card yet ends before an operator's order, so that no device keeps itself from being given up.
     *
     * @return false: somebody else works on one of them
     */
    private boolean giveWay(OrderRecord.ForceReplacement order, List<Addressed> send) throws SQLException {
        List<ReplacementTable.Row> rows = new ArrayList<>();
        Set<Nid> nids = new LinkedHashSet<>(List.of(order.old(), order.successor()));
        for (ReplacementTable.Part part : ReplacementTable.open(connection, tenant, nids)) {
            Optional<ReplacementTable.Row> row =
                    ReplacementTable.lockFree(connection, tenant, part.ticket().toString());
            if (row.isEmpty()) {
                return false;
            }
            rows.add(row.get());
            nids.add(part.oldNid());
            nids.add(part.newNid());
        }
        if (!rows.isEmpty()) {
            // All of them at once, in the one order of all.
            CardTable.lock(connection, tenant, nids);
        }
        for (ReplacementTable.Row row : rows) {
            fold(row, course -> course.decide(new ReplacementInput.Superseded(), null), send);
        }
        return true;
    }

    /** What a replacement is put through. */
    private interface Step {
        void on(ReplacementCourse course) throws SQLException;
    }

    private void fold(ReplacementTable.Row row, Step step, List<Addressed> send) throws SQLException {
        Ticket ticket = row.replacement().ticket();
        try (CardBatch batch = lock(ticket.oldNid(), ticket.newNid())) {
            ReplacementCourse course = course(row, batch, send);
            step.on(course);
            course.update();
        }
    }

    private ReplacementCourse course(ReplacementTable.Row row, CardBatch batch, List<Addressed> send) {
        return new ReplacementCourse(connection, tenant, topics, circumstances, row, batch, send);
    }

    private CardBatch lock(Nid one, Nid other) throws SQLException {
        CardBatch batch = CardBatch.lock(connection, tenant, topics, circumstances, List.of(one, other));
        batch.expectKeyAgreement(one);
        batch.expectKeyAgreement(other);
        return batch;
    }

    private Addressed refused(ReplacementFact.Asked asked, Ineligible why) {
        return words(asked).refused(asked.from(), why.name(), why.sentence());
    }

    private ReplacementWords words(ReplacementFact.Asked asked) {
        return new ReplacementWords(topics, tenant, asked.from(), asked.request(), now);
    }
}
