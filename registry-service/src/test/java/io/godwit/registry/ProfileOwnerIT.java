package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.SubscriptionResult;
import io.godwit.registry.caller.Roles;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two operators with profiles on the cards of one tenant, and one of the same name in another tenant. */
@QuarkusTest
class ProfileOwnerIT extends OrderIT {
    private static final String KEY_ID = "owners-dp-key";
    private static final String THIRD_AID = "A0000005591010FFFFFFFF8900001200";

    /** Of the operational profile of every card here. */
    private static final String MINE = "op";

    private static final String OTHER = "op-2";

    @BeforeEach
    void publishTheKey() {
        provisioning.tell(new EventRecord.TransportKey(
                Instant.now(), "sm-dp", KEY_ID, Json.object().put("kty", "EC").build()));
        Provisioning.await(() -> owner(a(), MINE)
                        .put("/v1/profile-templates/probe", template(a(), "probe", MINE))
                        .status()
                == 202);
    }

    @Test
    void aTokenWithTheRoleNamesAnOperatorOrOpensNothing() {
        for (Object claim : new Object[] {null, "", "  ", "x".repeat(65), 7, List.of(MINE), Map.of("a", 1)}) {
            for (String[] roles : new String[][] {{Roles.PROFILE_OWNER}, {Roles.PROFILE_OWNER, Roles.OPERATOR}}) {
                Api api = new Api(base, TestTokens.owned(a(), claim, roles));
                for (String path : List.of(
                        "/v1/euiccs", "/v1/operations", "/v1/profile-templates", "/v1/subscriptions", "/v1/euiccs/x")) {
                    Api.Answer answer = api.get(path);
                    assertEquals(403, answer.status(), claim + " " + path + " " + answer.body());
                    assertTrue(
                            answer.text("detail").contains("claim profile_owner"),
                            answer.body().toString());
                }
                assertEquals(
                        "FORBIDDEN", api.graph("{euiccs {edges {node {nid}}}}").code());
                assertEquals(
                        403,
                        api.post("/v1/operations", enable("\"nid\":\"nobody\"")).status());
            }
        }
        assertEquals(200, owner(a(), "x".repeat(64)).get("/v1/euiccs").status());
        assertEquals(
                200,
                new Api(base, TestTokens.owned(a(), 7, Roles.OPERATOR))
                        .get("/v1/euiccs")
                        .status(),
                "without the role the claim says nothing");
    }

    @Test
    void whatIsTheTenantsStaysClosedToAnOperatorOfProfiles() {
        String nid = enrol(a(), "");
        Api mine = owner(a(), MINE);
        for (String path : List.of(
                "/v1/groups", "/v1/groups/g", "/v1/groups/g/members", "/v1/audit-entries", "/v1/euiccs?group=g")) {
            assertEquals(403, mine.get(path).status(), path);
        }
        assertEquals(403, mine.put("/v1/groups/g", "{}").status());
        assertEquals(403, mine.post("/v1/groups/g/members", "[\"" + nid + "\"]").status());
        assertEquals(403, mine.post("/v1/euiccs", Card.next().registration(a())).status());
        assertEquals(403, mine.delete("/v1/euiccs/" + nid).status());
        assertEquals(403, mine.post("/v1/tenants", "{\"id\":\"x\"}").status());
        for (String steering : List.of("pause", "resume", "cancel")) {
            assertEquals(403, mine.post("/v1/operations/x/" + steering, "").status());
        }
        for (String query : List.of(
                "{groups {edges {node {gid}}}}",
                "{group(gid: \"g\") {gid}}",
                "{euiccs(group: \"g\") {edges {cursor}}}")) {
            assertEquals("FORBIDDEN", mine.graph(query).code(), query);
        }
        operator(a()).put("/v1/groups/owners", "{}");
        Api.Answer forGroup = mine.post("/v1/operations", enable("\"gid\":\"owners\""));
        assertEquals(403, forGroup.status());
        assertTrue(forGroup.text("type").endsWith("not-for-profile-owners"));
        assertTrue(forGroup.text("detail").contains("nid"));
        for (String function : List.of(
                "{\"name\":\"eUICCCapabilityAudit\"}",
                "{\"name\":\"EstablishISDRKeySet\"}",
                "{\"name\":\"SetFallbackAttribute\",\"target\":{\"type\":\"operational\"}}")) {
            assertEquals(
                    403,
                    mine.post("/v1/operations", "{\"nid\":\"" + nid + "\",\"function\":" + function + "}")
                            .status());
        }
    }

