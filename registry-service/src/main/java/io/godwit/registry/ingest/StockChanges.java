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
    /** So begin the codes by which the SM-DP says that it is the subscription that it cannot use. */
    private static final String OF_SUBSCRIPTION = "SUBSCRIPTION_";

    private StockChanges() {}

    static List<AuditFact> apply(Connection connection, Fold fold) throws SQLException {
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
            Refusal refusal = new Refusal(event.code(), event.detail());
            new Imports(connection, event.operation(), event.at()).failed(refusal);
            if (event.code().startsWith(OF_SUBSCRIPTION)) {
                Stock.refuse(connection, event.operation(), refusal, event.at());
            }
        }
        Stock.settle(connection, cards(connection, fold), Instant.now());
        return facts;
    }

    /**
     * The cards whose subscriptions the slice may move. Nothing else moves one: what a card holds, what becomes of downloads, and
     * of replacements, whichever is told first.
     */
    static Set<Nid> cards(Connection connection, Fold fold) throws SQLException {
        Set<String> operations = new TreeSet<>(fold.failed().keySet());
        operations.addAll(fold.started().keySet());
        fold.members().keySet().forEach(member -> operations.add(member.operation()));
        Set<Nid> settled = new TreeSet<>(DownloadClaims.cards(connection, operations));
        fold.cards().values().stream().filter(card -> card.profiles() != null).forEach(card -> settled.add(card.nid()));
        fold.replacements()
                .values()
                .forEach(events -> events.forEach(event -> {
                    settled.add(event.parties().old());
                    settled.add(event.parties().successor());
                }));
        return settled;
    }
}
