package io.godwit.provisioning.intake;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.postgres.ReplacementFactTable;
import io.godwit.provisioning.postgres.ReplacementTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tenant's turn with its replacements: what they have to hear of, what is asked for, and those whose time has come. Each is
 * a transaction of its own, so that one that cannot be decided upon is put aside and keeps nothing else waiting.
 */
final class ReplacementWork {
    private static final Logger LOG = LoggerFactory.getLogger(ReplacementWork.class);
    /** A turn is a second at most or so: others wait for it. */
    private static final int AT_ONCE = 50;

    private static final int FACTS_AT_ONCE = 100;
    private static final Duration POSTPONED = Duration.ofMinutes(5);
    private static final String REASON = "NOT_DECIDABLE";

    private final Circumstances circumstances;
    private final Downlink downlink;
    private final TenantId tenant;

    ReplacementWork(Circumstances circumstances, Downlink downlink, TenantId tenant) {
        this.circumstances = circumstances;
        this.downlink = downlink;
        this.tenant = tenant;
    }

    /** What is done with replacements in one transaction. */
    private interface Piece {
        boolean on(Replacements replacements, List<Addressed> send) throws SQLException;
    }

    /** @return whether something was done */
    boolean turn() throws SQLException {
        Instant now = circumstances.now();
        boolean done = false;
        for (String ticket : in(connection -> ReplacementFactTable.tickets(connection, tenant, AT_ONCE))) {
            done |= hear(ticket);
        }
        for (String ticket : in(connection -> ReplacementTable.due(connection, tenant, now, AT_ONCE))) {
            done |= due(ticket);
        }
        for (int i = 0; i < AT_ONCE && answer(); i++) {
            done = true;
        }
        return done;
    }

    private boolean hear(String ticket) throws SQLException {
        return facts(
                ticket,
                (replacements, send) -> replacements.hear(ticket, FACTS_AT_ONCE, send),
                (replacements, send) -> replacements.hear(ticket, 1, send));
    }

    private boolean answer() throws SQLException {
        return facts(ReplacementFactTable.NO_TICKET, Replacements::answer, Replacements::answer);
    }

    /** If it fails, the fact that waits longest is worked on alone; if that fails too, it is a dead letter. */
    private boolean facts(String ticket, Piece all, Piece first) throws SQLException {
        DataFault.Attempt attempt = attempt(all);
        if (attempt.fault() == null) {
            return attempt.done();
        }
        LOG.warn("Facts of a replacement are folded one by one. tenant={} ticket={}", tenant, ticket, attempt.fault());
        OptionalLong id = in(connection -> ReplacementFactTable.first(connection, tenant, ticket));
        DataFault.Attempt alone = attempt(first);
        if (alone.fault() != null && id.isPresent()) {
            bury(ticket, id.getAsLong(), alone.fault());
        }
        return true;
    }

    private boolean due(String ticket) throws SQLException {
        DataFault.Attempt attempt = attempt((replacements, send) -> replacements.due(ticket, send));
        if (attempt.fault() == null) {
            return attempt.done();
        }
        LOG.error(
                "A replacement cannot be decided upon; it is looked at again later. tenant={} ticket={}",
                tenant,
                ticket,
                attempt.fault());
        return in(connection -> {
            ReplacementTable.postpone(
                    connection, tenant, ticket, circumstances.now().plus(POSTPONED));
            return false;
        });
    }

    private void bury(String ticket, long id, Exception fault) throws SQLException {
        LOG.error("A fact of a replacement was put aside. tenant={} ticket={} fact={}", tenant, ticket, id, fault);
        in(connection -> {
            Optional<String> fact = ReplacementFactTable.remove(connection, tenant, id);
            if (fact.isPresent()) {
                circumstances.meters().deadLetter(REASON);
                Outbox.append(connection, List.of(letter(topics(connection), ticket, id, fact.get())));
            }
            return fact.isPresent();
        });
    }

    private OutboxRecord letter(TopicSet topics, String ticket, long id, String fact) {
        return new OutboxRecord(
                tenant.value(),
                topics.deadLetter(),
                null,
                ticket.isEmpty() ? "/" : ticket,
                Map.of(
                        RecordHeaders.TENANT,
                        tenant.value(),
                        RecordHeaders.REASON,
                        REASON,
                        RecordHeaders.ORIGIN,
                        "replacement_fact/" + id),
                Octets.utf8(fact));
    }

    private DataFault.Attempt attempt(Piece piece) throws SQLException {
        List<Addressed> send = new ArrayList<>();
        DataFault.Attempt attempt = DataFault.attempt(() -> in(
                connection -> piece.on(new Replacements(connection, tenant, topics(connection), circumstances), send)));
        if (attempt.fault() == null) {
            downlink.send(send);
        }
        return attempt;
    }

    private <T> T in(TenantTransaction.Work<T, RuntimeException> work) throws SQLException {
        return circumstances.transactions().in(tenant, work);
    }

    private TopicSet topics(Connection connection) throws SQLException {
        return FleetTable.tenant(connection, tenant).topicSet();
    }
}
