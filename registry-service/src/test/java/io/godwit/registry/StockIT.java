package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.EncryptedSubscription;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.SubscriptionResult;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import io.godwit.protocol.record.TicketState;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Templates and subscriptions, from their import to a card and back. */
@QuarkusTest
class StockIT extends StockedIT {
    @Test
    void aTemplateIsSentAndUsableOnceTheSmDpHasIt() {
        String id = putTemplate("\"operator\":\"mno-1\",\"type\":\"operational\",\"lowStock\":2");
        OrderRecord.ImportProfileTemplate order = (OrderRecord.ImportProfileTemplate)
                provisioning.orders(one -> one.operation().equals(id)).get(0);
        assertEquals(new TemplateId(template), order.template());
        assertEquals(jwe(a(), template, null), order.profileTemplate());
        assertEquals("Importing", stock().path("state").asText());
        tellTemplate(
                "somebody-elses-import", Optional.of(new Refusal("TEMPLATE_UNREADABLE", "profileTemplate: it is not")));
        tellTemplate(id, Optional.of(new Refusal("TEMPLATE_HOLDS_SECRETS", "profileTemplate: K in akaParameter")));
        awaitTemplate("Refused");
        assertEquals("TEMPLATE_HOLDS_SECRETS", stock().path("code").asText());
        assertFalse(stock().path("usable").asBoolean());

        String again = putTemplate("\"operator\":\"mno-1\"");
        tellTemplate(again, Optional.empty());
        awaitTemplate("Available");
        assertTrue(stock().path("usable").asBoolean());
        assertEquals("mno-1", stock().path("operator").asText());

        String third = putTemplate("\"operator\":\"mno-1\"");
        tellTemplate(third, Optional.of(new Refusal("TEMPLATE_UNREADABLE", "profileTemplate: not a package")));
        awaitTemplate("Refused");
        assertTrue(stock().path("usable").asBoolean(), "the one before is still there");
        assertEquals(
                409,
                owner(a(), "mno-2")
                        .put(
                                "/v1/profile-templates/" + template,
                                template(a(), template).replace("mno-1", "mno-2"))
                        .status());
    }

    @Test
    void whatIsWrongWithATemplateIsNamed() {
        for (String[] wrong : new String[][] {
            {"operator", template(a(), template).replace("mno-1", "mno-2")},
            {"operator", "{\"profileTemplate\":\"" + jwe(a(), template, null) + "\"}"},
            {"profileTemplate", "{\"operator\":\"mno-1\"}"},
            {"profileTemplate", template(b(), template)},
            {"profileTemplate", template(a(), "another")},
            {"profileTemplate", template(a(), template).replace(encoded(KEY_ID, a(), template, null), "e30")},
            {"lowStock", template(a(), template).replace("{", "{\"lowStock\":-1,")}
        }) {
            Api.Answer answer = owner(a(), "mno-1").put("/v1/profile-templates/" + template, wrong[1]);
            assertEquals(422, answer.status(), answer.body().toString());
            assertEquals(wrong[0], answer.body().at("/errors/0/field").asText());
        }
        assertEquals(
                422,
                owner(a(), "mno-1")
                        .put("/v1/profile-templates/Capital", template(a(), "Capital"))
                        .status());
        assertEquals(
                403,
                viewer(a())
                        .put("/v1/profile-templates/" + template, template(a(), template))
                        .status());
        assertEquals(404, viewer(a()).get("/v1/profile-templates/" + template).status());
    }

