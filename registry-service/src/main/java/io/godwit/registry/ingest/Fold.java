package io.godwit.registry.ingest;

import io.godwit.protocol.Nid;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.EventRecord.CampaignProgressed;
import io.godwit.protocol.record.EventRecord.CardRegistered;
import io.godwit.protocol.record.EventRecord.CardState;
import io.godwit.protocol.record.EventRecord.ClientRequest;
import io.godwit.protocol.record.EventRecord.OfCard;
import io.godwit.protocol.record.EventRecord.OfReplacement;
import io.godwit.protocol.record.EventRecord.OperationFailed;
import io.godwit.protocol.record.EventRecord.OperationStarted;
import io.godwit.protocol.record.EventRecord.Presence;
import io.godwit.protocol.record.EventRecord.ProcedureEnded;
import io.godwit.protocol.record.EventRecord.ProcedureProgressed;
import io.godwit.protocol.record.EventRecord.RegistrationRefused;
import io.godwit.protocol.record.EventRecord.SubscriptionsImported;
import io.godwit.protocol.record.EventRecord.TemplateImported;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.TicketState;
import io.godwit.registry.audit.AuditFact;
import io.godwit.registry.order.FunctionColumns;
import io.godwit.registry.order.NewOperation;
import io.godwit.registry.request.TicketTold;
import io.godwit.registry.reuse.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folds a slice's events into one change per card, per member and per operation. Pure: what it was told of before it learns
 * from the cards' last sequences, so that a repeated event changes nothing.
 */
final class Fold {
    private static final String PROVISIONING = "provisioning";
    private static final String CARD = "card";
    private static final String REGISTRATION = "registration";
    private static final String REGISTER_EIS = "RegisterEIS";

    private final Map<Nid, Long> lastSequence;
    private final Map<Nid, CardChange> cards = new TreeMap<>();
    private final Map<MemberChange.Key, MemberChange> members = new LinkedHashMap<>();
    private final ClientOperations clients = new ClientOperations();
    private final Map<String, OperationStarted> started = new TreeMap<>();
    private final Map<String, CampaignProgressed> campaigns = new TreeMap<>();
    private final Map<String, OperationFailed> failed = new TreeMap<>();
    private final List<TemplateImported> templates = new ArrayList<>();
    private final List<SubscriptionsImported> subscriptions = new ArrayList<>();
    private final Map<String, List<OfReplacement>> replacements = new TreeMap<>();
    private final List<TicketTold> tickets = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<AuditFact> facts = new ArrayList<>();

    /** @param lastSequence of the cards that the registry knows; events of others are left out */
    Fold(Map<Nid, Long> lastSequence) {
        this.lastSequence = lastSequence;
    }

    Map<Nid, CardChange> cards() {
        return cards;
    }

    Map<MemberChange.Key, MemberChange> members() {
        return members;
    }

    /** What tells of operations that cards began by themselves. */
    ClientOperations clients() {
        return clients;
    }

    Map<String, OperationStarted> started() {
        return started;
    }

    /** The last of each campaign's events. */
    Map<String, CampaignProgressed> campaigns() {
        return campaigns;
    }

    Map<String, OperationFailed> failed() {
        return failed;
    }

    /** In their order. */
    List<TemplateImported> templates() {
        return templates;
    }

    /** In their order. */
    List<SubscriptionsImported> subscriptions() {
        return subscriptions;
    }

    /** By ticket, each in its order; those that were told before too. */
    Map<String, List<OfReplacement>> replacements() {
        return replacements;
    }

    /** What tickets of requests have come to, in their order. */
    List<TicketTold> tickets() {
        return tickets;
    }

    /** What cards were told to have, event by event. */
    List<Told> told() {
        return told;
    }

    List<AuditFact> facts() {
        return facts;
    }

    void add(EventRecord event) {
        if (event instanceof OperationStarted begun) {
            started.put(begun.operation(), begun);
            clients.started(begun);
        } else if (event instanceof CampaignProgressed progressed) {
            campaigns.merge(
                    progressed.operation(),
                    progressed,
                    (known, other) -> other.sequence() > known.sequence() ? other : known);
            clients.inGroupMode(progressed);
        } else if (event instanceof OperationFailed ended) {
            failed.put(ended.operation(), ended);
        } else if (event instanceof TemplateImported imported) {
            templates.add(imported);
        } else if (event instanceof SubscriptionsImported imported) {
            subscriptions.add(imported);
        } else if (event instanceof OfReplacement replacement) {
            replacements
                    .computeIfAbsent(replacement.ticket(), ticket -> new ArrayList<>())
                    .add(replacement);
        } else if (event instanceof OfCard card && isNew(card)) {
            CardChange before = cards.get(card.nid());
            CardChange seen = before == null
                    ? CardChange.seen(card.nid(), card.sequence(), card.at())
                    : before.at(card.sequence(), card.at());
            cards.put(card.nid(), fold(seen, card));
        }
    }

