package io.godwit.provisioning.intake;

import io.godwit.gsma.scp80.Scp80Keys;
import io.godwit.kit.outbox.Outbox;
import io.godwit.kit.outbox.OutboxRecord;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.provisioning.keys.DataKey;
import io.godwit.provisioning.keys.SmSrSigner;
import io.godwit.provisioning.postgres.CardRow;
import io.godwit.provisioning.postgres.CardTable;
import io.godwit.provisioning.postgres.CensusTable;
import io.godwit.provisioning.postgres.DownloadTable;
import io.godwit.provisioning.postgres.IsdPKeyTable;
import io.godwit.provisioning.postgres.ProcedureTable;
import io.godwit.provisioning.postgres.ReplacementFactTable;
import io.godwit.provisioning.postgres.StockTable;
import io.godwit.provisioning.procedure.Card;
import io.godwit.provisioning.procedure.CardDecision;
import io.godwit.provisioning.procedure.CardFile;
import io.godwit.provisioning.procedure.CardInput;
import io.godwit.provisioning.procedure.GroupRequest;
import io.godwit.provisioning.procedure.Moment;
import io.godwit.provisioning.procedure.Origin;
import io.godwit.provisioning.procedure.Procedure;
import io.godwit.provisioning.replacement.Hold;
import io.godwit.provisioning.replacement.Quarantine;
import io.godwit.provisioning.replacement.ReplacementInput;
import io.godwit.provisioning.replacement.ReplacementRules;
import io.godwit.provisioning.smdp.CardPlatform;
import io.godwit.provisioning.smdp.DownloadSecrets;
import io.godwit.provisioning.smdp.IsdPKeySet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cards of one tenant, locked in one transaction: read in two statements, decided upon one input at a time, written back
 * in three, with their events in the outbox. The data key comes before the cards: what is read after it is under it.
 */
final class CardBatch implements AutoCloseable {
    private final Connection connection;
    private final TenantId tenant;
    private final TopicSet topics;
    private final Circumstances circumstances;
    private final DataKey dataKey;
    private final Instant now;
    private final Map<Nid, OpenCard> cards = new TreeMap<>();
    private final BatchGroups groups;
    private final BatchSmDp smDp;
    private final BatchSmSr smSr;
    private final List<ReplacementFactTable.Row> replacementFacts = new ArrayList<>();
    private final BatchTickets tickets = new BatchTickets();

    private CardBatch(
            Connection connection,
            TenantId tenant,
            TopicSet topics,
            Circumstances circumstances,
            DataKey dataKey,
            List<CardRow> rows)
            throws SQLException {
        this.connection = connection;
        this.tenant = tenant;
        this.topics = topics;
        this.circumstances = circumstances;
        this.dataKey = dataKey;
        this.now = circumstances.now();
        this.smDp = new BatchSmDp(connection, tenant, circumstances);
        this.smSr = new BatchSmSr(circumstances.signing(), dataKey);
        Map<Nid, List<Procedure>> procedures = ProcedureTable.open(
                connection,
                tenant,
                rows.stream().map(row -> row.card().nid()).toList(),
                row -> smDp.key().unwrap(row));
        for (CardRow row : rows) {
            Nid nid = row.card().nid();
            cards.put(nid, new OpenCard(row, new CardFile(row.card(), procedures.getOrDefault(nid, List.of()))));
        }
        smDp.read(procedures.entrySet().stream()
                .filter(card -> card.getValue().stream().anyMatch(CardBatch::agreesOnKeys))
                .map(Map.Entry::getKey)
                .toList());
        readKeySets(procedures.entrySet().stream()
                .filter(card -> card.getValue().stream().anyMatch(CardBatch::needsKeySets))
                .map(Map.Entry::getKey)
                .toList());
        this.groups = new BatchGroups(
                connection, tenant, circumstances.signing().signer().map(SmSrSigner::publicKey));
        groups.read(rows.stream()
                .map(CardRow::card)
                .filter(card -> card.eis().groupPackages())
                .toList());
        groups.readCourses(procedures.values().stream()
                .flatMap(List::stream)
                .filter(Procedure::isInGroup)
                .map(Procedure::operation)
                .distinct()
                .toList());
    }

    /** Whether its procedure needs what the EIS says of the card's platform. */
    private static boolean agreesOnKeys(Procedure procedure) {
        return procedure.download() != null || isFor(procedure, EsFunction.Name.ESTABLISH_ISDR_KEY_SET);
    }