    @Test
    void theOperatorOfATenantChangesNoPolicyAndTheProfilesOwnerDoes() {
        String nid = enrol(a(), "");
        for (String function : List.of(
                "{\"name\":\"UpdatePolicyRules\",\"target\":{\"type\":\"operational\"},\"pol2\":[]}",
                "{\"name\":\"UpdatePOL1byMNO\",\"target\":{\"type\":\"operational\"},\"packet\":\"01\"}",
                "{\"name\":\"MasterDelete\",\"target\":{\"aid\":\"" + THIRD_AID
                        + "\"},\"token\":{\"issuer\":\"01\",\"image\":\"02\",\"provider\":\"03\",\"number\":\"04\","
                        + "\"token\":\"" + "5a".repeat(16) + "\"}}")) {
            String body = "{\"nid\":\"" + nid + "\",\"function\":" + function + "}";
            int before = operator(a()).get("/v1/operations?nid=" + nid).items().size();
            Api.Answer refused = operator(a()).post("/v1/operations", body);
            assertEquals(403, refused.status(), refused.body().toString());
            assertTrue(
                    refused.text("type").endsWith("not-the-profile-owner"),
                    refused.body().toString());
            assertTrue(
                    refused.text("detail").contains("profile_owner"),
                    refused.body().toString());
            assertEquals(403, viewer(a()).post("/v1/operations", body).status());
            assertEquals(
                    before,
                    operator(a()).get("/v1/operations?nid=" + nid).items().size());
            for (Api api : List.of(owner(a(), MINE), carrier(a(), MINE))) {
                Api.Answer accepted = api.post("/v1/operations", body);
                assertEquals(202, accepted.status(), accepted.body().toString());
                assertEquals(new ProfileOwner(MINE), sent(accepted).owner(), "provisioning looks among these");
                assertEquals(
                        MINE,
                        operation(accepted.text("id")).path("profileOwner").asText());
            }
            assertEquals(404, owner(b(), MINE).post("/v1/operations", body).status());
        }
    }

    @Test
    void theOrdersOfAnOwnerAloneAreNarrowedAndThoseOfTheTenantAreNot() {
        String nid = enrol(a(), "");
        String body = enable("\"nid\":\"" + nid + "\"");
        assertEquals(null, sent(operator(a()).post("/v1/operations", body)).owner());
        assertEquals(
                null, sent(carrier(a(), OTHER).post("/v1/operations", body)).owner());
        assertEquals(
                new ProfileOwner(OTHER),
                sent(owner(a(), OTHER).post("/v1/operations", body)).owner(),
                "whether it has a profile there, only the SM-SR can say");
        assertEquals(
                "EnableProfile (type operational), for " + OTHER,
                viewer(a())
                        .get("/v1/audit-entries?nid=" + nid)
                        .items()
                        .get(0)
                        .path("detail")
                        .asText());
    }

    private OrderRecord.OnCard sent(Api.Answer accepted) {
        assertEquals(202, accepted.status(), accepted.body().toString());
        return (OrderRecord.OnCard) provisioning
                .orders(order -> order.operation().equals(accepted.text("id")))
                .get(0);
    }

