package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Orders in group mode, how they go, and how they are steered. */
@QuarkusTest
class CampaignIT extends OrderIT {
    @Test
    void anOrderInGroupModeIsSentWithItsPlanAndShownWithItsCampaign() {
        List<Nid> cards = group("plan", 3);
        String id = order("\"gid\":\"plan\",\"mode\":\"group\",\"campaign\":{\"canary\":1,\"answerWindowSeconds\":5}");
        OrderRecord.OnGroup sent = (OrderRecord.OnGroup) sent(id).get(0);
        assertEquals(new CampaignPlan(1, 100, Duration.ofSeconds(5)), sent.campaign());
        JsonNode pending = operation(id);
        assertEquals("group", pending.path("mode").asText());
        assertEquals(
                "{\"canary\":1,\"stopAtFailedPercent\":100,\"answerWindowSeconds\":5,\"triggers\":0,\"commands\":0,\"repaired\":0}",
                pending.path("campaign").toString());

        started(id, "plan", 3);
        campaign(id, 1, "Gathering", 0, 0);
        campaign(id, 3, "Commanded", 1, 2);
        campaign(id, 2, "Triggered", 1, 0);
        end(cards.get(0), id, Outcome.SUCCEEDED, "C1");
        end(cards.get(1), id, Outcome.SUCCEEDED, "B1");
        end(cards.get(2), id, Outcome.failed("CANCELLED", "The campaign was cancelled."), null);
        Provisioning.await(() -> operation(id).path("status").asText().equals("Completed"));
        Provisioning.await(() -> operation(id).at("/campaign/commands").asInt() == 2);
        assertEquals("Commanded", operation(id).at("/campaign/state").asText(), "the older event came late");
        assertEquals(1, operation(id).at("/campaign/triggers").asInt());
        assertEquals(1, operation(id).at("/campaign/repaired").asInt());
        List<String> steps = viewer(a()).get("/v1/operations/" + id + "/outcomes").items().stream()
                .map(item -> item.path("commandedBy").asText("-"))
                .sorted()
                .toList();
        assertEquals(List.of("-", "B1", "C1"), steps);
        assertEquals(404, viewer(b()).get("/v1/operations/" + id).status());
    }

    @Test
    void withoutAPlanTheUsualOneIsSentAndCardByCardNone() {
        group("usual", 0);
        OrderRecord.OnGroup usual = (OrderRecord.OnGroup)
                sent(order("\"gid\":\"usual\",\"mode\":\"group\"")).get(0);
        assertEquals(CampaignPlan.DEFAULT, usual.campaign());
        String single = order("\"gid\":\"usual\",\"mode\":\"single\"");
        assertNull(((OrderRecord.OnGroup) sent(single).get(0)).campaign());
        assertEquals("single", operation(single).path("mode").asText());
        assertFalse(operation(single).has("campaign"));
    }

    @Test
    void anOrderInGroupModeThatCannotBeIsRefusedByMember() {
        String nid = enrol(a(), "");
        group("bounds", 0);
        refused("mode", "\"nid\":\"" + nid + "\",\"mode\":\"group\"");
        refused("mode", "\"gid\":\"bounds\",\"mode\":\"broadcast\"");
        refused("campaign", "\"gid\":\"bounds\",\"campaign\":{}");
        refused("campaign.canary", "\"gid\":\"bounds\",\"mode\":\"group\",\"campaign\":{\"canary\":1001}");
        refused(
                "campaign.stopAtFailedPercent",
                "\"gid\":\"bounds\",\"mode\":\"group\",\"campaign\":{\"stopAtFailedPercent\":101}");
        refused(
                "campaign.answerWindowSeconds",
                "\"gid\":\"bounds\",\"mode\":\"group\",\"campaign\":{\"answerWindowSeconds\":0}");
        refused("campaign.canary", "\"gid\":\"bounds\",\"mode\":\"group\",\"campaign\":{\"canary\":99999999999}");
        refused("campaign.window", "\"gid\":\"bounds\",\"mode\":\"group\",\"campaign\":{\"window\":1}");
    }