    @Test
    void linesAreAnsweredOneByOneAndWhatIsThereAlreadyChangesNothing() {
        usableTemplate(0);
        Iccid taken = new Iccid(Card.next().operational().digits());
        Card papers = Card.next();
        assertEquals(
                201, operator(b()).post("/v1/euiccs", papers.registration(b())).status());
        List<Iccid> fresh = iccids(3);
        List<JsonNode> answers = owner(a(), "mno-1")
                .bulk(
                        "/v1/profile-templates/" + template + "/subscriptions",
                        String.join(
                                "\n",
                                line(fresh.get(0)),
                                "",
                                "{\"iccid\":\"" + fresh.get(1) + "\",\"ki\":\"00\"}",
                                line(fresh.get(0)),
                                line(papers.operational()),
                                "{\"iccid\":\"" + fresh.get(1) + "\",\"subscription\":\""
                                        + jwe(a(), template, fresh.get(2)) + "\"}",
                                line(fresh.get(1)),
                                "garbage",
                                "{\"iccid\":\"" + taken + "\",\"subscription\":\"" + jwe(b(), template, taken)
                                        + "\"}"));
        assertEquals(
                List.of(
                        "1:Importing",
                        "3:ki",
                        "4:iccid",
                        "5:iccid",
                        "6:subscription",
                        "7:Importing",
                        "8:",
                        "9:subscription"),
                answers.stream()
                        .map(answer -> answer.path("line").asText() + ":"
                                + answer.at("/result/state").asText()
                                + answer.at("/problem/errors/0/field").asText())
                        .toList());
        String importId = answers.get(0).at("/result/import").asText();
        List<OrderRecord> orders =
                provisioning.orders(order -> order.operation().equals(importId));
        Set<EncryptedSubscription> sent = orders.stream()
                .flatMap(order -> ((OrderRecord.ImportSubscriptions) order).subscriptions().stream())
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        new EncryptedSubscription(fresh.get(0), jwe(a(), template, fresh.get(0))),
                        new EncryptedSubscription(fresh.get(1), jwe(a(), template, fresh.get(1)))),
                sent);

        tellSubscriptions(
                importId,
                List.of(
                        SubscriptionResult.stored(fresh.get(0)),
                        SubscriptionResult.refused(
                                fresh.get(1), new Refusal("SUBSCRIPTION_NOT_DECRYPTED", "subscription: encrypt it"))));
        Provisioning.await(() -> state(fresh.get(1)).equals("Refused"));
        assertEquals("Available", state(fresh.get(0)));
        assertEquals(
                "SUBSCRIPTION_NOT_DECRYPTED",
                subscription(fresh.get(1)).path("code").asText());
        assertTrue(isFree(fresh.get(1)), "what was refused is nobody's");
        assertFalse(isFree(fresh.get(0)), "a card of nobody may come with a number of the stock");
        assertEquals(404, viewer(b()).get("/v1/subscriptions/" + fresh.get(0)).status());
        assertEquals(
                List.of("Importing", "Refused"),
                history(fresh.get(1)).stream()
                        .map(event -> event.path("state").asText())
                        .toList());
    }

    @Test
    void anImportThatIsADeadLetterIsRefused() {
        usableTemplate(0);
        Iccid iccid = iccids(1).get(0);
        String importId = ordered(iccid);
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), importId, "MALFORMED", "the order could not be read"));
        Provisioning.await(() -> state(iccid).equals("Refused"));
        assertEquals("MALFORMED", subscription(iccid).path("code").asText());
        String again = ordered(iccid);
        tellSubscriptions(importId, List.of(SubscriptionResult.stored(iccid)));
        tellSubscriptions(again, List.of(SubscriptionResult.stored(iccid)));
        Provisioning.await(() -> state(iccid).equals("Available"));
    }

    @Test
    void aSubscriptionIsReservedConsumedAndComesBackWhenItsProfileIsDeleted() {
        usableTemplate(1);
        Iccid iccid = imported(1).get(0);
        Nid nid = new Nid(enrol(a(), ""));
        String key = UUID.randomUUID().toString();
        Api.Answer first = download(nid, "\"enable\":true", key);
        assertEquals(202, first.status(), first.body().toString());
        assertEquals(first.text("id"), download(nid, "\"enable\":true", key).text("id"));
        OrderRecord.DownloadProfile order = (OrderRecord.DownloadProfile) provisioning
                .orders(one -> one.operation().equals(first.text("id")))
                .get(0);
        assertEquals(
                new ProfileDownload(
                        iccid,
                        Optional.of("operational"),
                        true,
                        Optional.empty(),
                        Optional.of(new TemplateId(template)),
                        Optional.of(new ProfileOwner("mno-1"))),
                order.download());
        assertEquals(null, order.profilePackage());
        assertEquals("Reserved", state(iccid));
        assertTrue(stock().path("lowSince").isTextual(), "none is left, and one would be enough");
        // Once when the template came without any, and once now.
        assertEquals(
                2,
                viewer(a()).get("/v1/audit-entries?limit=1000").items().stream()
                        .filter(entry -> entry.path("action").asText().equals("StockLow")
                                && entry.path("detail").asText().contains(template))
                        .count());
        Api.Answer none = download(new Nid(enrol(a(), "")), "", null);
        assertEquals(409, none.status());
        assertEquals("template", none.body().at("/errors/0/field").asText());
        assertEquals(409, download(nid, "\"iccid\":\"" + iccid + "\"", null).status());

        hold(nid, profile(iccid, ProfileState.State.ENABLED));
        end(nid, first.text("id"), iccid, Outcome.SUCCEEDED);
        Provisioning.await(() -> state(iccid).equals("Consumed"));
        assertEquals(nid.value(), subscription(iccid).path("nid").asText());
        assertFalse(isFree(iccid));

        hold(nid);
        Provisioning.await(() -> state(iccid).equals("Available"));
        assertTrue(stock().path("lowSince").isMissingNode()
                || stock().path("lowSince").isNull());
        assertFalse(isFree(iccid), "it is in stock again");
        assertEquals(
                List.of("Importing", "Available", "Reserved", "Consumed", "Available"),
                history(iccid).stream()
                        .map(event -> event.path("state").asText())
                        .toList());
        assertEquals(
                202,
                download(new Nid(enrol(a(), "")), "\"iccid\":\"" + iccid + "\"", null)
                        .status());
    }

    @Test
    void whatACardHasAskedForIsReservedAndOrderedUnderItsTicket() {
        usableTemplate(0);
        Iccid iccid = imported(1).get(0);
        Nid nid = new Nid(enrol(a(), ""));
        String ticket = asked(nid);
        OrderRecord.DownloadProfile order = (OrderRecord.DownloadProfile)
                provisioning.orders(one -> one.operation().equals(ticket)).get(0);
        assertEquals(iccid, order.download().iccid());
        assertTrue(order.download().enable());
        assertEquals(nid.value(), order.requester());
        assertEquals("Reserved", state(iccid));
        JsonNode operation = viewer(a()).get("/v1/operations/" + ticket).body();
        assertEquals("client", operation.path("origin").asText());
        assertEquals(iccid.digits(), operation.at("/function/target/iccid").asText());

        String second = asked(new Nid(enrol(a(), "")));
        OrderRecord.AnswerRequest empty = (OrderRecord.AnswerRequest) provisioning
                .orders(one -> one instanceof OrderRecord.AnswerRequest answer
                        && answer.ticket().equals(second))
                .get(0);
        assertEquals("STOCK_EMPTY", empty.refusal().orElseThrow().code());

        hold(nid, profile(iccid, ProfileState.State.ENABLED));
        end(nid, ticket, iccid, Outcome.SUCCEEDED);
        Provisioning.await(() -> state(iccid).equals("Consumed"));
        assertEquals(
                "Completed",
                viewer(a())
                        .get("/v1/operations/" + ticket)
                        .body()
                        .path("status")
                        .asText());
    }

    private String asked(Nid nid) {
        String ticket = UUID.randomUUID().toString();
        provisioning.tell(new EventRecord.ClientRequest(
                Instant.now(),
                new TenantId(a()),
                nid,
                provisioning.nextSequence(),
                true,
                ticket,
                null,
                new TicketState(
                        TicketStage.ORDERING,
                        RequestReason.FIRST_ATTACH,
                        Optional.empty(),
                        new Granted.FromStock(new TemplateId(template)),
                        Optional.of(Instant.now().plusSeconds(3600)),
                        Optional.empty())));
        return ticket;
    }

    @Test
    void aHalfMadeProfileKeepsItsSubscriptionUntilItIsDeleted() {
        usableTemplate(0);
        Iccid iccid = imported(1).get(0);
        Nid nid = new Nid(enrol(a(), ""));
        String id = download(nid, "", null).text("id");
        hold(nid, profile(iccid, ProfileState.State.CREATED));
        end(nid, id, iccid, Outcome.failed("PROFILE_REFUSED", "the card has not installed it"));
        assertEquals("Reserved", state(iccid));
        hold(nid);
        Provisioning.await(() -> state(iccid).equals("Available"));
    }

    @Test
    void anOrderThatFailsBeforeTheCardWasAskedGivesItsSubscriptionBack() {
        usableTemplate(0);
        Iccid iccid = imported(1).get(0);
        Nid nid = new Nid(enrol(a(), ""));
        String id = download(nid, "", null).text("id");
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), id, "CARD_UNKNOWN", "the card is no device of the tenant"));
        Provisioning.await(() -> state(iccid).equals("Available"));
    }

    @Test
    void aSubscriptionThatTheSmDpCannotUseIsNotGivenOutAgainAndTheNextOneIs() {
        usableTemplate(0);
        List<Iccid> stock = imported(2).stream().sorted().toList();
        Nid nid = new Nid(enrol(a(), ""));
        String id = download(nid, "", null).text("id");
        assertEquals("Reserved", state(stock.get(0)));
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), id, "SUBSCRIPTION_DOES_NOT_FIT", "subscription: another algorithm"));
        Provisioning.await(() -> state(stock.get(0)).equals("Refused"));
        assertEquals(
                "SUBSCRIPTION_DOES_NOT_FIT",
                subscription(stock.get(0)).path("code").asText());
        assertFalse(isFree(stock.get(0)), "the SM-DP has it yet");
        download(nid, "", null);
        assertEquals("Reserved", state(stock.get(1)));
        String again = ordered(stock.get(0));
        tellSubscriptions(
                again,
                List.of(SubscriptionResult.refused(
                        stock.get(0), new Refusal("SUBSCRIPTION_ON_A_CARD", "iccid: a card holds it"))));
        Provisioning.await(() -> state(stock.get(0)).equals("Refused"));
        assertFalse(isFree(stock.get(0)), "a card holds it");
    }

    @Test
    void aDownloadThatIsRefusedBeforehandGivesItsSubscriptionBack() {
        usableTemplate(0);
        Iccid iccid = imported(1).get(0);
        Nid nid = new Nid(enrol(a(), ""));
        end(nid, download(nid, "", null).text("id"), iccid, Outcome.failed("NOT_ENOUGH_MEMORY", "by its EIS"));
        Provisioning.await(() -> state(iccid).equals("Available"));
    }

    @Test
    void aRefusedRegistrationOfItsFormerCardFreesNoNumberOfTheStock() {
        usableTemplate(0);
        Iccid iccid = imported(1).get(0);
        Card papers = Card.next();
        Nid nid = new Nid(
                operator(a()).post("/v1/euiccs", papers.registration(a())).text("nid"));
        String id = download(nid, "", null).text("id");
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + nid).status());
        assertEquals("Lost", state(iccid));
        Card others = Card.next();
        assertEquals(
                201, operator(b()).post("/v1/euiccs", others.registration(b())).status());
        Card wrong = new Card(papers.eid(), papers.bootstrap(), others.operational());
        assertEquals(
                409, operator(a()).post("/v1/euiccs", wrong.registration(a())).status());
        assertFalse(isFree(iccid));
        assertEquals(
                201, operator(a()).post("/v1/euiccs", papers.registration(a())).status());
        hold(nid, profile(iccid, ProfileState.State.DISABLED));
        Provisioning.await(() -> state(iccid).equals("Consumed"));
        end(nid, id, iccid, Outcome.failed("CARD_REMOVED", "the card was taken out of the fleet"));
        hold(nid);
        Provisioning.await(() -> state(iccid).equals("Available"));
    }

    @Test
    void aTemplateThatTheSmDpDoesNotHaveIsSaidToBeThat() {
        putTemplate("\"operator\":\"mno-1\"");
        Api.Answer answer = download(new Nid(enrol(a(), "")), "", null);
        assertEquals(409, answer.status());
        assertTrue(
                answer.text("detail").contains("the SM-DP does not have it"),
                answer.body().toString());
    }

    @Test
    void whatARemovedCardHasIsNeverGivenOutAgain() {
        usableTemplate(0);
        Iccid iccid = imported(1).get(0);
        Nid nid = new Nid(enrol(a(), ""));
        download(nid, "", null);
        hold(nid, profile(iccid, ProfileState.State.DISABLED));
        Provisioning.await(() -> state(iccid).equals("Consumed"));
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + nid).status());
        assertEquals("Lost", state(iccid));
        hold(nid);
        assertFalse(isFree(iccid));
        assertEquals("Lost", state(iccid));
    }

    @Test
    void manyOrdersAtOnceNeverGetTheSameSubscription() throws Exception {
        usableTemplate(0);
        List<Iccid> stock = imported(12);
        List<Nid> cards =
                IntStream.range(0, 16).mapToObj(i -> new Nid(enrol(a(), ""))).toList();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (Nid nid : cards) {
                Callable<Integer> ordering = () -> download(nid, "", null).status();
                answers.add(pool.submit(ordering));
            }
            int accepted = 0;
            for (Future<Integer> answer : answers) {
                accepted += answer.get() == 202 ? 1 : 0;
            }
            assertEquals(12, accepted);
        } finally {
            pool.shutdownNow();
        }
        Set<String> holders = new HashSet<>();
        for (Iccid iccid : stock) {
            assertEquals("Reserved", state(iccid));
            assertTrue(holders.add(subscription(iccid).path("nid").asText()));
        }
        assertEquals("{\"Reserved\":12}", stock().path("subscriptions").toString());
    }

    @Test
    void theGraphShowsTheStockToItsTenantAndToNobodyElse() {
        usableTemplate(0);
        List<Iccid> stock = imported(2);
        download(new Nid(enrol(a(), "")), "\"iccid\":\"" + stock.get(0) + "\"", null);
        JsonNode data = viewer(a())
                .graph("{profileTemplate(template: \"" + template + "\") {operator state usable subscriptions {state"
                        + " subscriptions}} subscriptions(template: \"" + template
                        + "\", first: 1) {edges {node {iccid"
                        + " state history {state}}} pageInfo {hasNextPage}} subscription(iccid: \""
                        + stock.get(0)
                        + "\") {state history {state}} profileTemplates(operator: \"mno-1\") {edges {node"
                        + " {template}}}}")
                .body()
                .path("data");
        assertEquals(
                "{\"operator\":\"mno-1\",\"state\":\"Available\",\"usable\":true,\"subscriptions\":["
                        + "{\"state\":\"Available\",\"subscriptions\":1},{\"state\":\"Reserved\",\"subscriptions\":1}]}",
                data.path("profileTemplate").toString());
        assertTrue(data.at("/subscriptions/pageInfo/hasNextPage").asBoolean());
        assertEquals(1, data.at("/subscriptions/edges").size());
        assertTrue(data.at("/subscriptions/edges/0/node/history").size() >= 2);
        assertEquals(
                "[{\"state\":\"Importing\"},{\"state\":\"Available\"},{\"state\":\"Reserved\"}]",
                data.at("/subscription/history").toString());
        assertTrue(data.path("profileTemplates").toString().contains(template));
        assertEquals(
                "NOT_FOUND",
                viewer(b())
                        .graph("{subscription(iccid: \"" + stock.get(0) + "\") {state}}")
                        .code());
    }

    @Test
    void aPackageForANumberOfTheStockIsRefused() {
        usableTemplate(0);
        Iccid iccid = imported(1).get(0);
        Nid nid = new Nid(enrol(a(), ""));
        String jwe = "{\"iccid\":\"" + iccid + "\",\"profilePackage\":\"" + jwe(a(), null, iccid) + "\"}";
        assertEquals(
                409, operator(a()).post("/v1/euiccs/" + nid + "/profiles", jwe).status());
        assertEquals(
                404,
                operator(a())
                        .post("/v1/euiccs/" + nid + "/profiles", "{\"template\":\"no-such\"}")
                        .status());
    }

    private Api.Answer download(Nid nid, String more, String key) {
        String body = "{\"template\":\"" + template + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
        String path = "/v1/euiccs/" + nid + "/profiles";
        return key == null ? operator(a()).post(path, body) : operator(a()).post(path, body, "Idempotency-Key", key);
    }
}