    @Test
    void anOwnerSeesCardsThatHoldItsProfilesAndNothingElseOfThem() {
        operator(a()).put("/v1/groups/seen", "{}");
        Nid nid = new Nid(enrol(a(), ",\"groups\":[\"seen\"]"));
        Nid without = new Nid(enrol(a(), ""));
        tell(a(), without, state(Card.BOOTSTRAP_AID, null));
        tell(a(), nid, state(Card.BOOTSTRAP_AID, null), state(Card.OPERATIONAL_AID, MINE), state(THIRD_AID, OTHER));
        Provisioning.await(() ->
                viewer(a()).get("/v1/euiccs/" + nid).body().path("profiles").size() == 3
                        && viewer(a())
                                        .get("/v1/euiccs/" + without)
                                        .body()
                                        .path("profiles")
                                        .size()
                                == 1);
        JsonNode whole = viewer(a()).get("/v1/euiccs/" + nid).body();
        assertEquals(OTHER, whole.at("/profiles/2/owner").asText());
        assertEquals(OTHER, whole.at("/eis/profiles/2/owner").asText());

        for (String[] each : new String[][] {{MINE, Card.OPERATIONAL_AID}, {OTHER, THIRD_AID}}) {
            Api api = owner(a(), each[0]);
            JsonNode card = api.get("/v1/euiccs/" + nid).body();
            assertEquals(List.of(each[1]), card.path("profiles").findValuesAsText("isdPAid"), card.toString());
            assertEquals(List.of(each[1]), card.at("/eis/profiles").findValuesAsText("isdPAid"), card.toString());
            assertTrue(whole.toString().contains("keySets"));
            assertFalse(card.toString().contains("keySets"), card.toString());
            assertEquals("[]", card.path("groups").toString());
            assertEquals(404, api.get("/v1/euiccs/" + without).status());
            JsonNode graph = api.graph("{euicc(nid: \"" + nid
                            + "\") {profiles {isdPAid} groups {edges {node {gid}}} operations {edges {node {id}}}}}")
                    .body();
            assertEquals(List.of(each[1]), graph.findValuesAsText("isdPAid"), graph.toString());
            assertEquals("[]", graph.at("/data/euicc/groups/edges").toString());
            assertEquals(
                    "NOT_FOUND",
                    api.graph("{euicc(nid: \"" + without + "\") {nid}}").code());
        }
        List<JsonNode> listed = owner(a(), OTHER).get("/v1/euiccs?limit=1000").items();
        assertEquals(
                List.of(nid.value()),
                listed.stream().map(card -> card.path("nid").asText()).toList());
        assertEquals(1, listed.get(0).path("profiles").size());
        assertEquals(0, owner(b(), OTHER).get("/v1/euiccs").items().size(), "the same name in another tenant");
        assertEquals(404, owner(b(), MINE).get("/v1/euiccs/" + nid).status());
        assertEquals(0, owner(a(), "op-3").get("/v1/euiccs").items().size());
        assertEquals(404, owner(a(), "op-3").get("/v1/euiccs/" + nid).status());
    }

    @Test
    void anOwnerSeesTheOperationsThatItHasOrderedAndNoOthers() {
        Nid nid = new Nid(enrol(a(), ""));
        String body = enable("\"nid\":\"" + nid + "\"");
        String tenants = operator(a()).post("/v1/operations", body).text("id");
        String mine = owner(a(), MINE).post("/v1/operations", body).text("id");
        String others = owner(a(), OTHER).post("/v1/operations", body).text("id");
        end(nid, mine, Outcome.SUCCEEDED);
        Provisioning.await(() -> operation(mine).path("status").asText().equals("Completed"));
        Api api = owner(a(), MINE);
        for (String path : List.of("/v1/operations?nid=" + nid, "/v1/operations?limit=1000")) {
            List<String> ids = api.get(path).items().stream()
                    .map(item -> item.path("id").asText())
                    .toList();
            assertTrue(ids.contains(mine), path);
            assertFalse(ids.contains(tenants) || ids.contains(others), path);
        }
        assertEquals(200, api.get("/v1/operations/" + mine).status());
        assertEquals(1, api.get("/v1/operations/" + mine + "/outcomes").items().size());
        for (String foreign : List.of(tenants, others)) {
            for (String path : List.of("", "/outcomes", "/progress")) {
                assertEquals(404, api.get("/v1/operations/" + foreign + path).status(), path);
            }
            assertEquals(
                    "NOT_FOUND",
                    api.graph("{operation(id: \"" + foreign + "\") {outcomes {edges {node {nid}}}}}")
                            .code());
        }
        assertEquals(200, api.get("/v1/operations/" + mine + "/progress").status());
        JsonNode graph = api.graph(
                        "{operations(first: 20) {edges {node {id profileOwner outcomes(first: 5) {edges {node {nid}}}"
                                + " euicc {nid operations(first: 5) {edges {node {id}}}}}}}}")
                .body();
        assertTrue(graph.toString().contains(mine), graph.toString());
        assertFalse(graph.toString().contains(tenants) || graph.toString().contains(others), graph.toString());
        assertEquals(0, owner(b(), MINE).get("/v1/operations").items().size());
        assertEquals(404, owner(b(), MINE).get("/v1/operations/" + mine).status());
        assertEquals(200, viewer(a()).get("/v1/operations/" + others).status());
    }