    @Test
    void aKeyIsForOneModeAndOnePlan() {
        group("key", 0);
        String key = UUID.randomUUID().toString();
        String body = enable("\"gid\":\"key\",\"mode\":\"group\"");
        String first = operator(a())
                .post("/v1/operations", body, "Idempotency-Key", key)
                .text("id");
        String usual = enable("\"gid\":\"key\",\"mode\":\"group\",\"campaign\":{\"canary\":0}");
        assertEquals(
                first,
                operator(a())
                        .post("/v1/operations", usual, "Idempotency-Key", key)
                        .text("id"),
                "what is absent is as usual");
        for (String other :
                List.of("\"gid\":\"key\"", "\"gid\":\"key\",\"mode\":\"group\",\"campaign\":{\"canary\":1}")) {
            Api.Answer answer = operator(a()).post("/v1/operations", enable(other), "Idempotency-Key", key);
            assertEquals("Idempotency-Key", answer.body().at("/errors/0/field").asText());
        }
    }

    @Test
    void anEmptyGroupIsCompleteAtOnce() {
        group("empty", 0);
        String id = order("\"gid\":\"empty\",\"mode\":\"group\"");
        started(id, "empty", 0);
        Provisioning.await(() -> operation(id).path("status").asText().equals("Completed"));
        assertFalse(operation(id).path("completedAt").asText().isEmpty());
    }

    @Test
    void steeringIsOrderedOnceAndAudited() {
        group("steer", 0);
        String id = order("\"gid\":\"steer\",\"mode\":\"group\"");
        assertEquals(403, steer(viewer(a()), id, "pause").status());
        Api.Answer paused = steer(operator(a()), id, "pause");
        assertEquals(202, paused.status(), paused.body().toString());
        assertTrue(paused.location().endsWith("/v1/operations/" + id));
        Api.Answer bare = operator(a())
                .send(operator(a())
                        .request("/v1/operations/" + id + "/pause")
                        .POST(HttpRequest.BodyPublishers.noBody()));
        assertEquals(202, bare.status(), bare.body().toString());
        assertEquals(202, steer(operator(a()), id, "resume").status());
        campaign(id, 1, "Stopped", 1, 1);
        Provisioning.await(() -> operation(id).at("/campaign/state").asText().equals("Stopped"));
        assertEquals(202, steer(operator(a()), id, "resume").status(), "it stopped by itself since");
        assertEquals(202, steer(operator(a()), id, "cancel").status());
        assertEquals(202, steer(operator(a()), id, "cancel").status());
        assertEquals(409, steer(operator(a()), id, "resume").status(), "what is cancelled stays so");

        List<OrderRecord.SteerCampaign> orders = provisioning.orders(order -> isSteering(order, id)).stream()
                .map(OrderRecord.SteerCampaign.class::cast)
                .toList();
        assertEquals(
                List.of("pause", "resume", "resume", "cancel"),
                orders.stream().map(order -> order.steering().literal()).toList());
        assertEquals(new Gid("steer"), orders.get(0).gid());
        assertEquals(4, orders.stream().map(OrderRecord::operation).distinct().count());
        assertEquals(sent(id).get(0).key(), orders.get(0).key(), "in the order's partition, thus after it");
        List<String> audited = viewer(a()).get("/v1/audit-entries?operation=" + id).items().stream()
                .map(entry -> entry.path("action").asText())
                .toList();
        assertEquals(
                List.of(
                        "CampaignSteered",
                        "CampaignSteered",
                        "CampaignStopped",
                        "CampaignSteered",
                        "CampaignSteered",
                        "OperationOrdered"),
                audited);
    }

    @Test
    void whatCannotBeSteeredIsRefused() {
        group("rigid", 0);
        String single = order("\"gid\":\"rigid\"");
        conflict("mode", single);
        String ended = order("\"gid\":\"rigid\",\"mode\":\"group\"");
        started(ended, "rigid", 0);
        Provisioning.await(() -> operation(ended).path("status").asText().equals("Completed"));
        conflict("status", ended);
        assertEquals(404, steer(operator(a()), "nothing", "pause").status());
        assertEquals(404, steer(operator(b()), ended, "pause").status());
    }

