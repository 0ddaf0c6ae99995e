package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.protocol.record.TicketState;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Policies for cards that ask by themselves, and requests that wait for an operator. */
@QuarkusTest
class RequestIT extends RegistryIT {
    private static final EsFunction ENABLE =
            new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));
    private static final String RULES = "{\"rules\":[{\"reasons\":[\"first-attach\"],\"grant\":\"automatic\","
            + "\"template\":\"acme-iot\",\"quota\":{\"perCard\":1,\"inAll\":10,\"periodSeconds\":86400},"
            + "\"quietHours\":{\"from\":\"22:00\",\"to\":\"06:00\",\"zone\":\"Asia/Seoul\"},\"trigger\":\"a1\"},"
            + "{\"grant\":\"approval\",\"function\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"operational\"}}}]}";

    @Test
    void theTenantsPolicyIsAnnouncedWithTheTenantAndShown() {
        Api.Answer put = operator(a()).put("/v1/request-policy", RULES);
        assertEquals(200, put.status(), put.body().toString());
        assertEquals("a1", put.body().at("/rules/0/trigger").asText());
        assertEquals(20, put.body().at("/rules/1/quota/perCard").asInt(), "the default is shown");
        assertEquals(put.body(), viewer(a()).get("/v1/request-policy").body());
        RequestPolicy told = announced(record ->
                record instanceof FleetRecord.Tenant tenant ? Optional.of(tenant.requests()) : Optional.empty());
        assertEquals(
                RequestRule.Grant.AUTOMATIC,
                told.rule(RequestReason.FIRST_ATTACH).orElseThrow().grant());
        assertEquals(
                RequestRule.Grant.APPROVAL,
                told.rule(RequestReason.OTHER).orElseThrow().grant());
        assertEquals(
                0, viewer(b()).get("/v1/request-policy").body().path("rules").size());
        assertEquals(403, viewer(a()).put("/v1/request-policy", RULES).status());
        assertEquals(
                200, operator(a()).put("/v1/request-policy", "{\"rules\":[]}").status());
    }

    @Test
    void whoGrantsMovesIsSaidByTheTenantAndByItsGroups() {
        String tenants = RULES.substring(0, RULES.length() - 1) + ",\"moves\":\"refused\"}";
        assertEquals(
                "refused",
                operator(a())
                        .put("/v1/request-policy", tenants)
                        .body()
                        .path("moves")
                        .asText());
        Predicate<RequestPolicy> moving = policy -> policy.moves().isPresent();
        String gid = "moving-" + UUID.randomUUID();
        Api.Answer group = operator(a())
                .put(
                        "/v1/groups/" + gid,
                        "{\"requests\":" + tenants.replace("\"moves\":\"refused\"", "\"moves\":\"automatic\"") + "}");
        assertEquals("automatic", group.body().at("/requests/moves").asText());
        RequestPolicy told = announced(
                record -> record instanceof FleetRecord.Group one && one.gid().equals(new Gid(gid))
                        ? Optional.of(one.requests()).filter(moving)
                        : Optional.empty());
        assertEquals(Optional.of(RequestRule.Grant.AUTOMATIC), told.moves());
        told = announced(record -> record instanceof FleetRecord.Tenant tenant
                ? Optional.of(tenant.requests()).filter(moving)
                : Optional.empty());
        assertEquals(Optional.of(RequestRule.Grant.REFUSED), told.moves());
        wrong("{\"rules\":[],\"moves\":\"maybe\"}", "moves");
        Api.Answer quota = operator(a())
                .put("/v1/request-policy", "{\"rules\":[],\"moves\":{\"grant\":\"automatic\",\"quietHours\":{}}}");
        assertEquals(4, quota.status() / 100, quota.body().toString());
        assertTrue(quota.body().toString().contains("moves"), quota.body().toString());
        operator(a()).put("/v1/request-policy", "{\"rules\":[]}");
    }

    @Test
    void whoseProfilesMoveIsSaidByNames() {
        String named = RULES.substring(0, RULES.length() - 1) + ",\"profileOwners\":[\"Operator A\",\"Operator B\"]}";
        Api.Answer answer = operator(a()).put("/v1/request-policy", named);
        assertEquals(
                "[\"Operator A\",\"Operator B\"]",
                answer.body().path("profileOwners").toString());
        RequestPolicy told = announced(record -> record instanceof FleetRecord.Tenant tenant
                ? Optional.of(tenant.requests())
                        .filter(policy -> policy.profileOwners().isPresent())
                : Optional.empty());
        assertEquals(
                Optional.of(Set.of(new ProfileOwner("Operator A"), new ProfileOwner("Operator B"))),
                told.profileOwners());
        wrong("{\"rules\":[],\"profileOwners\":[]}", "profileOwners");
        wrong("{\"rules\":[],\"profileOwners\":[\"Operator A\",\" \"]}", "profileOwners[1]");
        wrong("{\"rules\":[],\"profileOwners\":[null]}", "profileOwners[0]");
        Api.Answer group = operator(a())
                .put("/v1/groups/g-" + UUID.randomUUID(), "{\"requests\":{\"rules\":[],\"profileOwners\":[\"\"]}}");
        assertEquals(
                "requests.profileOwners[0]", group.body().at("/errors/0/field").asText());
        operator(a()).put("/v1/request-policy", "{\"rules\":[]}");
    }

    @Test
    void aGroupHasThatPolicyOrTheShortFormAndNotBoth() {
        String gid = "g-" + UUID.randomUUID();
        String shorthand = "\"onRequest\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"operational\"}}";
        Api.Answer old = operator(a()).put("/v1/groups/" + gid, "{" + shorthand + "}");
        assertEquals("EnableProfile", old.body().at("/onRequest/name").asText());
        Api.Answer rules = operator(a()).put("/v1/groups/" + gid, "{\"requests\":" + RULES + "}");
        assertEquals(200, rules.status(), rules.body().toString());
        assertTrue(rules.body().path("onRequest").isNull());
        assertEquals("acme-iot", rules.body().at("/requests/rules/0/template").asText());
        RequestPolicy told = announced(record ->
                record instanceof FleetRecord.Group group && group.gid().equals(new Gid(gid))
                        ? Optional.of(group.requests())
                        : Optional.empty());
        assertEquals(2, told.rules().size());
        Api.Answer both = operator(a()).put("/v1/groups/" + gid, "{" + shorthand + ",\"requests\":" + RULES + "}");
        assertEquals(422, both.status());
        assertEquals("onRequest", both.body().at("/errors/0/field").asText());
        // The same as a rule is the short form again.
        Api.Answer same = operator(a())
                .put(
                        "/v1/groups/" + gid,
                        "{\"requests\":{\"rules\":[{\"grant\":\"automatic\",\"function\":{\"name\":\"EnableProfile\","
                                + "\"target\":{\"type\":\"operational\"}}}]}}");
        assertEquals(old.body(), same.body());
    }

    @Test
    void whatIsWrongInARuleIsNamed() {
        wrong("{\"rules\":[{\"grant\":\"maybe\",\"template\":\"a\"}]}", "rules[0].grant");
        wrong("{\"rules\":[{\"reasons\":[\"boredom\"],\"grant\":\"refused\"}]}", "rules[0].reason");
        wrong("{\"rules\":[{\"grant\":\"automatic\"}]}", "rules[0].function");
        wrong(
                "{\"rules\":[{\"grant\":\"automatic\",\"template\":\"a\",\"quota\":{\"perCard\":0,\"periodSeconds\":60}}]}",
                "rules[0].quota.perCard");
        wrong(
                "{\"rules\":[{\"grant\":\"automatic\",\"template\":\"a\",\"quietHours\":{\"from\":\"22:00\",\"to\":\"6\",\"zone\":\"UTC\"}}]}",
                "rules[0].quietHours.to");
        wrong("{\"rules\":[{\"grant\":\"refused\"},{\"grant\":\"refused\"}]}", "rules.reasons");
        wrong("{}", "rules");
    }

    @Test
    void aWaitingRequestIsShownAndApprovedOnce() {
        Nid card = new Nid(enrol(a(), ""));
        String ticket = tell(card, TicketStage.WAITING, new Granted.Function(ENABLE), Optional.empty());
        Provisioning.await(() -> waiting(a(), ticket).isPresent());
        JsonNode shown = waiting(a(), ticket).orElseThrow();
        assertEquals("replacement", shown.path("reason").asText());
        assertEquals("EnableProfile", shown.at("/function/name").asText());
        assertEquals(card.value(), shown.path("nid").asText());
        assertTrue(waiting(b(), ticket).isEmpty());
        assertEquals(
                404,
                operator(b()).post("/v1/requests/" + ticket + "/approve", "").status());
        assertEquals(
                403, viewer(a()).post("/v1/requests/" + ticket + "/approve", "").status());
        assertEquals("Pending", operation(ticket).path("status").asText());

        assertEquals(
                202,
                operator(a()).post("/v1/requests/" + ticket + "/approve", "").status());
        assertEquals(
                202,
                operator(a()).post("/v1/requests/" + ticket + "/approve", "").status());
        assertEquals(
                409,
                operator(a()).post("/v1/requests/" + ticket + "/refuse", "{}").status());
        List<OrderRecord> orders = provisioning.orders(order -> order instanceof OrderRecord.AnswerRequest answer
                && answer.ticket().equals(ticket));
        assertEquals(1, orders.size());
        assertEquals(Optional.empty(), ((OrderRecord.AnswerRequest) orders.get(0)).refusal());
        assertTrue(waiting(a(), ticket).isEmpty());
        assertTrue(viewer(a()).get("/v1/audit-entries?nid=" + card).items().stream()
                .anyMatch(entry -> entry.path("action").asText().equals("RequestApproved")));
        JsonNode graph = viewer(a())
                .graph("{ requests(state: \"approved\", first: 100) { edges { node { ticket decidedBy } } } }")
                .body();
        assertTrue(graph.toString().contains(ticket), graph.toString());
    }

    @Test
    void aRefusedOneAndOneThatNobodyAnsweredHaveTheirOutcome() {
        Nid card = new Nid(enrol(a(), ""));
        String refused = tell(card, TicketStage.WAITING, new Granted.Function(ENABLE), Optional.empty());
        String late = tell(card, TicketStage.WAITING, new Granted.Function(ENABLE), Optional.empty());
        Provisioning.await(() -> waiting(a(), late).isPresent());
        assertEquals(
                422,
                operator(a())
                        .post("/v1/requests/" + refused + "/refuse", "{\"reason\":\"\\u0007\"}")
                        .status());
        assertEquals(
                202,
                operator(a())
                        .post("/v1/requests/" + refused + "/refuse", "{\"reason\":\"to be scrapped\"}")
                        .status());
        OrderRecord.AnswerRequest order = (OrderRecord.AnswerRequest) provisioning
                .orders(one -> one instanceof OrderRecord.AnswerRequest answer
                        && answer.ticket().equals(refused))
                .get(0);
        assertEquals(Optional.of(new Refusal("REFUSED_BY_OPERATOR", "to be scrapped")), order.refusal());
        drop(card, refused, TicketStage.REFUSED, new Refusal("REFUSED_BY_OPERATOR", "to be scrapped"));
        drop(card, late, TicketStage.EXPIRED, new Refusal("NOT_APPROVED", "nobody has approved the request in time"));
        Provisioning.await(() -> operation(late).path("status").asText().equals("Failed"));
        assertEquals("NOT_APPROVED", operation(late).at("/failure/code").asText());
        Provisioning.await(() -> operation(refused).path("status").asText().equals("Failed"));
        assertEquals(
                409, operator(a()).post("/v1/requests/" + late + "/approve", "").status());
        assertTrue(viewer(a()).get("/v1/requests?state=expired&limit=1000").items().stream()
                .anyMatch(item -> item.path("ticket").asText().equals(late)));
    }

    @Test
    void aGroupsRequestIsTheGroupsFromTheBeginning() {
        String gid = "g-" + UUID.randomUUID();
        operator(a()).put("/v1/groups/" + gid, "{}");
        Nid card = new Nid(enrol(a(), ""));
        String ticket = tell(card, TicketStage.WAITING, new Granted.Function(ENABLE), Optional.of(new Gid(gid)));
        Provisioning.await(() -> waiting(a(), ticket).isPresent());
        assertEquals(gid, waiting(a(), ticket).orElseThrow().path("gid").asText());
        assertEquals(gid, operation(ticket).path("gid").asText());
        assertEquals(card.value(), operation(ticket).path("requester").asText());
    }

    @Test
    void withoutStockTheSmSrIsToldWhyAndNothingIsOrdered() {
        Nid card = new Nid(enrol(a(), ""));
        String ticket = tell(
                card, TicketStage.ORDERING, new Granted.FromStock(new TemplateId("nobody-has-it")), Optional.empty());
        OrderRecord.AnswerRequest answer = (OrderRecord.AnswerRequest) provisioning
                .orders(order -> order instanceof OrderRecord.AnswerRequest one
                        && one.ticket().equals(ticket))
                .get(0);
        assertEquals("NO_TEMPLATE", answer.refusal().orElseThrow().code());
        assertEquals("registry", answer.requester());
        drop(card, ticket, TicketStage.REFUSED, answer.refusal().orElseThrow());
        Provisioning.await(() -> operation(ticket).path("status").asText().equals("Failed"));
        assertTrue(viewer(a()).get("/v1/audit-entries?nid=" + card).items().stream()
                .anyMatch(entry -> entry.path("detail").asText().startsWith("NO_TEMPLATE")));
    }

    private String tell(Nid card, TicketStage stage, Granted granted, Optional<Gid> gid) {
        String ticket = UUID.randomUUID().toString();
        provisioning.tell(new EventRecord.ClientRequest(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                true,
                ticket,
                null,
                new TicketState(
                        stage,
                        RequestReason.REPLACEMENT,
                        gid,
                        granted,
                        Optional.of(Instant.now().plus(Duration.ofDays(1))),
                        Optional.empty())));
        return ticket;
    }

    private void drop(Nid card, String ticket, TicketStage stage, Refusal why) {
        provisioning.tell(new EventRecord.ClientRequest(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                false,
                ticket,
                why.code() + ": " + why.detail(),
                new TicketState(
                        stage,
                        RequestReason.REPLACEMENT,
                        Optional.empty(),
                        new Granted.Function(ENABLE),
                        Optional.empty(),
                        Optional.of(why))));
    }

    private void wrong(String policy, String field) {
        Api.Answer answer = operator(a()).put("/v1/request-policy", policy);
        assertEquals(422, answer.status(), policy);
        assertEquals(field, answer.body().at("/errors/0/field").asText());
    }

    private Optional<JsonNode> waiting(String tenant, String ticket) {
        return viewer(tenant).get("/v1/requests?state=waiting&limit=1000").items().stream()
                .filter(item -> item.path("ticket").asText().equals(ticket))
                .findFirst();
    }

    private JsonNode operation(String id) {
        return viewer(a()).get("/v1/operations/" + id).body();
    }

    /** The policy that was announced last of what {@code wanted} accepts, of the first tenant. */
    private RequestPolicy announced(Function<FleetRecord, Optional<RequestPolicy>> wanted) {
        List<RequestPolicy> policies =
                provisioning.fleet(1, message -> policy(message.value(), wanted).isPresent()).stream()
                        .map(message -> policy(message.value(), wanted).orElseThrow())
                        .toList();
        return policies.get(policies.size() - 1);
    }

    private Optional<RequestPolicy> policy(byte[] value, Function<FleetRecord, Optional<RequestPolicy>> wanted) {
        FleetRecord record = FleetRecord.decode(Octets.of(value));
        return record.tenant().value().equals(a())
                ? wanted.apply(record).filter(policy -> policy.rules().size() == 2)
                : Optional.empty();
    }
}
