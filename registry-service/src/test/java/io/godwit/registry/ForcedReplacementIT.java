package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ReplacementParties;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device is given up, and its successor gets a subscription of its own. */
@QuarkusTest
class ForcedReplacementIT extends StockedIT {
    private Iccid lost;
    private Iccid fresh;
    private Nid old;
    private Nid successor;
    private String mode = "Forced";

    @BeforeEach
    void aCardHasAProfileOfTheStockAndOneMoreIsLeft() {
        usableTemplate(0);
        lost = imported(1).get(0);
        old = new Nid(enrol(a(), ""));
        assertEquals(2, operator(a()).put("/v1/groups/meters", "{}").status() / 100);
        successor = new Nid(enrol(a(), ""));
        assertEquals(
                2,
                operator(a())
                                .put("/v1/groups/meters/members/" + successor, "{}")
                                .status()
                        / 100);
        Api.Answer download =
                operator(a()).post("/v1/euiccs/" + old + "/profiles", "{\"template\":\"" + template + "\"}");
        hold(old, profile(lost, ProfileState.State.ENABLED));
        end(old, download.text("id"), lost, Outcome.SUCCEEDED);
        Provisioning.await(() -> state(lost).equals("Consumed"));
        fresh = imported(1).get(0);
    }

    @Test
    void theSuccessorGetsAnotherSubscriptionAndTheOldOneIsRevoked() {
        String key = UUID.randomUUID().toString();
        Api.Answer begun = order(body(""), key);
        assertEquals(202, begun.status(), begun.body().toString());
        String ticket = begun.text("ticket");
        assertTrue(begun.location().endsWith("/v1/operations/" + ticket), begun.location());
        assertEquals(begun.body(), order(body(""), key).body(), "the same request again");
        assertEquals(422, order(body("").replace("drowned", "burnt"), key).status(), "another one with its key");
        OrderRecord.ForceReplacement order = forced(ticket);
        assertEquals(old, order.old());
        assertEquals(successor, order.successor());
        assertEquals(new Gid("meters"), order.gid());
        assertEquals("drowned", order.reason());
        assertEquals(fresh, order.download().iccid());
        assertTrue(order.download().enable());
        assertFalse(order.stolen());
        assertEquals("Reserved", state(fresh));
        assertEquals(successor.value(), subscription(fresh).path("nid").asText());
        assertEquals(List.of("OperationOrdered", "ReplacementForced"), audited(ticket));

        progressed(ticket, 1, "Forced", null);
        Provisioning.await(() -> state(lost).equals("Revoked"));
        assertEquals(old.value(), subscription(lost).path("nid").asText());
        progressed(ticket, 2, "Installing", null);
        hold(successor, profile(fresh, ProfileState.State.ENABLED));
        end(successor, ticket, fresh, Outcome.SUCCEEDED);
        progressed(ticket, 3, "Completed", Outcome.SUCCEEDED);
        Provisioning.await(() -> replacement(ticket).path("stage").asText().equals("Completed"));
        Provisioning.await(() -> state(fresh).equals("Consumed"));
        assertTrue(replacement(ticket).path("quarantined").asBoolean(), "the old card has said nothing yet");
        assertEquals("alice", replacement(ticket).path("approvedBy").asText(), "who orders it approves it");
        holdsInItsPlace(ticket);
        isShownAsRevoked(ticket);

        hold(old);
        Provisioning.await(() -> !replacement(ticket).path("quarantined").asBoolean());
        assertFalse(
                viewer(a()).get("/v1/euiccs/" + old).body().path("quarantined").asBoolean());
        assertEquals("Revoked", state(lost), "nobody gets it again");
        assertFalse(isFree(lost));
        assertEquals(409, order(body(""), null).status(), "nothing is left");
    }

    @Test
    void theLedgerIsTheSameWhereTheCardIsReadBeforeTheReplacement() {
        String ticket = order(body(""), null).text("ticket");
        hold(successor, profile(fresh, ProfileState.State.ENABLED));
        end(successor, ticket, fresh, Outcome.SUCCEEDED);
        Provisioning.await(() -> state(fresh).equals("Consumed"));
        assertTrue(holder(fresh).path("ticket").isMissingNode(), "nothing is told of the replacement yet");
        progressed(ticket, 1, "Forced", null);
        Provisioning.await(() -> !holder(fresh).path("ticket").isMissingNode());
        holdsInItsPlace(ticket);

        hold(successor);
        Provisioning.await(() -> state(fresh).equals("Available"));
        Provisioning.await(() -> !holder(fresh).path("until").isMissingNode());
        holdsInItsPlace(ticket);
    }

