package io.godwit.provisioning.intake;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.gsma.scp80.Counter;
import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Fields;
import io.godwit.protocol.record.MalformedRecordException;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.provisioning.campaign.Campaign;
import io.godwit.provisioning.keys.CardKeysReading;
import io.godwit.provisioning.keys.JweReading;
import io.godwit.provisioning.postgres.CampaignTable;
import io.godwit.provisioning.postgres.CardExtensionTable;
import io.godwit.provisioning.postgres.CardPlatformTable;
import io.godwit.provisioning.postgres.EisReader;
import io.godwit.provisioning.postgres.ExpansionTable;
import io.godwit.provisioning.postgres.ProcedureTable;
import io.godwit.provisioning.postgres.ReplacementFactTable;
import io.godwit.provisioning.procedure.CardInput;
import io.godwit.provisioning.procedure.Download;
import io.godwit.provisioning.procedure.GroupRequest;
import io.godwit.provisioning.procedure.Origin;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.procedure.Purpose;
import io.godwit.provisioning.request.Ticket;
import io.godwit.provisioning.smdp.CardPlatform;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.ImportReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The orders of a slice: registrations and functions on cards are folded, group orders opened for their expansion. */
final class Orders {
    private final Connection connection;
    private final TenantId tenant;
    private final TopicSet topics;
    private final Circumstances circumstances;
    private final StockKeeping stock;
    private final List<OrderRecord> onCards = new ArrayList<>();
    private final Set<UUID> known = new HashSet<>();
    private final List<OutboxRecord> events = new ArrayList<>();
    private final Set<Nid> registered = new HashSet<>();
    private final Map<Nid, CardExtensionTable.Row> extensions = new HashMap<>();
    private final Map<Nid, CardPlatform> platforms = new HashMap<>();

    Orders(Connection connection, TenantId tenant, TopicSet topics, Circumstances circumstances) {
        this.connection = connection;
        this.tenant = tenant;
        this.topics = topics;
        this.circumstances = circumstances;
        this.stock = new StockKeeping(connection, tenant, circumstances);
    }

