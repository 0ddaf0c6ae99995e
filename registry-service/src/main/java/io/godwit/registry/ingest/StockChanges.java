package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EventRecord.OperationFailed;
import io.godwit.protocol.record.EventRecord.SubscriptionsImported;
import io.godwit.protocol.record.EventRecord.TemplateImported;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.order.DownloadClaims;
import io.godwit.registry.stock.Imports;
import io.godwit.registry.stock.Stock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a slice's events say of the stock; to be applied after cards and operations, which tell what of it is on cards. */
final class StockChanges {
    private StockChanges() {}

    /** @param cards that were told of */
    static List<AuditFact> apply(Connection connection, Set<Nid> cards, Fold fold) throws SQLException {
        List<AuditFact> facts = new ArrayList<>();
        for (TemplateImported event : fold.templates()) {
            new Imports(connection, event.operation(), event.at())
                    .template(event.template(), event.refusal())
                    .ifPresent(facts::add);
        }
        for (SubscriptionsImported event : fold.subscriptions()) {
            new Imports(connection, event.operation(), event.at())
                    .subscriptions(event.template(), event.results())
                    .ifPresent(facts::add);
        }
        for (OperationFailed event : fold.failed().values()) {
            new Imports(connection, event.operation(), event.at()).failed(new Refusal(event.code(), event.detail()));
        }
        Set<Nid> settled = new TreeSet<>(cards);
        settled.addAll(DownloadClaims.cards(connection, fold.failed().keySet()));
        Stock.settle(connection, settled, Instant.now());
        return facts;
    }
}