    private static boolean isFor(Procedure procedure, EsFunction.Name name) {
        return procedure.function().filter(function -> function.name() == name).isPresent();
    }

    /** To be called before a card is registered: it may turn out to have the extension for group packages. */
    void expectRegistration(Nid nid) throws SQLException {
        OpenCard card = cards.get(nid);
        if (card != null) {
            groups.read(List.of(card.file().card()));
        }
    }

    /** What a card that is being registered tells of its platform. */
    void putPlatform(Nid nid, Optional<CardPlatform> platform) {
        smDp.put(nid, platform);
    }

    /** Whether a registration's keys would come too late for that card. */
    boolean hasOwnKeys(Nid nid) {
        OpenCard card = cards.get(nid);
        return card != null && card.hasOwnKeys();
    }

    /** To be called before a card is ordered to agree on keys, for a profile or for its ISD-R. */
    void expectKeyAgreement(Nid nid) throws SQLException {
        smDp.readUnlessTold(nid);
    }

    /** To be called before a card gets that function to carry out. */
    void expectFunction(Nid nid, EsFunction function) throws SQLException {
        if (function.name() == EsFunction.Name.ESTABLISH_ISDR_KEY_SET) {
            expectKeyAgreement(nid);
        }
        if (function.name() == EsFunction.Name.UPDATE_CONNECTIVITY_PARAMETERS) {
            readKeySets(cards.containsKey(nid) ? List.of(nid) : List.of());
        }
    }

    private static boolean needsKeySets(Procedure procedure) {
        return isFor(procedure, EsFunction.Name.UPDATE_CONNECTIVITY_PARAMETERS);
    }

    private void readKeySets(List<Nid> nids) throws SQLException {
        if (nids.isEmpty()) {
            return;
        }
        Map<Nid, Map<Aid, IsdPKeySet>> found = new TreeMap<>();
        for (IsdPKeyTable.Row row : IsdPKeyTable.find(connection, tenant, nids)) {
            found.computeIfAbsent(row.nid(), nid -> new HashMap<>())
                    .put(row.isdP(), smDp.key().unwrap(row));
        }
        found.forEach((nid, keySets) -> Objects.requireNonNull(cards.get(nid), "read for cards of the batch")
                .know(keySets));
    }

    /** To be called before members get procedures of that operation. */
    void expectCampaign(String operation) throws SQLException {
        groups.readCourses(List.of(operation));
    }

    /** To be called before a card asks, or an answer to what it has asked comes. */
    void expectRequests(Collection<Nid> nids) throws SQLException {
        tickets.read(connection, tenant, nids);
    }

    /** Whether that D1 of the card was answered after it had been said, so that it needs no answer of its own any more. */
    boolean hasAnsweredSince(Nid nid, String d1, Instant said) {
        return card(nid).filter(card -> card.hasAnsweredSince(d1, said)).isPresent()
                || tickets.hasAnsweredSince(nid, d1, said);
    }

    /** The tickets of cards that were expected to ask. */
    BatchTickets tickets() {
        return tickets;
    }

    /** Orders on whole groups that were granted to cards of the batch. */
    List<GroupRequest> groupRequests() {
        return cards.values().stream()
                .flatMap(card -> card.groupRequests().stream())
                .toList();
    }

    /** Waits for whoever works on one of the cards. */
    static CardBatch lock(
            Connection connection, TenantId tenant, TopicSet topics, Circumstances circumstances, Collection<Nid> nids)
            throws SQLException {
        DataKey dataKey = circumstances.keys().of(connection, tenant);
        return new CardBatch(
                connection, tenant, topics, circumstances, dataKey, CardTable.lock(connection, tenant, nids));
    }

    /** Leaves out cards that somebody else works on. */
    static CardBatch lockFree(
            Connection connection, TenantId tenant, TopicSet topics, Circumstances circumstances, Collection<Nid> nids)
            throws SQLException {
        DataKey dataKey = circumstances.keys().of(connection, tenant);
        return new CardBatch(
                connection, tenant, topics, circumstances, dataKey, CardTable.lockFree(connection, tenant, nids));
    }

    Instant now() {
        return now;
    }

    boolean has(Nid nid) {
        return cards.containsKey(nid);
    }

