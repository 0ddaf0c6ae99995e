package io.godwit.provisioning.intake;

import static java.util.Objects.requireNonNull;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.postgres.ReplacementFactTable;
import io.godwit.provisioning.postgres.StockTable;
import io.godwit.provisioning.procedure.CardInput;
import io.godwit.provisioning.procedure.Download;
import io.godwit.provisioning.procedure.Origin;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.procedure.Profile;
import io.godwit.provisioning.procedure.Purpose;
import io.godwit.provisioning.replacement.CardOrder;
import io.godwit.provisioning.replacement.CardOrder.Function;
import io.godwit.provisioning.replacement.Hold;
import io.godwit.provisioning.replacement.Mode;
import io.godwit.provisioning.replacement.Ticket;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.ImportReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a replacement's orders procedures of its cards. */
final class ReplacementOrders {
    private final Connection connection;
    private final TenantId tenant;
    private final CardBatch batch;
    private final StockKeeping stock;
    private final Consumer<EventRecord.OfOperation> tell;

    /** @param tell gets what becomes of the operations that the registry knows */
    ReplacementOrders(
            Connection connection,
            TenantId tenant,
            Circumstances circumstances,
            CardBatch batch,
            Consumer<EventRecord.OfOperation> tell) {
        this.connection = connection;
        this.tenant = tenant;
        this.batch = batch;
        this.stock = new StockKeeping(connection, tenant, circumstances);
        this.tell = tell;
    }

    /**
     * From its arrival on nobody else changes the profile on that card.
     *
     * @param supply the download that the successor of a card that is given up gets
     */
    void give(CardOrder order, Ticket ticket, @Nullable ProfileDownload supply) throws SQLException {
        if (order.holds()) {
            batch.hold(order.nid(), new Hold(ticket.id(), order.iccid()));
        }
        if (order.function() == Function.INSTALL) {
            install(order, ticket);
        } else if (order.function() == Function.INSTALL_AND_ENABLE) {
            installAndEnable(order, requireNonNull(supply, "nothing was taken from the stock"));
        } else {
            queue(order, ticket.mode() == Mode.PEER ? peer(order, ticket) : purpose(order), Optional.empty());
        }
    }

    /** What tells of the profile on the new card is the extension: an audit of SGP.02 names no ICCID that nobody knew. */
    private Purpose peer(CardOrder order, Ticket ticket) {
        return PeerTickets.command(order, ticket)
                .<Purpose>map(command -> new Purpose.OrderPeer(
                        command,
                        order.nid().equals(ticket.newNid())
                                ? batch.card(ticket.oldNid())
                                        .flatMap(card -> Candidacy.profile(card, order.iccid()))
                                        .orElse(null)
                                : null))
                .orElseGet(() -> purpose(order));
    }

    /** What a card is to do by that order, which is no download. */
    static Purpose purpose(CardOrder order) {
        EsFunction function = order.toFunction()
                .orElseThrow(() -> new IllegalStateException("no card with the extension's signing key is here"));
        return new Purpose.Carry(function);
    }

    /** As an operator's download: it is told of, and what comes of it says what becomes of the subscription. */
    private void installAndEnable(CardOrder order, ProfileDownload supply) throws SQLException {
        ImportReading.Result<SecretOctets> made =
                stock.takeFor(order.nid(), order.iccid(), supply.template().orElseThrow());
        if (made instanceof ImportReading.Result.Refused<SecretOctets> refused) {
            Refusal refusal = refused.refusal();
            tell.accept(new EventRecord.OperationFailed(
                    batch.now(), tenant, order.operation(), refusal.code(), refusal.detail()));
            refused(order, refusal);
            return;
        }
        tell.accept(new EventRecord.OperationStarted(batch.now(), tenant, order.operation(), null, 1));
        queue(
                order,
                new Purpose.DownloadProfile(supply),
                Optional.of(DownloadSecrets.of(((ImportReading.Result.Sound<SecretOctets>) made).value())));
    }

    /** The same subscription once more: its data never left the SM-DP. */
    private void install(CardOrder order, Ticket ticket) throws SQLException {
        Optional<StockTable.Held> held = StockTable.lock(connection, tenant, order.iccid())
                .filter(one -> ticket.oldNid().equals(one.nid()));
        if (held.isEmpty()) {
            refused(order, new Refusal("SUBSCRIPTION_UNKNOWN", "the SM-DP has no such subscription on the old card"));
            return;
        }
        TemplateId template = held.get().row().template();
        StockTable.promise(connection, tenant, order.iccid(), order.nid());
        ImportReading.Result<SecretOctets> made = stock.takeFor(order.nid(), order.iccid(), template);
        if (made instanceof ImportReading.Result.Refused<SecretOctets> refused) {
            StockTable.promise(connection, tenant, order.iccid(), null);
            refused(order, refused.refusal());
            return;
        }
        Optional<Profile> profile = batch.card(ticket.oldNid()).flatMap(card -> Candidacy.profile(card, order.iccid()));
        ProfileDownload download = new ProfileDownload(
                order.iccid(),
                profile.flatMap(one -> Optional.ofNullable(one.type())),
                false,
                Optional.empty(),
                Optional.of(template),
                profile.flatMap(one -> one.state().findOwner()));
        queue(
                order,
                new Purpose.DownloadProfile(download),
                Optional.of(DownloadSecrets.of(((ImportReading.Result.Sound<SecretOctets>) made).value())));
    }

    private void queue(CardOrder order, Purpose purpose, Optional<DownloadSecrets> secrets) {
        Procedure procedure = procedure(order, purpose);
        batch.fold(
                order.nid(),
                new CardInput.Ordered(
                        secrets.map(open -> procedure.with(Download.of(open))).orElse(procedure)));
    }

    static Procedure procedure(CardOrder order, Purpose purpose) {
        return Procedure.queued(
                Procedure.idOf(order.nid().value(), order.operation()),
                order.operation(),
                purpose,
                order.function() == Function.INSTALL_AND_ENABLE ? Origin.SUCCESSION : Origin.REPLACEMENT,
                order.validUntil());
    }

    /** It has an outcome like any other order, and comes back as a fact. */
    private void refused(CardOrder order, Refusal refusal) throws SQLException {
        ReplacementFact.Ended ended = new ReplacementFact.Ended(
                order.operation(), Outcome.failed(refusal.code(), refusal.detail()), false, null);
        ReplacementFactTable.append(
                connection, tenant, List.of(new ReplacementFactTable.Row(order.by(), ended.toJson())));
    }
}
