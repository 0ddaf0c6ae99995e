package io.godwit.protocol.record;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EventRecord.CampaignProgressed;
import io.godwit.protocol.record.EventRecord.CardRegistered;
import io.godwit.protocol.record.EventRecord.CardState;
import io.godwit.protocol.record.EventRecord.ClientRequest;
import io.godwit.protocol.record.EventRecord.OfCard;
import io.godwit.protocol.record.EventRecord.OfOperation;
import io.godwit.protocol.record.EventRecord.OfReplacement;
import io.godwit.protocol.record.EventRecord.OfStock;
import io.godwit.protocol.record.EventRecord.OperationFailed;
import io.godwit.protocol.record.EventRecord.OperationStarted;
import io.godwit.protocol.record.EventRecord.Presence;
import io.godwit.protocol.record.EventRecord.ProcedureEnded;
import io.godwit.protocol.record.EventRecord.ProcedureProgressed;
import io.godwit.protocol.record.EventRecord.Published;
import io.godwit.protocol.record.EventRecord.RegistrationRefused;
import io.godwit.protocol.record.EventRecord.ReplacementProgressed;
import io.godwit.protocol.record.EventRecord.ReplacementStuck;
import io.godwit.protocol.record.EventRecord.SubscriptionsImported;
import io.godwit.protocol.record.EventRecord.TemplateImported;
import io.godwit.protocol.record.EventRecord.TransportKey;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import java.time.Instant;
import java.util.List;

/** JSON of {@link EventRecord}, both ways. */
final class EventRecordCodec {
    private EventRecordCodec() {}

    static Json.Obj toJson(EventRecord event) {
        if (event instanceof TransportKey key) {
            return start("transport-key", key)
                    .put("role", key.role())
                    .put("keyId", key.keyId())
                    .put("jwk", key.jwk())
                    .build();
        }
        if (event instanceof OfOperation operation) {
            return ofOperation(operation).build();
        }
        if (event instanceof OfStock stock) {
            return ofStock(stock).build();
        }
        if (event instanceof OfReplacement replacement) {
            return ofReplacement(replacement).build();
        }
        return ofCard((OfCard) event).build();
    }

    private static Json.ObjectBuilder ofReplacement(OfReplacement event) {
        if (event instanceof ReplacementStuck stuck) {
            return replacement("replacement-stuck", event)
                    .put("code", stuck.code())
                    .put("detail", stuck.detail());
        }
        ReplacementProgressed progressed = (ReplacementProgressed) event;
        Outcome outcome = progressed.outcome();
        Octets evidence = progressed.evidence();
        Octets successorEvidence = progressed.successorEvidence();
        return replacement("replacement-progressed", event)
                .put("stage", progressed.stage())
                .put("holder", progressed.holder().value())
                .put("outcome", outcome == null ? null : outcome.toJson())
                .put("evidence", evidence == null ? null : evidence.toBase64())
                .put("successorEvidence", successorEvidence == null ? null : successorEvidence.toBase64())
                .put("forced", progressed.forced() ? Json.of(true) : null);
    }

    private static Json.ObjectBuilder ofStock(OfStock event) {
        if (event instanceof TemplateImported imported) {
            return stock("template-imported", event)
                    .put("code", imported.refusal().map(Refusal::code).orElse(null))
                    .put("detail", imported.refusal().map(Refusal::detail).orElse(null));
        }
        List<SubscriptionResult> results = ((SubscriptionsImported) event).results();
        return stock("subscriptions-imported", event)
                .put("results", results.stream().map(SubscriptionResult::toJson).toList());
    }

    private static Json.ObjectBuilder ofOperation(OfOperation event) {
        if (event instanceof OperationStarted started) {
            return operation("operation-started", event)
                    .put("gid", started.gid() == null ? null : started.gid().value())
                    .put("members", started.members());
        }
        if (event instanceof CampaignProgressed progressed) {
            return operation("campaign-progressed", event)
                    .put("sequence", progressed.sequence())
                    .put("state", progressed.state())
                    .put("triggers", progressed.published().triggers())
                    .put("commands", progressed.published().commands());
        }
        OperationFailed failed = (OperationFailed) event;
        return operation("operation-failed", event).put("code", failed.code()).put("detail", failed.detail());
    }

