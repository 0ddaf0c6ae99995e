package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.EventRecord.CampaignProgressed;
import io.godwit.protocol.record.EventRecord.OfCard;
import io.godwit.protocol.record.EventRecord.OperationFailed;
import io.godwit.protocol.record.Granted;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.audit.AuditLog;
import io.godwit.registry.order.ClientDownloads;
import io.godwit.registry.order.DownloadClaims;
import io.godwit.registry.progress.ProgressLog;
import io.godwit.registry.request.RequestTables;
import io.godwit.registry.request.TicketTold;
import io.godwit.registry.reuse.Ledger;
import io.godwit.registry.stock.Stock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slice: events of one tenant, in one transaction. Locks cards, replacements, profiles of the ledger and operations in this
 * sequence, each in the order of their ids.
 */
final class SliceWork {
    private static final Logger LOG = LoggerFactory.getLogger(SliceWork.class);

    private SliceWork() {}

    /** @param connection in a transaction of {@code tenant} */
    static void apply(Connection connection, TenantId tenant, List<EventRecord> events) throws SQLException {
        CardTables cards = new CardTables(connection, tenant);
        OperationTables operations = new OperationTables(connection);
        FailedRegistrations registrations = new FailedRegistrations(connection);
        Set<String> failed = new HashSet<>();
        Set<Nid> nids = new TreeSet<>();
        for (EventRecord event : events) {
            if (event instanceof OfCard card) {
                nids.add(card.nid());
            } else if (event instanceof OperationFailed ended) {
                failed.add(ended.operation());
            }
        }
        nids.addAll(registrations.waiting(failed));
        Map<Nid, Long> known = cards.lock(nids);
        nids.stream()
                .filter(nid -> !known.containsKey(nid))
                .forEach(nid -> LOG.warn(
                        "Events of a card that the registry does not know are left out. tenant={} nid={}",
                        tenant,
                        nid));
        Fold fold = new Fold(known);
        events.forEach(fold::add);

        List<AuditFact> facts = new ArrayList<>(fold.facts());
        // Those that may be handed over at the end are locked here already: others lock a replacement before its
        // profile.
        Set<Nid> settled = StockChanges.cards(connection, fold);
        facts.addAll(ReplacementChanges.apply(connection, tenant, fold, Stock.parties(connection, settled)));
        Ledger ledger = new Ledger(connection, tenant);
        ledger.tell(fold.told(), ReplacementChanges.iccids(connection, fold));
        facts.addAll(cards.apply(fold.cards().values()));
        facts.addAll(registrations.refuse(fold.failed()));
        facts.addAll(applyOperations(connection, tenant, operations, fold));
        RequestTables.apply(connection, tenant, fold.tickets());
        ClientDownloads downloads = new ClientDownloads(connection, tenant, Instant.now());
        for (TicketTold told : fold.tickets()) {
            if (told.state().stage() == TicketStage.ORDERING
                    && told.state().granted() instanceof Granted.FromStock stock) {
                downloads.order(told.nid(), told.ticket(), stock.template());
            }
        }
        facts.addAll(StockChanges.apply(connection, fold));
        ledger.settle();
        AuditLog.append(connection, tenant, facts);
    }

    private static List<AuditFact> applyOperations(
            Connection connection, TenantId tenant, OperationTables operations, Fold fold) throws SQLException {
        Set<String> named = new HashSet<>(fold.started().keySet());
        named.addAll(fold.failed().keySet());
        named.addAll(fold.campaigns().keySet());
        fold.clients().askers().forEach(key -> named.add(key.operation()));
        fold.members().keySet().forEach(key -> named.add(key.operation()));
        if (named.isEmpty()) {
            return List.of();
        }
        ClientOperationTables clients = new ClientOperationTables(connection, tenant);
        clients.begin(fold.clients());
        Set<String> present = operations.lock(named);
        named.stream()
                .filter(id -> !present.contains(id))
                .forEach(id -> LOG.warn(
                        "Events of an operation that the registry does not know are left out. tenant={} operation={}",
                        tenant,
                        id));
        clients.settle(fold.clients());
        operations.start(fold.started().values());
        Set<String> campaigns = operations.progress(fold.campaigns().values());
        Map<String, String> ended = operations.fail(fold.failed().values());
        new MemberTables(connection, tenant)
                .apply(fold.members().values().stream()
                        .filter(change -> present.contains(change.operation()))
                        .toList());
        operations.complete(present);
        DownloadClaims.release(connection, present);
        ProgressLog.append(connection, present);
        List<AuditFact> facts = new ArrayList<>();
        for (OperationFailed event : fold.failed().values()) {
            String why = ended.get(event.operation());
            if (why != null) {
                facts.add(fact(event, why));
            }
        }
        fold.campaigns().values().stream()
                .filter(event -> campaigns.contains(event.operation()))
                .filter(event -> event.state().equals(OperationTables.STOPPED))
                .map(SliceWork::fact)
                .forEach(facts::add);
        return facts;
    }

    /** Nobody ordered it: more members failed than the order allows. */
    private static AuditFact fact(CampaignProgressed event) {
        return AuditFact.at(event.at(), "provisioning", "CampaignStopped").operation(event.operation());
    }

    private static AuditFact fact(OperationFailed event, String why) {
        return AuditFact.at(event.at(), "provisioning", "OperationFailed")
                .operation(event.operation())
                .detail(event.code() + ": " + why);
    }
}