    @Test
    void idempotencyKeysOfOneOperatorTellAnotherNothing() {
        Nid nid = new Nid(enrol(a(), ""));
        String key = UUID.randomUUID().toString();
        String body = enable("\"nid\":\"" + nid + "\"");
        List<String> ids = new java.util.ArrayList<>();
        for (Api api : List.of(operator(a()), owner(a(), MINE), owner(a(), OTHER))) {
            Api.Answer first = api.post("/v1/operations", body, "Idempotency-Key", key);
            assertEquals(202, first.status(), first.body().toString());
            assertFalse(ids.contains(first.text("id")));
            ids.add(first.text("id"));
            assertEquals(
                    first.text("id"),
                    api.post("/v1/operations", body, "Idempotency-Key", key).text("id"));
        }
        assertEquals(
                422,
                owner(a(), MINE)
                        .post("/v1/operations", body.replace("Enable", "Delete"), "Idempotency-Key", key)
                        .status());
    }

    @Test
    void anotherOperatorsStockCanBeNeitherReadNorFilledNorDownloaded() {
        String theirs = "t-" + UUID.randomUUID();
        Iccid iccid = stocked(theirs, MINE);
        Nid nid = new Nid(enrol(a(), ""));
        for (Api api : List.of(owner(a(), OTHER), owner(b(), MINE))) {
            assertEquals(404, api.get("/v1/profile-templates/" + theirs).status());
            assertEquals(404, api.get("/v1/subscriptions/" + iccid).status());
            assertFalse(api.get("/v1/profile-templates?limit=1000")
                    .body()
                    .toString()
                    .contains(theirs));
            assertEquals(
                    0, api.get("/v1/profile-templates?operator=" + MINE).items().size());
            assertEquals(
                    0, api.get("/v1/subscriptions?template=" + theirs).items().size());
            assertFalse(
                    api.get("/v1/subscriptions?limit=1000").body().toString().contains(iccid.digits()));
            assertEquals(
                    "NOT_FOUND",
                    api.graph("{profileTemplate(template: \"" + theirs + "\") {state}}")
                            .code());
            assertEquals(
                    "NOT_FOUND",
                    api.graph("{subscription(iccid: \"" + iccid + "\") {state}}")
                            .code());
            assertFalse(api.graph("{profileTemplates {edges {node {template}}} subscriptions {edges {node {iccid}}}}")
                    .body()
                    .toString()
                    .contains(theirs));
        }
        Api other = owner(a(), OTHER);
        Iccid fresh = Card.next().operational();
        String line = line(theirs, fresh);
        assertEquals(
                404,
                other.post("/v1/profile-templates/" + theirs + "/subscriptions", line)
                        .status());
        assertEquals(
                "not-found",
                kind(other.bulk("/v1/profile-templates/" + theirs + "/subscriptions", line)
                        .get(0)));
        Api.Answer download = other.post("/v1/euiccs/" + nid + "/profiles", "{\"template\":\"" + theirs + "\"}");
        assertEquals(404, download.status());
        assertEquals(
                download.body(),
                other.post("/v1/euiccs/" + nid + "/profiles", "{\"template\":\"no-such\"}")
                        .body(),
                "as if it were not there");
        Api.Answer taken = other.put("/v1/profile-templates/" + theirs, template(a(), theirs, OTHER));
        assertEquals(409, taken.status());
        assertFalse(taken.body().toString().contains(MINE + "\""));

        for (Api api : List.of(operator(a()), viewer(a()))) {
            assertEquals(
                    403,
                    api.put("/v1/profile-templates/" + theirs, template(a(), theirs, MINE))
                            .status());
            assertEquals(
                    403,
                    api.post("/v1/profile-templates/" + theirs + "/subscriptions", line)
                            .status());
            assertEquals(200, api.get("/v1/profile-templates/" + theirs).status(), "what is in stock, the tenant sees");
        }
        assertTrue(operator(a())
                .put("/v1/profile-templates/" + theirs, template(a(), theirs, MINE))
                .text("type")
                .endsWith("not-the-profile-owner"));
        assertEquals(200, owner(a(), MINE).get("/v1/subscriptions/" + iccid).status());
        assertEquals(
                1,
                owner(a(), MINE)
                        .get("/v1/subscriptions?template=" + theirs)
                        .items()
                        .size());
    }