    private static Json.ObjectBuilder ofCard(OfCard event) {
        if (event instanceof CardRegistered registered) {
            return card("card-registered", event)
                    .put("operation", registered.operation())
                    .put("profiles", profiles(registered.profiles()));
        }
        if (event instanceof RegistrationRefused refused) {
            return card("registration-refused", event)
                    .put("operation", refused.operation())
                    .put("code", refused.code())
                    .put("detail", refused.detail());
        }
        if (event instanceof ProcedureProgressed progressed) {
            return card("procedure-progressed", event)
                    .put("operation", progressed.operation())
                    .put("procedure", progressed.procedure())
                    .put("function", progressed.function().toJson())
                    .put("state", progressed.state())
                    .put("origin", progressed.origin());
        }
        if (event instanceof ProcedureEnded ended) {
            return card("procedure-ended", event)
                    .put("operation", ended.operation())
                    .put("procedure", ended.procedure())
                    .put("function", ended.function().toJson())
                    .put("outcome", ended.outcome().toJson())
                    .put("commandedBy", ended.commandedBy());
        }
        if (event instanceof CardState state) {
            CardResources resources = state.resources();
            return card("card-state", event)
                    .put("cause", state.cause())
                    .put("profiles", profiles(state.profiles()))
                    .put("resources", resources == null ? null : resources.toJson())
                    .put("keySetVersion", state.keySetVersion() == null ? null : Json.of(state.keySetVersion()))
                    .put("why", state.why() == null ? null : state.why().toJson());
        }
        if (event instanceof ClientRequest request) {
            return card("client-request", event)
                    .put("accepted", request.accepted())
                    .put("operation", request.operation())
                    .put("reason", request.reason())
                    .put(
                            "ticket",
                            request.ticket() == null ? null : request.ticket().toJson());
        }
        return card("presence", event).put("online", ((Presence) event).online());
    }

    private static Json.ObjectBuilder start(String kind, EventRecord event) {
        return Fields.versioned(kind).put("at", event.at().toString());
    }

    private static Json.ObjectBuilder operation(String kind, OfOperation event) {
        return start(kind, event).put("tenant", event.tenant().value()).put("operation", event.operation());
    }

    private static Json.ObjectBuilder stock(String kind, OfStock event) {
        return start(kind, event)
                .put("tenant", event.tenant().value())
                .put("operation", event.operation())
                .put("template", event.template().value());
    }

    private static Json.ObjectBuilder replacement(String kind, OfReplacement event) {
        return event.parties()
                .addTo(start(kind, event)
                        .put("tenant", event.tenant().value())
                        .put("ticket", event.ticket())
                        .put("sequence", event.sequence()));
    }

    private static Json.ObjectBuilder card(String kind, OfCard event) {
        return start(kind, event)
                .put("tenant", event.tenant().value())
                .put("nid", event.nid().value())
                .put("sequence", event.sequence());
    }

    private static List<Json.Obj> profiles(List<ProfileState> profiles) {
        return profiles.stream().map(ProfileState::toJson).toList();
    }