    /** Whether the card is here and a device of the tenant. */
    boolean hasActive(Nid nid) {
        OpenCard card = cards.get(nid);
        return card != null && card.file().card().active();
    }

    Collection<Nid> nids() {
        return cards.keySet();
    }

    /** Decides; a card that is not in the batch is nobody's, and the input is dropped. */
    void fold(Nid nid, CardInput input) {
        OpenCard card = cards.get(nid);
        if (card == null) {
            circumstances.meters().unknownCard();
            return;
        }
        Moment moment = new Moment(
                now,
                () -> card.keys(dataKey),
                circumstances.chance().getAsDouble(),
                circumstances.rules(),
                groups,
                smDp,
                smSr,
                card.hold(),
                card.quarantine());
        CardDecision decision = card.file().decide(input, moment);
        Scp80Keys made = decision.keys();
        // Before anything of the decision is taken over: without its keys stored, the card would be out of hand.
        Octets wrapped = made == null ? null : dataKey.wrap(nid, made);
        card.accept(decision, input instanceof CardInput.Registered || input instanceof CardInput.Removed);
        if (made != null && wrapped != null) {
            card.putKeys(made, wrapped, true);
        }
        if (input instanceof CardInput.Removed) {
            card.dropKeys();
        }
        tickets.take(nid, decision.tickets());
        circumstances.meters().decided(decision, now);
        decision.ended().stream()
                .filter(procedure ->
                        procedure.origin() == Origin.REPLACEMENT || procedure.origin() == Origin.SUCCESSION)
                .forEach(procedure -> ended(card, procedure, input));
        if (input instanceof CardInput.Online) {
            quarantineDue(nid);
        }
    }

    /** A quarantine is the card's own, and goes on at once; a replacement is of two cards, and hears of it. */
    private void ended(OpenCard card, Procedure procedure, CardInput input) {
        Optional<Quarantine> quarantine = card.quarantine().filter(one -> one.hasOrdered(procedure.operation()));
        if (quarantine.isEmpty()) {
            replacementFacts.add(ReplacementFacts.ended(procedure, input));
            return;
        }
        Quarantine open = quarantine.get();
        Outcome outcome = procedure.outcome().orElseThrow();
        open.asking()
                .find(procedure.operation())
                .map(order -> ReplacementFacts.finding(card.file().card(), order, outcome, procedure.messages() > 0))
                .map(finding -> new ReplacementInput.OrderEnded(procedure.operation(), outcome, finding))
                .ifPresent(told -> take(card, open.ended(told, now, ReplacementRules.DEFAULTS)));
    }

    /** Only its profile's deletion goes to that card from now on. */
    void isolate(Nid nid, Quarantine.Step begun) {
        OpenCard card = cards.get(nid);
        if (card != null) {
            card.quarantine(begun.next());
            fold(nid, new CardInput.Isolated());
            take(card, begun);
        }
    }

    /** To be called when a card has come, or its quarantine's time has; of one outside the fleet nothing comes. */
    void quarantineDue(Nid nid) {
        OpenCard card = cards.get(nid);
        if (card != null && card.file().card().active()) {
            card.quarantine().ifPresent(quarantine -> take(card, quarantine.due(now, ReplacementRules.DEFAULTS)));
        }
    }

    /** Whether only a profile's deletion goes to that card. */
    boolean isQuarantined(Nid nid) {
        return Optional.ofNullable(cards.get(nid)).flatMap(OpenCard::quarantine).isPresent();
    }

    private void take(OpenCard card, Quarantine.Step step) {
        card.quarantine(step.next());
        step.orders()
                .forEach(order -> fold(
                        order.nid(),
                        new CardInput.Ordered(ReplacementOrders.procedure(order, ReplacementOrders.purpose(order)))));
    }

    /** What the SM-SR knows of that card by now. */
    Optional<Card> card(Nid nid) {
        return Optional.ofNullable(cards.get(nid)).map(card -> card.file().card());
    }

    /** What the EIS says of that card's platform; to be read before by {@link #expectKeyAgreement}. */
    Optional<CardPlatform> platform(Nid nid) {
        return smDp.platform(nid);
    }

    /** A replacement keeps that profile for itself; {@code null}: nothing any more. */
    void hold(Nid nid, @Nullable Hold hold) {
        OpenCard card = cards.get(nid);
        if (card != null) {
            card.hold(hold);
        }
    }