    private static String kind(JsonNode answer) {
        JsonNode problem = answer.has("problem") ? answer.path("problem") : answer;
        String type = problem.path("type").asText();
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
    }

    @Test
    void aSubscriptionThatWasOnceInStockCannotBeTakenOverByAnImportOfAnother() {
        String theirs = "t-" + UUID.randomUUID();
        String ours = "t-" + UUID.randomUUID();
        Iccid iccid = stocked(theirs, MINE);
        stocked(ours, OTHER);
        Nid nid = new Nid(enrol(a(), ""));
        String id = owner(a(), MINE)
                .post("/v1/euiccs/" + nid + "/profiles", "{\"template\":\"" + theirs + "\"}")
                .text("id");
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), id, "SUBSCRIPTION_DAMAGED", "subscription: damaged"));
        Provisioning.await(() -> subscription(iccid).path("state").asText().equals("Refused"));
        Api.Answer refused =
                owner(a(), OTHER).post("/v1/profile-templates/" + ours + "/subscriptions", line(ours, iccid));
        assertEquals(409, refused.status(), refused.body().toString());
        assertEquals(theirs, subscription(iccid).path("template").asText());
        assertEquals(
                202,
                owner(a(), MINE)
                        .post("/v1/profile-templates/" + theirs + "/subscriptions", line(theirs, iccid))
                        .status());
    }

    @Test
    void aDownloadedProfileIsItsTemplatesOperatorsOrOfWhoBringsThePackage() {
        String template = "t-" + UUID.randomUUID();
        stocked(template, MINE);
        Nid nid = new Nid(enrol(a(), ""));
        String fromStock = operator(a())
                .post("/v1/euiccs/" + nid + "/profiles", "{\"template\":\"" + template + "\"}")
                .text("id");
        OrderRecord.DownloadProfile order = download(fromStock);
        assertEquals(Optional.of(new ProfileOwner(MINE)), order.download().owner());
        assertEquals(404, owner(a(), MINE).get("/v1/operations/" + fromStock).status(), "the tenant has ordered it");

        for (Map.Entry<Api, Optional<ProfileOwner>> each : Map.of(
                        operator(a()), Optional.<ProfileOwner>empty(),
                        owner(a(), OTHER), Optional.of(new ProfileOwner(OTHER)),
                        carrier(a(), OTHER), Optional.of(new ProfileOwner(OTHER)))
                .entrySet()) {
            Iccid iccid = Card.next().operational();
            Api.Answer accepted = each.getKey()
                    .post(
                            "/v1/euiccs/" + nid + "/profiles",
                            "{\"iccid\":\"" + iccid + "\",\"profilePackage\":\"" + jwe(a(), null, iccid) + "\"}");
            assertEquals(202, accepted.status(), accepted.body().toString());
            assertEquals(
                    each.getValue(), download(accepted.text("id")).download().owner());
        }
        Nid mine = new Nid(enrol(a(), ""));
        tell(a(), mine, state(Card.OPERATIONAL_AID, MINE), state(THIRD_AID, "op-4"));
        Provisioning.await(() -> owner(a(), "op-4").get("/v1/euiccs/" + mine).status() == 200);
        tell(
                a(),
                mine,
                state(Card.OPERATIONAL_AID, null),
                state(THIRD_AID, null).in(ProfileState.State.ENABLED));
        Provisioning.await(() -> viewer(a())
                .get("/v1/euiccs/" + mine)
                .body()
                .at("/profiles/1/state")
                .asText()
                .equals("Enabled"));
        assertEquals(200, owner(a(), "op-4").get("/v1/euiccs/" + mine).status(), "not told, so as before");
        assertNotEquals(200, owner(a(), "op-5").get("/v1/euiccs/" + mine).status());
    }

    private OrderRecord.DownloadProfile download(String operation) {
        return (OrderRecord.DownloadProfile) provisioning
                .orders(order -> order.operation().equals(operation))
                .get(0);
    }

    private JsonNode subscription(Iccid iccid) {
        return viewer(a()).get("/v1/subscriptions/" + iccid).body();
    }

    /** A template of that operator that the SM-DP has, with one subscription. */
    private Iccid stocked(String template, String operator) {
        Api api = owner(a(), operator);
        Api.Answer put = api.put("/v1/profile-templates/" + template, template(a(), template, operator));
        assertEquals(202, put.status(), put.body().toString());
        provisioning.tell(new EventRecord.TemplateImported(
                Instant.now(), new TenantId(a()), put.text("import"), new TemplateId(template), Optional.empty()));
        Iccid iccid = Card.next().operational();
        Api.Answer imported = api.post("/v1/profile-templates/" + template + "/subscriptions", line(template, iccid));
        assertEquals(202, imported.status(), imported.body().toString());
        provisioning.tell(new EventRecord.SubscriptionsImported(
                Instant.now(),
                new TenantId(a()),
                imported.text("import"),
                new TemplateId(template),
                List.of(SubscriptionResult.stored(iccid))));
        Provisioning.await(() -> subscription(iccid).path("state").asText().equals("Available"));
        return iccid;
    }

    private void tell(String tenant, Nid nid, ProfileState... profiles) {
        provisioning.tell(new EventRecord.CardState(
                Instant.now(),
                new TenantId(tenant),
                nid,
                provisioning.nextSequence(),
                "Audit",
                List.of(profiles),
                null));
    }

    private static final Map<String, Iccid> ICCIDS = Map.of(
            Card.BOOTSTRAP_AID,
            Card.next().operational(),
            Card.OPERATIONAL_AID,
            Card.next().operational(),
            THIRD_AID,
            Card.next().operational());

    private static ProfileState state(String aid, String owner) {
        return new ProfileState(
                new Aid(aid),
                ICCIDS.get(aid),
                aid.equals(Card.BOOTSTRAP_AID) ? ProfileState.State.ENABLED : ProfileState.State.DISABLED,
                false,
                null,
                owner == null ? null : new ProfileOwner(owner));
    }

    private String line(String template, Iccid iccid) {
        return "{\"iccid\":\"" + iccid + "\",\"subscription\":\"" + jwe(a(), template, iccid) + "\"}";
    }

    private static String template(String tenant, String name, String operator) {
        return "{\"operator\":\"" + operator + "\",\"profileTemplate\":\"" + jwe(tenant, name, null) + "\"}";
    }

    /** Five parts of which only the first has a meaning: the registry reads no other. */
    private static String jwe(String tenant, String template, Iccid iccid) {
        String header = "{\"alg\":\"ECDH-ES\",\"enc\":\"A256GCM\",\"kid\":\"" + KEY_ID + "\",\"tenant\":\"" + tenant
                + "\",\"purpose\":\"sm-dp\"" + (template == null ? "" : ",\"template\":\"" + template + "\"")
                + (iccid == null ? "" : ",\"iccid\":\"" + iccid + "\"") + "}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "..AAAAAAAAAAAAAAAA.c2VjcmV0.AAAAAAAAAAAAAAAAAAAAAA";
    }
}