    private boolean isNew(OfCard event) {
        CardChange change = cards.get(event.nid());
        Long last = change == null ? lastSequence.get(event.nid()) : Long.valueOf(change.sequence());
        return last != null && event.sequence() > last;
    }

    private CardChange fold(CardChange card, OfCard event) {
        if (event instanceof Presence presence) {
            return card.online(presence.online());
        }
        if (event instanceof CardState state) {
            told.add(Told.of(event.nid(), event.sequence(), event.at(), state.cause(), state.profiles()));
            if (state.why() != null) {
                facts.add(wentBack(event, state.why()));
            }
            CardChange changed = card.profiles(state.cause(), state.profiles());
            CardChange keyed = state.keySetVersion() == null ? changed : changed.keyed(state.keySetVersion());
            return state.resources() == null ? keyed : keyed.audited(state.resources());
        }
        if (event instanceof CardRegistered registered) {
            return registered(card, registered);
        }
        if (event instanceof RegistrationRefused refused) {
            return refused(card, refused);
        }
        if (event instanceof ProcedureProgressed progressed) {
            progressed(progressed);
        } else if (event instanceof ProcedureEnded ended) {
            ended(ended);
        } else if (event instanceof ClientRequest request) {
            requested(request);
        }
        return card;
    }

    /** What nobody has ordered has no outcome that would tell of it. */
    private static AuditFact wentBack(OfCard event, Outcome why) {
        String action = "FELL_BACK".equals(why.code()) ? "FellBack" : "RolledBack";
        return fact(event, PROVISIONING, action).detail(String.valueOf(why.detail()));
    }

    private CardChange registered(CardChange card, CardRegistered event) {
        told.add(Told.of(event.nid(), event.sequence(), event.at(), REGISTER_EIS, event.profiles()));
        member(MemberChange.ended(
                event.operation(),
                event.nid(),
                REGISTRATION,
                FunctionColumns.REGISTER_EIS,
                Outcome.SUCCEEDED,
                null,
                event.at()));
        facts.add(fact(event, PROVISIONING, "RegistrationConfirmed").operation(event.operation()));
        return card.registration(new CardChange.Registered(event.operation(), "Registered", null, null))
                .profiles(REGISTER_EIS, event.profiles());
    }

    private CardChange refused(CardChange card, RegistrationRefused event) {
        member(MemberChange.ended(
                event.operation(),
                event.nid(),
                REGISTRATION,
                FunctionColumns.REGISTER_EIS,
                Outcome.failed(event.code(), event.detail()),
                null,
                event.at()));
        facts.add(fact(event, PROVISIONING, "RegistrationRefused")
                .operation(event.operation())
                .detail(event.code() + ": " + event.detail()));
        return card.registration(new CardChange.Registered(event.operation(), "Refused", event.code(), event.detail()));
    }

    private void progressed(ProcedureProgressed event) {
        FunctionColumns function = FunctionColumns.of(event.function());
        if (event.origin().equals(NewOperation.CLIENT)) {
            clients.member(event, function);
        }
        member(new MemberChange(
                event.operation(), event.nid(), event.procedure(), function, event.state(), null, null, event.at()));
    }

    private void ended(ProcedureEnded event) {
        FunctionColumns function = FunctionColumns.of(event.function());
        member(MemberChange.ended(
                event.operation(),
                event.nid(),
                event.procedure(),
                function,
                event.outcome(),
                event.commandedBy(),
                event.at()));
        String code =
                event.outcome().code() == null ? "" : " " + event.outcome().code();
        facts.add(fact(event, PROVISIONING, "ProcedureEnded")
                .operation(event.operation())
                .detail(function.sentence() + ": " + event.outcome().status().literal() + code));
    }

    private void requested(ClientRequest event) {
        AuditFact fact = fact(event, CARD, event.accepted() ? "ClientRequestAccepted" : "ClientRequestRefused");
        fact = event.reason() == null ? fact : fact.detail(event.reason());
        String operation = event.operation();
        if (operation == null) {
            facts.add(fact);
            return;
        }
        facts.add(fact.operation(operation));
        TicketState ticket = event.ticket();
        if (ticket != null) {
            tickets.add(new TicketTold(event.nid(), operation, event.at(), ticket));
            ticket.refusal()
                    .ifPresent(why -> failed.put(
                            operation,
                            new OperationFailed(event.at(), event.tenant(), operation, why.code(), why.detail())));
        }
        // One that is carried out for the card already, and its operation, were begun by somebody else.
        if (event.accepted() && !members.containsKey(new MemberChange.Key(operation, event.nid()))) {
            clients.asked(event, operation);
        }
    }

    private void member(MemberChange change) {
        MemberChange before = members.get(change.key());
        if (before == null || !MemberChange.FINAL.contains(before.state())) {
            members.put(change.key(), change);
        }
    }

    private static AuditFact fact(OfCard event, String actor, String action) {
        return AuditFact.at(event.at(), actor, action).card(event.nid());
    }
}