    /** What can be done before any card is locked. */
    void prepare(List<OrderRecord> orders) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        for (OrderRecord order : orders) {
            if (order instanceof OrderRecord.OnGroup onGroup) {
                open(ofOperator(onGroup), onGroup.campaign(), true);
                continue;
            }
            if (order instanceof OrderRecord.SteerCampaign steer) {
                new Campaigns(connection, tenant, topics, circumstances).steer(steer);
                continue;
            }
            if (order instanceof OrderRecord.DecideReplacement decide) {
                ReplacementFactTable.append(connection, tenant, List.of(ReplacementFacts.decided(decide)));
                continue;
            }
            if (order instanceof OrderRecord.ForceReplacement force) {
                ReplacementFactTable.append(connection, tenant, List.of(ReplacementFacts.forced(force)));
                continue;
            }
            if (StockKeeping.isFor(order)) {
                stock.read(order);
                continue;
            }
            onCards.add(order);
            if (!(order instanceof OrderRecord.RegisterEis || order instanceof OrderRecord.AnswerRequest)) {
                ids.add(procedureId(nid(order), order.operation()));
            }
        }
        if (!ids.isEmpty()) {
            known.addAll(ProcedureTable.known(connection, tenant, ids));
        }
    }

    List<Nid> nids() {
        return onCards.stream().map(Orders::nid).toList();
    }

    private static Nid nid(OrderRecord order) {
        if (order instanceof OrderRecord.DownloadProfile download) {
            return download.nid();
        }
        if (order instanceof OrderRecord.AnswerRequest answer) {
            return answer.nid();
        }
        return order instanceof OrderRecord.OnCard onCard ? onCard.nid() : ((OrderRecord.RegisterEis) order).nid();
    }

    void fold(CardBatch batch) throws SQLException {
        batch.expectRequests(onCards.stream()
                .filter(order ->
                        order instanceof OrderRecord.AnswerRequest || order instanceof OrderRecord.DownloadProfile)
                .map(Orders::nid)
                .filter(batch::has)
                .toList());
        for (OrderRecord order : onCards) {
            if (order instanceof OrderRecord.AnswerRequest answer) {
                answer(batch, answer);
            } else if (!batch.hasActive(nid(order))) {
                tell(new EventRecord.OperationFailed(
                        batch.now(),
                        tenant,
                        order.operation(),
                        "CARD_UNKNOWN",
                        "the card is not, or no longer, a device of the tenant"));
            } else if (order instanceof OrderRecord.RegisterEis register) {
                batch.expectRegistration(register.nid());
                register(batch, register);
            } else if (order instanceof OrderRecord.DownloadProfile download) {
                batch.expectKeyAgreement(download.nid());
                download(batch, download);
            } else {
                OrderRecord.OnCard onCard = (OrderRecord.OnCard) order;
                batch.expectFunction(onCard.nid(), onCard.function());
                carryOut(batch, onCard);
            }
        }
    }

    /** To a request that nobody knows any more there is no answer. */
    private static void answer(CardBatch batch, OrderRecord.AnswerRequest answer) {
        batch.tickets()
                .find(answer.nid(), answer.ticket())
                .ifPresent(ticket -> batch.fold(answer.nid(), new CardInput.TicketAnswered(ticket, answer.refusal())));
    }

    /** A procedure of an operation on a card has one id, however often it is asked for. */
    static UUID procedureId(Nid nid, String operation) {
        return Procedure.idOf(nid.value(), operation);
    }

    private void carryOut(CardBatch batch, OrderRecord.OnCard order) {
        UUID id = procedureId(order.nid(), order.operation());
        if (known.add(id)) {
            tell(new EventRecord.OperationStarted(batch.now(), tenant, order.operation(), null, 1));
            batch.fold(
                    order.nid(),
                    new CardInput.Ordered(Procedure.queued(
                            id,
                            order.operation(),
                            new Purpose.Carry(order.function(), false, order.owner()),
                            Origin.ORDER,
                            order.validUntil())));
        }
    }

    /** The package is opened or made here and kept encrypted from now on; without one the operation has failed. */
    private void download(CardBatch batch, OrderRecord.DownloadProfile order) throws SQLException {
        UUID id = procedureId(order.nid(), order.operation());
        if (!known.add(id)) {
            return;
        }
        Optional<Ticket> ticket = batch.tickets().find(order.nid(), order.operation());
        if (ticket.filter(asked -> asked.stage() != TicketStage.ORDERING).isPresent()) {
            tell(new EventRecord.OperationFailed(
                    batch.now(), tenant, order.operation(), "REQUEST_OVER", "the request was given up meanwhile"));
            return;
        }
        ticket.ifPresent(asked ->
                batch.tickets().take(order.nid(), List.of(asked.at(TicketStage.GRANTED, Optional.empty()))));
        ImportReading.Result<SecretOctets> result = profilePackage(order);
        if (result instanceof ImportReading.Result.Refused<SecretOctets> refused) {
            tell(new EventRecord.OperationFailed(
                    batch.now(),
                    tenant,
                    order.operation(),
                    refused.refusal().code(),
                    refused.refusal().detail()));
            return;
        }
        tell(new EventRecord.OperationStarted(batch.now(), tenant, order.operation(), null, 1));
        SecretOctets profilePackage = ((ImportReading.Result.Sound<SecretOctets>) result).value();
        Procedure procedure = Procedure.queued(
                        id,
                        order.operation(),
                        new Purpose.DownloadProfile(order.download()),
                        ticket.map(asked -> Origin.ofClient(asked.trigger() == RequestRule.Trigger.A1))
                                .orElse(Origin.ORDER),
                        order.validUntil())
                .with(Download.of(DownloadSecrets.of(profilePackage)));
        batch.fold(order.nid(), new CardInput.Ordered(procedure));
    }

    private ImportReading.Result<SecretOctets> profilePackage(OrderRecord.DownloadProfile order) throws SQLException {
        String jwe = order.profilePackage();
        if (jwe == null) {
            return stock.takeFor(
                    order.nid(),
                    order.download().iccid(),
                    order.download().template().orElseThrow());
        }
        JweReading reading = circumstances
                .smDp()
                .transportKeys()
                .of(connection, jwe)
                .readPackage(jwe, tenant, order.download().iccid());
        return reading instanceof JweReading.Refused refused
                ? new ImportReading.Result.Refused<>(new Refusal(refused.code(), refused.detail()))
                : new ImportReading.Result.Sound<>(((JweReading.Read) reading).content());
    }

    private void register(CardBatch batch, OrderRecord.RegisterEis order) throws SQLException {
        try {
            Fields eis = new Fields(order.eis());
            Eid eid = eis.value("eid", Eid::new);
            CardKeysReading reading = circumstances
                    .transportKeys()
                    .of(connection, order.cardKeys())
                    .read(order.cardKeys(), tenant, eid);
            if (reading instanceof CardKeysReading.Refused refused) {
                refuse(batch, order, refused.code(), refused.detail());
                return;
            }
            CardKeysReading.Read read = (CardKeysReading.Read) reading;
            ExtensionReading extension = ExtensionReading.of(
                    EisReader.extension(eis),
                    eid,
                    circumstances.signing().trust().of(tenant),
                    batch.now());
            if (extension instanceof ExtensionReading.Refused refused) {
                read.keys().destroy();
                refuse(batch, order, "EXTENSION_UNTRUSTED", "extensions.groupPackage: " + refused.sentence());
                return;
            }
            Optional<CardPlatform> platform;
            try {
                platform = PlatformReading.of(EisReader.ecasd(eis));
            } catch (IllegalArgumentException unreadable) {
                read.keys().destroy();
                refuse(batch, order, "ECASD_UNREADABLE", String.valueOf(unreadable.getMessage()));
                return;
            }
            int version = read.keys().keySetVersion();
            // The counter in the EIS is that of the EUM's key set.
            Counter counter =
                    batch.hasOwnKeys(order.nid()) ? Counter.ZERO : new Counter(EisReader.counter(eis, version));
            CardInput.Registered known = new CardInput.Registered(order.operation(), EisReader.eis(eis), counter);
            registered.add(order.nid());
            platforms.remove(order.nid());
            platform.ifPresent(told -> platforms.put(order.nid(), told));
            extensions.remove(order.nid());
            if (extension instanceof ExtensionReading.Sound sound) {
                extensions.put(order.nid(), sound.extension());
            }
            batch.putKeys(order.nid(), read.keys());
            batch.putPlatform(order.nid(), platform);
            batch.fold(order.nid(), known);
        } catch (MalformedRecordException | IllegalArgumentException e) {
            refuse(batch, order, "EIS_UNREADABLE", String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(CardBatch batch, OrderRecord.RegisterEis order, String code, String detail) {
        batch.fold(order.nid(), new CardInput.RegistrationRefused(order.operation(), code, detail));
    }

    /** Tickets of the batch whose time has come. */
    void foldDue(CardBatch batch) throws SQLException {
        for (Nid nid : List.copyOf(batch.nids())) {
            for (Ticket ticket : batch.tickets().all(nid)) {
                if (ticket.due().filter(at -> !at.isAfter(batch.now())).isPresent()) {
                    batch.fold(nid, new CardInput.TicketDue(ticket));
                }
            }
        }
        for (GroupRequest request : batch.groupRequests()) {
            open(request);
        }
    }

    /** What a card has asked for its whole group. */
    void open(GroupRequest request) throws SQLException {
        open(
                new ExpansionTable.Order(
                        request.operation(),
                        request.gid(),
                        request.function(),
                        request.validUntil(),
                        true,
                        Origin.CLIENT),
                CampaignPlan.DEFAULT,
                request.triggers());
    }

    private static ExpansionTable.Order ofOperator(OrderRecord.OnGroup order) {
        return new ExpansionTable.Order(
                order.operation(),
                order.gid(),
                order.function(),
                order.validUntil(),
                order.campaign() != null,
                Origin.ORDER);
    }

    private void open(ExpansionTable.Order order, @Nullable CampaignPlan plan, boolean triggers) throws SQLException {
        Instant now = circumstances.now();
        ExpansionTable.Opening opening = ExpansionTable.open(connection, tenant, order, now);
        if (opening instanceof ExpansionTable.Opened opened) {
            if (plan != null) {
                CampaignTable.insert(
                        connection,
                        tenant,
                        Campaign.open(
                                order.operation(),
                                order.gid(),
                                order.function(),
                                plan,
                                triggers,
                                now,
                                order.validUntil()));
            }
            tell(new EventRecord.OperationStarted(now, tenant, order.operation(), order.gid(), opened.members()));
        } else if (opening instanceof ExpansionTable.NoSuchGroup) {
            tell(new EventRecord.OperationFailed(
                    now,
                    tenant,
                    order.operation(),
                    "GROUP_UNKNOWN",
                    "the group was removed before the order was carried out"));
        }
    }

    private void tell(EventRecord.OfOperation event) {
        events.add(OutboxRecord.of(tenant, topics.events(), event.key(), event.encode()));
    }

    /** Tells what became of the operations as a whole, and keeps what registered cards can do. */
    void store() throws SQLException {
        if (!registered.isEmpty()) {
            CardExtensionTable.delete(connection, tenant, registered);
            CardExtensionTable.insert(connection, tenant, extensions);
            CardPlatformTable.delete(connection, tenant, registered);
            CardPlatformTable.insert(connection, tenant, platforms);
        }
        for (EventRecord.OfStock imported : stock.store()) {
            events.add(OutboxRecord.of(tenant, topics.events(), imported.key(), imported.encode()));
        }
        Outbox.append(connection, events);
    }
}