    /** The profile that a replacement keeps for itself on that card. */
    Optional<Hold> hold(Nid nid) {
        return Optional.ofNullable(cards.get(nid)).flatMap(OpenCard::hold);
    }

    /**
     * Puts the keys of a card that is being registered in the place of those it had; not where the SM-SR has made keys of its own
     * since, of which the registration cannot know.
     */
    void putKeys(Nid nid, Scp80Keys keys) {
        OpenCard card = cards.get(nid);
        if (hasOwnKeys(nid)) {
            keys.destroy();
        } else if (card != null) {
            card.putKeys(keys, dataKey.wrap(nid, keys), false);
        }
    }

    /** Writes everything; what is to be sent goes out after the commit. */
    List<Addressed> store() throws SQLException {
        List<CardRow> changed = new ArrayList<>();
        List<CardRow> keyed = new ArrayList<>();
        List<Nid> keyless = new ArrayList<>();
        List<ProcedureTable.Row> procedures = new ArrayList<>();
        List<OutboxRecord> events = new ArrayList<>();
        List<Addressed> send = new ArrayList<>();
        Map<String, Map<String, Integer>> moves = new TreeMap<>();
        List<DownloadTable.Row> secrets = new ArrayList<>();
        List<UUID> endedDownloads = new ArrayList<>();
        List<IsdPKeyTable.Row> keySets = new ArrayList<>();
        List<IsdPKeyTable.Place> gone = new ArrayList<>();
        List<StockTable.Place> free = new ArrayList<>();
        Map<Nid, Optional<Hold>> holds = new TreeMap<>();
        Map<Nid, Optional<Quarantine>> quarantines = new TreeMap<>();
        for (Map.Entry<Nid, OpenCard> entry : cards.entrySet()) {
            Nid nid = entry.getKey();
            OpenCard card = entry.getValue();
            for (EventRecord.OfCard event : card.events(now, tenant)) {
                events.add(OutboxRecord.of(tenant, topics.events(), event.key(), event.encode()));
            }
            CardRow row = card.row();
            if (card.isChanged()) {
                changed.add(row);
            }
            if (card.hasOtherHold()) {
                holds.put(nid, card.hold());
            }
            if (card.hasOtherQuarantine()) {
                quarantines.put(nid, card.quarantine());
            }
            if (card.hasNewKeys() && row.wrappedKeys() == null) {
                keyless.add(nid);
            } else if (card.hasNewKeys()) {
                keyed.add(row);
            }
            card.countMoves(moves);
            for (Map.Entry<UUID, DownloadSecrets> download :
                    card.changedSecrets().entrySet()) {
                secrets.add(smDp.key().wrap(download.getKey(), download.getValue()));
            }
            endedDownloads.addAll(card.endedDownloads());
            for (Map.Entry<Aid, IsdPKeySet> kept : card.changedKeySets().entrySet()) {
                keySets.add(smDp.key().wrap(nid, kept.getKey(), kept.getValue()));
            }
            card.goneIsdPs().forEach(isdP -> gone.add(new IsdPKeyTable.Place(nid, isdP)));
            card.goneIccids().forEach(iccid -> free.add(new StockTable.Place(nid, iccid)));
            card.touched().forEach(procedure -> procedures.add(new ProcedureTable.Row(nid, procedure)));
            card.send().forEach(outgoing -> send.add(new Addressed(topics, tenant, nid, outgoing)));
        }
        CardTable.update(connection, tenant, changed);
        CardTable.putHolds(connection, tenant, holds);
        CardTable.putQuarantines(connection, tenant, quarantines);
        ReplacementFactTable.append(connection, tenant, replacementFacts);
        CardTable.deleteKeys(connection, tenant, keyless);
        CardTable.putKeys(connection, tenant, keyed);
        ProcedureTable.put(connection, tenant, procedures, now);
        DownloadTable.put(connection, tenant, secrets);
        DownloadTable.delete(connection, tenant, endedDownloads);
        IsdPKeyTable.delete(connection, tenant, gone);
        IsdPKeyTable.put(connection, tenant, keySets);
        StockTable.release(connection, tenant, free);
        CensusTable.add(connection, tenant, moves);
        tickets.store(connection, tenant, now);
        Outbox.append(connection, events);
        return send;
    }

    /** Wipes the keys that were unwrapped. */
    @Override
    public void close() {
        cards.values().forEach(OpenCard::closeWithSecrets);
    }
}