    static EventRecord fromJson(Fields fields) {
        Instant at = fields.instant("at");
        String kind = fields.text("kind");
        if (kind.equals("transport-key")) {
            return new TransportKey(
                    at,
                    fields.text("role"),
                    fields.text("keyId"),
                    fields.object("jwk").object());
        }
        TenantId tenant = fields.value("tenant", TenantId::new);
        if (kind.equals("operation-started")) {
            return new OperationStarted(
                    at,
                    tenant,
                    fields.text("operation"),
                    fields.findValue("gid", Gid::new).orElse(null),
                    fields.number("members"));
        }
        if (kind.equals("campaign-progressed")) {
            return new CampaignProgressed(
                    at,
                    tenant,
                    fields.text("operation"),
                    fields.number("sequence"),
                    fields.text("state"),
                    new Published(fields.number("triggers"), fields.number("commands")));
        }
        if (kind.equals("operation-failed")) {
            return new OperationFailed(
                    at, tenant, fields.text("operation"), fields.text("code"), fields.text("detail"));
        }
        if (kind.equals("template-imported")) {
            return new TemplateImported(
                    at,
                    tenant,
                    fields.text("operation"),
                    fields.value("template", TemplateId::new),
                    SubscriptionResult.refusal(fields));
        }
        if (kind.equals("subscriptions-imported")) {
            return new SubscriptionsImported(
                    at,
                    tenant,
                    fields.text("operation"),
                    fields.value("template", TemplateId::new),
                    fields.list("results", SubscriptionResult::fromJson));
        }
        if (kind.equals("replacement-progressed")) {
            return new ReplacementProgressed(
                    at,
                    tenant,
                    fields.text("ticket"),
                    fields.number("sequence"),
                    ReplacementParties.from(fields),
                    fields.text("stage"),
                    fields.value("holder", Nid::new),
                    fields.findObject("outcome").map(Outcome::fromJson).orElse(null),
                    fields.findValue("evidence", Octets::fromBase64).orElse(null),
                    fields.findValue("successorEvidence", Octets::fromBase64).orElse(null),
                    fields.truthOr("forced", false));
        }
        if (kind.equals("replacement-stuck")) {
            return new ReplacementStuck(
                    at,
                    tenant,
                    fields.text("ticket"),
                    fields.number("sequence"),
                    ReplacementParties.from(fields),
                    fields.text("code"),
                    fields.text("detail"));
        }
        return cardFromJson(kind, at, tenant, fields);
    }

    private static EventRecord cardFromJson(String kind, Instant at, TenantId tenant, Fields fields) {
        Nid nid = fields.value("nid", Nid::new);
        long sequence = fields.number("sequence");
        return switch (kind) {
            case "card-registered" ->
                new CardRegistered(at, tenant, nid, sequence, fields.text("operation"), profiles(fields));
            case "registration-refused" ->
                new RegistrationRefused(
                        at,
                        tenant,
                        nid,
                        sequence,
                        fields.text("operation"),
                        fields.text("code"),
                        fields.text("detail"));
            case "procedure-progressed" ->
                new ProcedureProgressed(
                        at,
                        tenant,
                        nid,
                        sequence,
                        fields.text("operation"),
                        fields.text("procedure"),
                        EsFunction.fromJson(fields.object("function")),
                        fields.text("state"),
                        fields.text("origin"));
            case "procedure-ended" ->
                new ProcedureEnded(
                        at,
                        tenant,
                        nid,
                        sequence,
                        fields.text("operation"),
                        fields.text("procedure"),
                        EsFunction.fromJson(fields.object("function")),
                        Outcome.fromJson(fields.object("outcome")),
                        fields.findText("commandedBy").orElse(null));
            case "card-state" ->
                new CardState(
                        at,
                        tenant,
                        nid,
                        sequence,
                        fields.text("cause"),
                        profiles(fields),
                        fields.findObject("resources")
                                .map(CardResources::fromJson)
                                .orElse(null),
                        fields.object().find("keySetVersion").isPresent() ? fields.smallNumber("keySetVersion") : null,
                        fields.findObject("why").map(Outcome::fromJson).orElse(null));
            case "client-request" ->
                new ClientRequest(
                        at,
                        tenant,
                        nid,
                        sequence,
                        fields.truth("accepted"),
                        fields.findText("operation").orElse(null),
                        fields.findText("reason").orElse(null),
                        fields.findObject("ticket").map(TicketState::fromJson).orElse(null));
            case "presence" -> new Presence(at, tenant, nid, sequence, fields.truth("online"));
            default -> throw new MalformedRecordException("kind", "a kind of docs/asyncapi.yaml expected");
        };
    }

    private static List<ProfileState> profiles(Fields fields) {
        return fields.list("profiles", ProfileState::fromJson);
    }
}