    @Test
    void whatDoesNotComeAboutGivesTheSubscriptionBack() {
        String ticket = order(body(""), null).text("ticket");
        assertEquals("Reserved", state(fresh));
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), ticket, "IN_REPLACEMENT", "one of the cards is in another one"));
        Provisioning.await(() -> state(fresh).equals("Available"));
        assertEquals("Failed", viewer(a()).get("/v1/operations/" + ticket).text("status"));
        assertEquals("Consumed", state(lost), "the old card has all its rights");
        assertEquals(404, viewer(a()).get("/v1/replacements/" + ticket).status());
    }

    @Test
    void aStolenDeviceIsCutOffInTheSameTransaction() {
        assertFalse(viewer(a()).get("/v1/euiccs/" + old).body().path("cutOff").asBoolean());
        int before = provisioning.devices(old, 1).size();
        String ticket = order(body(",\"stolen\":true"), null).text("ticket");
        List<FleetRecord.Device> told = provisioning.devices(old, before + 1);
        FleetRecord.Device last = told.get(told.size() - 1);
        assertTrue(last.active(), "its card stays the tenant's");
        assertTrue(last.cutOff());
        assertTrue(forced(ticket).stolen());
        assertTrue(forced(ticket).fleetVersion() >= last.fleetVersion());
        assertTrue(viewer(a()).get("/v1/euiccs/" + old).body().path("cutOff").asBoolean());

        int announced = provisioning.devices(old, 1).size();
        operator(a()).put("/v1/groups/meters/members/" + old, "{}");
        told = provisioning.devices(old, announced + 1);
        assertTrue(told.get(told.size() - 1).cutOff(), "whatever else is told of it");
    }

    /** Without a successor, without anything in stock: that can wait. */
    @Test
    void aStolenDeviceIsCutOffByItselfAndLetInAgain() {
        String path = "/v1/euiccs/" + old + "/cut-off";
        String why = "{\"reason\":\"its cabinet was found open\"}";
        assertEquals(403, viewer(a()).post(path, why).status());
        assertEquals(404, operator(b()).post(path, why).status());
        assertEquals(404, operator(a()).post("/v1/euiccs/nobody/cut-off", why).status());
        Api.Answer unsaid = operator(a()).post(path, "{}");
        assertEquals(422, unsaid.status());
        assertTrue(unsaid.body().toString().contains("reason"), unsaid.body().toString());
        int before = provisioning.devices(old, 1).size();
        assertEquals(204, operator(a()).post(path, why).status());
        assertEquals(204, operator(a()).post(path, why).status(), "the same once more");
        assertCutOff(true, before + 1);
        assertEquals("Consumed", state(lost), "nothing is given up by it");

        assertEquals(204, operator(a()).delete(path).status());
        assertEquals(204, operator(a()).delete(path).status(), "the same once more");
        assertCutOff(false, before + 2);
        assertEquals(
                List.of("DeviceLetIn", "DeviceCutOff"),
                auditedOfCard(old).subList(0, 2),
                "once each, the latest first");

        assertEquals(404, operator(b()).delete(path).status());
        assertEquals(403, viewer(a()).delete(path).status());
    }

    /** What was revoked on its card is deleted then, as on that of any device which appears again. */
    @Test
    void aStolenDeviceThatIsFoundIsLetInThoughItsCardWasGivenUp() {
        int before = provisioning.devices(old, 1).size();
        order(body(",\"stolen\":true"), null);
        assertCutOff(true, before + 1);
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + old + "/cut-off").status());
        assertCutOff(false, before + 2);
    }

    private List<String> auditedOfCard(Nid nid) {
        return viewer(a()).get("/v1/audit-entries?nid=" + nid).items().stream()
                .map(entry -> entry.path("action").asText())
                .toList();
    }

    private void assertCutOff(boolean expected, int records) {
        List<FleetRecord.Device> told = provisioning.devices(old, records);
        assertEquals(records, told.size());
        assertTrue(told.get(records - 1).active(), "its card stays the tenant's");
        assertEquals(expected, told.get(records - 1).cutOff());
        assertEquals(expected, isCutOff(old));
    }

    @Test
    void whatIsInTheWayIsNamedAndNothingIsReserved() {
        String nobody = UUID.randomUUID().toString();
        for (String[] wrong : new String[][] {
            {"422", "old", body("").replace(old.value(), nobody)},
            {"422", "successor", body("").replace(successor.value(), nobody)},
            {"422", "successor", body("").replace(successor.value(), old.value())},
            {"422", "template", body("").replace(template, "no-such")},
            {"422", "reason", body("").replace("drowned", "")},
            {"422", "reason", body("").replace("drowned", "x".repeat(201))},
            {"422", "iccid", body(",\"iccid\":\"12\"")},
            {"422", "group", body("").replace("meters", "")},
            {"409", "group", body("").replace("meters", "pumps")}
        }) {
            Api.Answer answer = order(wrong[2], null);
            assertEquals(wrong[0], Integer.toString(answer.status()), wrong[2]);
            assertEquals(wrong[1], answer.body().at("/errors/0/field").asText(), wrong[2]);
        }
        assertEquals(403, viewer(a()).post("/v1/replacements", body("")).status());
        assertEquals(403, owner(a(), "mno-1").post("/v1/replacements", body("")).status());
        assertEquals(422, operator(b()).post("/v1/replacements", body("")).status());

        mode = "Reissue";
        reached("running-" + nobody, 1, "Deleting");
        Api.Answer involved = order(body(",\"stolen\":true"), null);
        assertEquals(409, involved.status());
        assertEquals("old", involved.body().at("/errors/0/field").asText());
        assertTrue(involved.body().toString().contains("/v1/replacements/running-" + nobody + "/force"));
        reached("running-" + nobody, 2, "Enabling");
        assertTrue(order(body(""), null).body().toString().contains("wait for its end"));
        assertEquals("Available", state(fresh));
        assertFalse(isCutOff(old));
    }

    @Test
    void aStolenDeviceThatAsksToBeReplacedIsCutOffAllTheSame() {
        mode = "Reissue";
        String asked = UUID.randomUUID().toString();
        long sequence = 0;
        for (String stage : List.of("Requested", "AwaitingApproval", "Granted", "Offered", "Agreed")) {
            reached(asked, ++sequence, stage);
            Api.Answer forcing =
                    operator(a()).post("/v1/replacements/" + asked + "/force", "{\"template\":\"" + template + "\"}");
            assertEquals(409, forcing.status());
            assertEquals("stage", forcing.body().at("/errors/0/field").asText());
            assertTrue(forcing.body().toString().contains("order a successor with POST /v1/replacements"), stage);
        }
        Api.Answer begun = order(body(",\"stolen\":true"), null);
        assertEquals(202, begun.status(), begun.body().toString());
        assertTrue(isCutOff(old));
        String ticket = begun.text("ticket");

        mode = "Forced";
        reached(ticket, 1, "Forced");
        Provisioning.await(() -> state(lost).equals("Revoked"));
        mode = "Reissue";
        progressed(asked, ++sequence, "Ended", Outcome.failed("SUPERSEDED", "another one was ordered"));
        Provisioning.await(() -> replacement(asked).path("stage").asText().equals("Ended"));
        assertEquals("SUPERSEDED", replacement(asked).at("/outcome/code").asText());
        assertEquals("Forced", replacement(ticket).path("stage").asText());
        assertTrue(replacement(ticket).path("quarantined").asBoolean());
        assertEquals("Revoked", state(lost));
        assertFalse(isFree(lost));
        assertEquals("Reserved", state(fresh));
        assertEquals(successor.value(), subscription(fresh).path("nid").asText());
        assertTrue(isCutOff(old));
        assertTrue(viewer(a()).get("/v1/operations/" + ticket).text("status").matches("Pending|Running"));
    }

    @Test
    void whatProvisioningRefusesLeavesTheDeviceCutOffAndSaysSo() {
        String ticket = order(body(",\"stolen\":true"), null).text("ticket");
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), ticket, "QUARANTINED", "one of the cards has a revoked profile"));
        Provisioning.await(() -> state(fresh).equals("Available"));
        JsonNode operation = viewer(a()).get("/v1/operations/" + ticket).body();
        assertEquals("Failed", operation.path("status").asText());
        assertTrue(
                operation.toString().contains(old + " stays cut off: order its successor again"), operation.toString());
        assertTrue(viewer(a()).get("/v1/audit-entries?operation=" + ticket).items().stream()
                .anyMatch(entry -> entry.toString().contains("stays cut off")));
        assertTrue(isCutOff(old));
        assertEquals(202, order(body(",\"stolen\":true"), null).status(), "ordered again");
    }

    @Test
    void aReplacementInWhichTheCardsHaveAPartIsForced() {
        mode = "Reissue";
        for (String stage : List.of("Installing", "Deleting", "Withdrawing", "Restoring")) {
            String ticket = UUID.randomUUID().toString();
            fresh = imported(1).get(0);
            String path = "/v1/replacements/" + ticket + "/force";
            String body = "{\"template\":\"" + template + "\",\"stolen\":true}";
            assertEquals(404, operator(a()).post(path, body).status());
            reached(ticket, 1, stage);
            assertEquals(422, operator(a()).post(path, "{}").status());
            assertEquals(403, viewer(a()).post(path, body).status());

            Api.Answer begun = operator(a()).post(path, body);
            assertEquals(202, begun.status(), stage + begun.body());
            assertEquals(ticket, begun.text("ticket"));
            assertTrue(isCutOff(old), stage);
            assertEquals(202, operator(a()).post(path, body).status(), "the same again");
            assertEquals(
                    409, operator(a()).post(path, body.replace("true", "false")).status());
            assertEquals(lost, forced(ticket).iccid());
            assertTrue(forced(ticket).stolen());
            assertEquals(
                    successor.value(),
                    subscription(forced(ticket).download().iccid()).path("nid").asText());
        }
    }

    /** A card that was given up may be there all the same, and says that it is without before its successor has anything. */
    @Test
    void whatTheOldCardDeletesAfterItWasGivenUpIsNobodysAtAnyStage() {
        mode = "Reissue";
        String ticket = UUID.randomUUID().toString();
        reached(ticket, 1, "Installing");
        Provisioning.await(() -> subscription(lost).path("successor").asText().equals(successor.value()));
        hold(successor, profile(lost, ProfileState.State.DISABLED));
        String path = "/v1/replacements/" + ticket + "/force";
        assertEquals(
                202,
                operator(a()).post(path, "{\"template\":\"" + template + "\"}").status());
        givenUp(ticket, 2, "Withdrawing");
        hold(old);
        Provisioning.await(() -> state(lost).equals("Revoked"));
        assertEquals(old.value(), subscription(lost).path("nid").asText());
        assertTrue(subscription(lost).path("successor").isMissingNode());
        hold(successor);
        givenUp(ticket, 3, "Forced");
        Provisioning.await(() -> replacement(ticket).path("stage").asText().equals("Forced"));
        assertEquals("Revoked", state(lost));
        assertFalse(isFree(lost), "nobody else's card may have it");
        Provisioning.await(() -> !holder(lost).path("until").isMissingNode());
        assertEquals(old.value(), holder(lost).path("nid").asText());
        assertEquals(ticket, holder(lost).path("revokedBy").asText());
    }

    @Test
    void whatIsOverIsNotForced() {
        mode = "Reissue";
        for (String stage : List.of("Enabling", "Completed", "Ended")) {
            String ticket = UUID.randomUUID().toString();
            reached(ticket, 1, stage);
            Api.Answer late =
                    operator(a()).post("/v1/replacements/" + ticket + "/force", "{\"template\":\"" + template + "\"}");
            assertEquals(409, late.status());
            assertEquals("stage", late.body().at("/errors/0/field").asText());
        }
        assertEquals("Available", state(fresh));
    }

    private boolean isCutOff(Nid nid) {
        return viewer(a()).get("/v1/euiccs/" + nid).body().path("cutOff").asBoolean();
    }

    private void reached(String ticket, long sequence, String stage) {
        progressed(ticket, sequence, stage, null);
        Provisioning.await(() -> replacement(ticket).path("stage").asText().equals(stage));
    }

    private void givenUp(String ticket, long sequence, String stage) {
        progressed(ticket, sequence, stage, null, true);
    }

    private Api.Answer order(String body, String key) {
        return key == null
                ? operator(a()).post("/v1/replacements", body)
                : operator(a()).post("/v1/replacements", body, "Idempotency-Key", key);
    }

    private String body(String more) {
        return "{\"old\":\"" + old + "\",\"successor\":\"" + successor + "\",\"group\":\"meters\",\"template\":\""
                + template + "\",\"reason\":\"drowned\"" + more + "}";
    }

    private OrderRecord.ForceReplacement forced(String ticket) {
        List<OrderRecord> orders =
                provisioning.orders(order -> order.operation().equals(ticket));
        assertEquals(1, orders.size());
        return (OrderRecord.ForceReplacement) orders.get(0);
    }

    private JsonNode replacement(String ticket) {
        return viewer(a()).get("/v1/replacements/" + ticket).body();
    }

    private JsonNode holder(Iccid iccid) {
        return viewer(a()).get("/v1/profiles/" + iccid + "/holders").items().get(0);
    }

    /** The card may have it enabled, and nobody who looks takes it for one that is served. */
    private void isShownAsRevoked(String ticket) {
        JsonNode card = viewer(a()).get("/v1/euiccs/" + old).body();
        assertTrue(card.path("quarantined").asBoolean());
        for (String profiles : List.of("/profiles", "/eis/profiles")) {
            JsonNode profile = only(card.at(profiles), lost);
            assertEquals("Enabled", profile.path("state").asText(), "as the card has told it last");
            assertEquals(ticket, profile.path("revokedBy").asText());
            card.at(profiles)
                    .forEach(other -> assertTrue(
                            other.equals(profile) || other.path("revokedBy").isMissingNode(), other.toString()));
        }
        assertEquals(ticket, holder(lost).path("revokedBy").asText());
        JsonNode other = viewer(a()).get("/v1/euiccs/" + successor).body();
        assertFalse(other.path("quarantined").asBoolean());
        assertTrue(only(other.at("/profiles"), fresh).path("revokedBy").isMissingNode());
        assertTrue(holder(fresh).path("revokedBy").isMissingNode());
        JsonNode graph = viewer(a())
                .graph("{euicc(nid:\"" + old + "\"){quarantined cutOff profiles{iccid revokedBy}}}")
                .body()
                .at("/data/euicc");
        assertTrue(graph.path("quarantined").asBoolean());
        assertFalse(graph.path("cutOff").asBoolean(true));
        assertEquals(
                ticket, only(graph.path("profiles"), lost).path("revokedBy").asText());
    }

    private static JsonNode only(JsonNode profiles, Iccid iccid) {
        for (JsonNode profile : profiles) {
            if (profile.path("iccid").asText().equals(iccid.digits())) {
                return profile;
            }
        }
        throw new AssertionError(profiles + " has no " + iccid);
    }

    private void holdsInItsPlace(String ticket) {
        JsonNode holder = holder(fresh);
        assertEquals(successor.value(), holder.path("nid").asText());
        assertEquals(ticket, holder.path("ticket").asText());
        assertEquals("Forced", holder.path("mode").asText());
        assertEquals("drowned", holder.path("reason").asText());
        assertEquals("alice", holder.path("approvedBy").asText());
    }

    private List<String> audited(String ticket) {
        return viewer(a()).get("/v1/audit-entries?operation=" + ticket).items().stream()
                .map(entry -> entry.path("action").asText())
                .sorted()
                .toList();
    }

    private void progressed(String ticket, long sequence, String stage, Outcome outcome) {
        progressed(ticket, sequence, stage, outcome, false);
    }

    private void progressed(String ticket, long sequence, String stage, Outcome outcome, boolean forced) {
        provisioning.tell(new EventRecord.ReplacementProgressed(
                Instant.now(),
                new TenantId(a()),
                ticket,
                sequence,
                new ReplacementParties(mode, new Gid("meters"), old, successor, lost, "drowned"),
                stage,
                old,
                outcome,
                null,
                null,
                forced));
    }
}
