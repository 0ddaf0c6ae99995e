package io.godwit.provisioning.intake;

import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.provisioning.keys.UnwrapException;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.ClaimTable;
import io.godwit.provisioning.postgres.DueTable;
import io.godwit.provisioning.postgres.ExpansionTable;
import io.godwit.provisioning.postgres.FleetTable;
import io.godwit.provisioning.postgres.ParkedTable;
import io.godwit.provisioning.postgres.ProcedureTable;
import io.godwit.provisioning.postgres.RegroupingTable;
import io.godwit.provisioning.postgres.RequestTable;
import io.godwit.provisioning.procedure.CardInput;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.procedure.Purpose;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time brings: due procedures, group orders to be expanded, parked orders to be given up. Every process does it; the
 * rows are shared by locks that are skipped, so that none waits for another.
 */
public final class DueWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);
    private static final long LOOK_MILLIS = 200;
    private static final int BATCH = 500;
    private static final int REQUESTS = 50;
    private static final Duration POSTPONED = Duration.ofMinutes(5);

    private final DataSource dispatcher;
    private final Circumstances circumstances;
    private final OrderSettings settings;
    private final Downlink downlink;
    private final Thread thread = new Thread(this::run, "due-work");
    private volatile boolean running = true;

    /** @param dispatcher logs in as the role that sees which tenants have work due */
    public DueWork(DataSource dispatcher, Circumstances circumstances, OrderSettings settings, Downlink downlink) {
        this.dispatcher = dispatcher;
        this.circumstances = circumstances;
        this.settings = settings;
        this.downlink = downlink;
    }

    /** To be called once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (running) {
            boolean more = false;
            try {
                more = look();
            } catch (SQLException e) {
                LOG.warn("Due work waits: the state cannot be read or written. cause={}", e.toString());
            } catch (Throwable e) { // Nobody else would start this thread again, and no deadline would pass any more.
                LOG.error("Due work stumbled and goes on.", e);
            }
            if (!more) {
                pause();
            }
        }
    }

    /** @return whether something was done, so that more may be waiting */
    boolean look() throws SQLException {
        List<TenantId> tenants;
        try (Connection connection = dispatcher.getConnection()) {
            tenants = DueTable.tenants(connection, circumstances.now());
        }
        boolean done = false;
        for (TenantId tenant : tenants) {
            try {
                DataFault.Attempt attempt = DataFault.attempt(() -> look(tenant));
                done |= attempt.done();
                if (attempt.fault() != null) {
                    LOG.error(
                            "Due work of a tenant stumbled; that of the others goes on. tenant={}",
                            tenant,
                            attempt.fault());
                }
            } catch (UnwrapException e) {
                LOG.error("Due work of a tenant waits: a key of it cannot be unwrapped. tenant={}", tenant, e);
            }
        }
        return done;
    }

    private boolean look(TenantId tenant) throws SQLException {
        boolean done = giveUp(tenant);
        done |= expand(tenant);
        done |= campaign(tenant);
        done |= regroup(tenant);
        done |= new ReplacementWork(circumstances, downlink, tenant).turn();
        done |= cards(tenant, DueWork::beginning, this::requests, RequestTable::postpone);
        done |= cards(tenant, CardTable::quarantinesDue, this::quarantines, CardTable::postponeQuarantine);
        done |= cards(tenant, DueWork::silent, this::decide, ProcedureTable::postpone);
        return done;
    }

    /** Cards with procedures whose deadline has passed, as far as devices' messages were read. */
    private static List<Nid> silent(Connection connection, TenantId tenant, Instant now, int limit)
            throws SQLException {
        return ProcedureTable.due(
                connection, tenant, Silence.heardUntil(now, readTo(connection, topics(connection, tenant))), limit);
    }

    /** Cards whose tickets may begin or expire; none while devices' messages come faster than they are read. */
    private static List<Nid> beginning(Connection connection, TenantId tenant, Instant now, int limit)
            throws SQLException {
        return Silence.isBehind(now, readTo(connection, topics(connection, tenant)))
                ? List.of()
                : RequestTable.due(connection, tenant, now, Math.min(limit, REQUESTS));
    }

    private static Optional<Instant> readTo(Connection connection, TopicSet topics) throws SQLException {
        return ClaimTable.readTo(connection, topics.toSmSr());
    }

    /** Cards with something due, most urgent first. */
    private interface Due {
        List<Nid> find(Connection connection, TenantId tenant, Instant now, int limit) throws SQLException;
    }

    /** What is due of some cards, in one transaction. */
    private interface CardWork {
        boolean on(TenantId tenant, List<Nid> nids) throws SQLException;
    }

    /** Nothing is due of that card before then. */
    private interface Postponing {
        void until(Connection connection, TenantId tenant, Nid nid, Instant later) throws SQLException;
    }

    private boolean cards(TenantId tenant, Due due, CardWork work, Postponing postponing) throws SQLException {
        List<Nid> nids = circumstances
                .transactions()
                .in(tenant, connection -> due.find(connection, tenant, circumstances.now(), BATCH));
        return !nids.isEmpty() && isolated(tenant, nids, work, postponing);
    }

    /** Where one card of them cannot be decided upon, halves of halves find out which; it is looked at again later. */
    private boolean isolated(TenantId tenant, List<Nid> nids, CardWork work, Postponing postponing)
            throws SQLException {
        DataFault.Attempt attempt = DataFault.attempt(() -> work.on(tenant, nids));
        if (attempt.fault() == null) {
            return attempt.done();
        }
        if (nids.size() > 1) {
            int middle = nids.size() / 2;
            boolean first = isolated(tenant, nids.subList(0, middle), work, postponing);
            return isolated(tenant, nids.subList(middle, nids.size()), work, postponing) || first;
        }
        LOG.error(
                "A card's due work cannot be decided upon; it is looked at again later. tenant={} nid={}",
                tenant,
                nids.get(0),
                attempt.fault());
        return circumstances.transactions().in(tenant, connection -> {
            postponing.until(
                    connection, tenant, nids.get(0), circumstances.now().plus(POSTPONED));
            return false;
        });
    }

    private boolean decide(TenantId tenant, List<Nid> due) throws SQLException {
        List<Addressed> send = new ArrayList<>();
        boolean done = circumstances.transactions().in(tenant, connection -> {
            try (CardBatch batch = CardBatch.lockFree(
                    connection, tenant, topics(connection, tenant), circumstances, new HashSet<>(due))) {
                List.copyOf(batch.nids()).forEach(nid -> batch.fold(nid, new CardInput.Due()));
                send.addAll(batch.store());
                return !batch.nids().isEmpty();
            }
        });
        downlink.send(send);
        return done;
    }

    /** One chunk of one group order. */
    private boolean expand(TenantId tenant) throws SQLException {
        List<Addressed> send = new ArrayList<>();
        boolean done = circumstances.transactions().in(tenant, connection -> {
            Optional<ExpansionTable.Expansion> due = ExpansionTable.lockDue(connection, tenant, circumstances.now());
            if (due.isEmpty()) {
                return false;
            }
            ExpansionTable.Expansion expansion = due.get();
            List<Nid> nids =
                    ExpansionTable.takeMembers(connection, tenant, expansion.operation(), settings.expansionChunk());
            if (nids.size() < settings.expansionChunk()) {
                ExpansionTable.close(connection, tenant, expansion.operation());
            }
            if (!nids.isEmpty()) {
                send.addAll(begin(connection, tenant, expansion, nids));
            }
            return true;
        });
        downlink.send(send);
        return done;
    }

    /** One look at one campaign. */
    private boolean campaign(TenantId tenant) throws SQLException {
        return circumstances
                .transactions()
                .in(
                        tenant,
                        connection ->
                                new Campaigns(connection, tenant, topics(connection, tenant), circumstances).look());
    }

    /** Cards that are asked again whether what they are in quarantine for is gone. */
    private boolean quarantines(TenantId tenant, List<Nid> due) throws SQLException {
        List<Addressed> send = new ArrayList<>();
        boolean done = circumstances.transactions().in(tenant, connection -> {
            try (CardBatch batch = CardBatch.lockFree(
                    connection, tenant, topics(connection, tenant), circumstances, new HashSet<>(due))) {
                List.copyOf(batch.nids()).forEach(batch::quarantineDue);
                send.addAll(batch.store());
                return !batch.nids().isEmpty();
            }
        });
        downlink.send(send);
        return done;
    }

    /** One chunk of the members of one group whose epoch has risen. */
    private boolean regroup(TenantId tenant) throws SQLException {
        List<Addressed> send = new ArrayList<>();
        boolean done = circumstances.transactions().in(tenant, connection -> {
            Optional<RegroupingTable.Regrouping> due = RegroupingTable.lockDue(connection, tenant, circumstances.now());
            if (due.isEmpty()) {
                return false;
            }
            List<Nid> nids = RegroupingTable.next(connection, tenant, due.get(), settings.expansionChunk());
            RegroupingTable.advance(connection, tenant, due.get().gid(), nids, nids.size() < settings.expansionChunk());
            try (CardBatch batch =
                    CardBatch.lock(connection, tenant, topics(connection, tenant), circumstances, nids)) {
                nids.forEach(nid -> batch.fold(nid, new CardInput.Regrouped()));
                send.addAll(batch.store());
            }
            return true;
        });
        downlink.send(send);
        return done;
    }

    /** Requests of cards that expire, or begin now that quiet hours are over. */
    private boolean requests(TenantId tenant, List<Nid> due) throws SQLException {
        List<Addressed> send = new ArrayList<>();
        boolean done = circumstances.transactions().in(tenant, connection -> {
            TopicSet topics = topics(connection, tenant);
            Orders ordering = new Orders(connection, tenant, topics, circumstances);
            try (CardBatch batch = CardBatch.lockFree(connection, tenant, topics, circumstances, new HashSet<>(due))) {
                batch.expectRequests(batch.nids());
                ordering.foldDue(batch);
                ordering.store();
                send.addAll(batch.store());
                // The next ones at the next look: first the intake is to see what these bring.
                return false;
            }
        });
        downlink.send(send);
        return done;
    }

    private List<Addressed> begin(
            Connection connection, TenantId tenant, ExpansionTable.Expansion expansion, List<Nid> nids)
            throws SQLException {
        try (CardBatch batch = CardBatch.lock(connection, tenant, topics(connection, tenant), circumstances, nids)) {
            batch.expectCampaign(expansion.operation());
            Set<UUID> known = ProcedureTable.known(
                    connection,
                    tenant,
                    nids.stream()
                            .map(nid -> Orders.procedureId(nid, expansion.operation()))
                            .toList());
            for (Nid nid : nids) {
                UUID id = Orders.procedureId(nid, expansion.operation());
                if (!known.contains(id)) {
                    batch.fold(
                            nid,
                            new CardInput.Ordered(Procedure.queued(
                                    id,
                                    expansion.operation(),
                                    new Purpose.Carry(expansion.function(), expansion.inGroup()),
                                    expansion.origin(),
                                    expansion.validUntil())));
                }
            }
            return batch.store();
        }
    }

    /** The fleet that these orders presuppose has not come in time. */
    private boolean giveUp(TenantId tenant) throws SQLException {
        return circumstances.transactions().in(tenant, connection -> {
            List<OrderRecord> overdue = ParkedTable.takeOverdue(connection, tenant, circumstances.now());
            TopicSet topics = topics(connection, tenant);
            List<OutboxRecord> events = overdue.stream()
                    .map(order -> new EventRecord.OperationFailed(
                            circumstances.now(),
                            tenant,
                            order.operation(),
                            "FLEET_NOT_READ",
                            "the fleet that the order presupposes did not arrive; order again"))
                    .map(event -> OutboxRecord.of(tenant, topics.events(), event.key(), event.encode()))
                    .toList();
            Outbox.append(connection, events);
            return !overdue.isEmpty();
        });
    }

    private static TopicSet topics(Connection connection, TenantId tenant) throws SQLException {
        return FleetTable.tenant(connection, tenant).topicSet();
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