    @Test
    void theRequestOfASpokesmanIsOneOperationOfItsGroupWhateverComesFirst() {
        List<Nid> cards = group("talk", 2);
        Nid spokesman = cards.get(0);
        Nid other = cards.get(1);
        String asked = UUID.randomUUID().toString();
        // Its own part is even over before anything else is told.
        request(spokesman, asked);
        progress(spokesman, asked, "Queued", "client");
        end(spokesman, asked, Outcome.SUCCEEDED, "C1");
        Provisioning.await(() -> viewer(a()).get("/v1/operations/" + asked).status() == 200
                && operation(asked).path("succeeded").asInt() == 1);
        progress(other, asked, "Queued", "client");
        Provisioning.await(() -> operation(asked).path("mode").asText().equals("group"));
        campaign(asked, 1, "Commanded", 1, 1);
        started(asked, "talk", 2);
        Provisioning.await(() -> operation(asked).path("members").asInt() == 2
                && operation(asked).at("/campaign/triggers").asInt() == 1);
        assertEquals("Running", operation(asked).path("status").asText());
        assertFalse(operation(asked).has("completedAt"));
        end(other, asked, Outcome.SUCCEEDED, "B1");
        isComplete(asked, spokesman);

        String late = UUID.randomUUID().toString();
        progress(other, late, "Queued", "client");
        started(late, "talk", 2);
        end(other, late, Outcome.SUCCEEDED, "B1");
        Provisioning.await(() -> viewer(a()).get("/v1/operations/" + late).status() == 200
                && operation(late).path("succeeded").asInt() == 1);
        // It is carried out for this device already: others ask for the same in vain.
        request(other, late);
        request(spokesman, late);
        progress(spokesman, late, "Queued", "client");
        end(spokesman, late, Outcome.SUCCEEDED, "C1");
        isComplete(late, spokesman);

        assertEquals(404, viewer(b()).get("/v1/operations/" + late).status());
    }

    private void isComplete(String id, Nid spokesman) {
        Provisioning.await(() -> operation(id).path("status").asText().equals("Completed"));
        JsonNode done = operation(id);
        assertEquals("talk", done.path("gid").asText());
        assertFalse(done.has("nid"));
        assertEquals("group", done.path("mode").asText());
        assertEquals("client", done.path("origin").asText());
        assertEquals(spokesman.value(), done.path("requester").asText());
        assertEquals("EnableProfile", done.at("/function/name").asText());
        assertEquals(2, done.path("members").asInt());
        assertEquals(2, done.path("succeeded").asInt());
        assertEquals(1, done.at("/campaign/repaired").asInt());
    }

    private void refused(String field, String more) {
        Api.Answer answer = operator(a()).post("/v1/operations", enable(more));
        assertEquals(422, answer.status(), answer.body().toString());
        assertEquals(field, answer.body().at("/errors/0/field").asText());
    }

    private void conflict(String field, String id) {
        Api.Answer answer = steer(operator(a()), id, "pause");
        assertEquals(409, answer.status(), answer.body().toString());
        assertEquals(field, answer.body().at("/errors/0/field").asText());
    }

    private static Api.Answer steer(Api api, String id, String how) {
        return api.post("/v1/operations/" + id + "/" + how, "");
    }

    private List<OrderRecord> sent(String id) {
        return provisioning.orders(order -> order.operation().equals(id));
    }

    private static boolean isSteering(OrderRecord order, String id) {
        return order instanceof OrderRecord.SteerCampaign steer
                && steer.campaign().equals(id);
    }

    private void campaign(String id, long sequence, String state, long triggers, long commands) {
        provisioning.tell(new EventRecord.CampaignProgressed(
                Instant.now(), new TenantId(a()), id, sequence, state, new EventRecord.Published(triggers, commands)));
    }

    private void request(Nid card, String id) {
        provisioning.tell(new EventRecord.ClientRequest(
                Instant.now(), new TenantId(a()), card, provisioning.nextSequence(), true, id, null));
    }
}
