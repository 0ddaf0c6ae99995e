package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cards, groups, operations and campaigns by GraphQL. */
@QuarkusTest
class GraphIT extends OrderIT {
    @Test
    void oneQueryShowsAGroupItsMembersItsCampaignAndItsOutcomes() {
        List<Nid> cards = group("all", 3);
        String id = order("\"gid\":\"all\",\"mode\":\"group\",\"campaign\":{\"canary\":1}");
        TenantId tenant = new TenantId(a());
        provisioning.tell(new EventRecord.OperationStarted(Instant.now(), tenant, id, new Gid("all"), 3));
        provisioning.tell(new EventRecord.CampaignProgressed(
                Instant.now(), tenant, id, 1, "Paused", new EventRecord.Published(1, 0)));
        end(cards.get(0), id, Outcome.failed("POL2_FORBIDS", "The operator's policy forbids it."));
        Provisioning.await(() -> operation(id).path("failed").asInt() == 1
                && operation(id).at("/campaign/state").asText().equals("Paused"));

        JsonNode group =
                viewer(a()).graph("""
                query($gid: String!) { group(gid: $gid) {
                  gid epoch onRequest { name } counts { members registered online }
                  members(first: 2) { edges { cursor node { nid joinEpoch spokesman euicc {
                    eid registration online profiles { iccid isdPAid state type }
                    groups { edges { node { gid } } } } } } pageInfo { hasNextPage endCursor } }
                  operations { edges { node { id mode status members counts { state cards } function { name type }
                    campaign { state held canary stopAtFailedPercent answerWindowSeconds triggers commands repaired }
                    group { gid }
                    outcomes(state: "Failed") { edges { node { nid state code commandedBy euicc { nid } } } } } } } } }
                """, Api.variables("gid", "all")).body().at("/data/group");
        assertEquals("all", group.path("gid").asText(), group.toString());
        assertEquals(3, group.at("/counts/members").asInt());
        assertEquals(2, group.at("/members/edges").size());
        assertTrue(group.at("/members/pageInfo/hasNextPage").asBoolean());
        JsonNode card = group.at("/members/edges/0/node/euicc");
        assertEquals("Pending", card.path("registration").asText());
        assertEquals(2, card.path("profiles").size());
        assertEquals("all", card.at("/groups/edges/0/node/gid").asText());
        JsonNode operation = group.at("/operations/edges/0/node");
        assertEquals(id, operation.path("id").asText());
        assertEquals("Running", operation.path("status").asText());
        assertEquals(
                "[{\"state\":\"Failed\",\"cards\":1}]", operation.path("counts").toString());
        assertEquals("Paused", operation.at("/campaign/state").asText());
        assertTrue(operation.at("/campaign/held").asBoolean());
        assertEquals(1, operation.at("/campaign/canary").asInt());
        assertEquals(1, operation.at("/campaign/triggers").asInt());
        assertEquals("all", operation.at("/group/gid").asText());
        JsonNode outcome = operation.at("/outcomes/edges/0/node");
        assertEquals("POL2_FORBIDS", outcome.path("code").asText());
        assertEquals(cards.get(0).value(), outcome.at("/euicc/nid").asText());
    }

    @Test
    void whatCardsGetThatAskIsShownOfTheGroupAndOfTheTenant() {
        String rules = "{\"rules\":[{\"reasons\":[\"first-attach\"],\"grant\":\"automatic\",\"template\":\"acme-iot\","
                + "\"quota\":{\"perCard\":3,\"periodSeconds\":3600},"
                + "\"quietHours\":{\"from\":\"22:00\",\"to\":\"06:00\",\"zone\":\"Asia/Seoul\"}},"
                + "{\"grant\":\"refused\"}],\"moves\":\"automatic\"}";
        operator(a()).put("/v1/groups/asking", "{\"requests\":" + rules + "}");
        operator(a())
                .put("/v1/request-policy", "{\"rules\":[],\"moves\":\"refused\",\"profileOwners\":[\"Operator A\"]}");
        JsonNode data = viewer(a()).graph("""
                { requestPolicy { rules { grant } moves profileOwners }
                  group(gid: "asking") { onRequest { name } requests { moves rules { reasons grant template
                    function { name } quota { perCard inAll periodSeconds } quietHours { from to zone } } } } }
                """).body().path("data");
        operator(a()).put("/v1/request-policy", "{\"rules\":[]}");
        assertEquals(
                "{\"rules\":[],\"moves\":\"refused\",\"profileOwners\":[\"Operator A\"]}",
                data.path("requestPolicy").toString());
        JsonNode requests = data.at("/group/requests");
        assertEquals("automatic", requests.path("moves").asText(), data.toString());
        assertEquals("first-attach", requests.at("/rules/0/reasons/0").asText());
        assertEquals("acme-iot", requests.at("/rules/0/template").asText());
        assertEquals(3600, requests.at("/rules/0/quota/periodSeconds").asInt());
        assertEquals("Asia/Seoul", requests.at("/rules/0/quietHours/zone").asText());
        assertEquals("refused", requests.at("/rules/1/grant").asText());
        assertTrue(requests.at("/rules/1/reasons").isNull());
        assertTrue(data.at("/group/onRequest").isNull());
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        List<Nid> cards = group("pages", 5);
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            JsonNode members = viewer(a())
                    .graph(
                            "query($after: String) { group(gid: \"pages\") { members(first: 2, after: $after) {"
                                    + " edges { cursor node { nid } } pageInfo { hasNextPage endCursor } } } }",
                            Api.variables("after", after))
                    .body()
                    .at("/data/group/members");
            members.path("edges").forEach(edge -> seen.add(edge.at("/node/nid").asText()));
            assertEquals(
                    members.path("edges").get(members.path("edges").size() - 1).path("cursor"),
                    members.at("/pageInfo/endCursor"));
            after = members.at("/pageInfo/hasNextPage").asBoolean()
                    ? members.at("/pageInfo/endCursor").asText()
                    : null;
        } while (after != null);
        assertEquals(cards.stream().map(Nid::value).sorted().toList(), seen);
        String rest = viewer(a()).get("/v1/groups/pages/members?limit=2").text("next");
        assertEquals(
                seen.get(2),
                viewer(a())
                        .graph("{ group(gid: \"pages\") { members(first: 1, after: \"" + rest
                                + "\") { edges { node { nid } } } } }")
                        .body()
                        .at("/data/group/members/edges/0/node/nid")
                        .asText(),
                "REST and GraphQL have the same cursors");
        JsonNode operations = viewer(a())
                .graph("{ operations(first: 1) { edges { cursor } pageInfo { hasNextPage } } euiccs(group: \"pages\","
                        + " first: 1) { edges { node { nid } } } groups(first: 1) { edges { node { gid } } } }")
                .body()
                .path("data");
        assertEquals(1, operations.at("/operations/edges").size());
        assertTrue(operations.at("/operations/pageInfo/hasNextPage").asBoolean());
        assertEquals(seen.get(0), operations.at("/euiccs/edges/0/node/nid").asText());
        assertEquals(1, operations.at("/groups/edges").size());
    }

    @Test
    void theSameFieldWithOtherArgumentsIsAnotherAnswer() {
        List<Nid> cards = group("alias-1", 3);
        group("alias-2", 2);
        JsonNode data = viewer(a()).graph("""
                { one: group(gid: "alias-1") { few: members(first: 1) { edges { node { nid } } }
                                               all: members { edges { node { nid } } } }
                  two: group(gid: "alias-2") { few: members(first: 1) { edges { node { nid } } }
                                               more: members(first: 2) { edges { node { nid } } } } }
                """).body().path("data");
        assertEquals(1, data.at("/one/few/edges").size(), data.toString());
        assertEquals(3, data.at("/one/all/edges").size());
        assertEquals(1, data.at("/two/few/edges").size());
        assertEquals(2, data.at("/two/more/edges").size());
        assertEquals(
                cards.stream().map(Nid::value).sorted().findFirst().orElseThrow(),
                data.at("/one/few/edges/0/node/nid").asText());
    }

    @Test
    void whatCannotBeAnsweredHasACode() {
        group("codes", 1);
        assertEquals(
                "NOT_FOUND",
                viewer(a()).graph("{ euicc(nid: \"nobody\") { nid } }").code());
        assertEquals(
                "NOT_FOUND",
                viewer(a()).graph("{ group(gid: \"nowhere\") { gid } }").code());
        assertEquals(
                "NOT_FOUND",
                viewer(a()).graph("{ operation(id: \"nothing\") { id } }").code());
        for (String field : List.of("euiccs", "groups", "operations")) {
            assertEquals(
                    "BAD_CURSOR",
                    viewer(a())
                            .graph("{ " + field + "(after: \"made-up\") { pageInfo { endCursor } } }")
                            .code());
            assertEquals(
                    "BAD_ARGUMENT",
                    viewer(a())
                            .graph("{ " + field + "(first: 0) { pageInfo { endCursor } } }")
                            .code());
            assertEquals(
                    "BAD_ARGUMENT",
                    viewer(a())
                            .graph("{ " + field + "(first: 1001) { pageInfo { endCursor } } }")
                            .code());
        }
        Api.Answer nested = viewer(a())
                .graph("{ group(gid: \"codes\") { members(after: \"made-up\") { pageInfo { endCursor } } } }");
        assertEquals("BAD_CURSOR", nested.code());
        assertEquals("after", nested.body().at("/errors/0/extensions/argument").asText());
        assertEquals(
                "[\"group\",\"members\"]", nested.body().at("/errors/0/path").toString());
        assertEquals(
                "BAD_ARGUMENT",
                viewer(a()).graph("{ euicc(nid: \"a\\u0000\") { nid } }").code());
        assertEquals(
                "INVALID_QUERY",
                viewer(a()).graph("{ euicc(nid: \"n\") { colour } }").code());
        assertEquals(
                "INVALID_QUERY",
                viewer(a())
                        .graph("query($n: String!) { euicc(nid: $n) { nid } }")
                        .code());
        Api.Answer malformed = viewer(a()).graph("{ euicc( }");
        assertEquals("MALFORMED_REQUEST", malformed.code());
        assertEquals(400, malformed.status());
        assertEquals(
                "MALFORMED_REQUEST", viewer(a()).post("/graphql", "no json").code());
        assertEquals("MALFORMED_REQUEST", viewer(a()).post("/graphql", "{}").code());
        Api.Answer tooLarge = viewer(a()).graph("{ euicc(nid: \"" + "n".repeat(300_000) + "\") { nid } }");
        assertEquals("TOO_LARGE", tooLarge.code());
        assertEquals(413, tooLarge.status());
    }

    @Test
    void whoeverMayNotReadByRestMayNotHere() {
        group("mine", 1);
        String id = order("\"gid\":\"mine\"");
        String query = "{ groups { edges { node { gid } } } }";
        assertEquals("UNAUTHENTICATED", nobody().graph(query).code());
        Api.Answer invalid = new Api(base, "not.a.token").graph(query);
        assertEquals("UNAUTHENTICATED", invalid.code());
        assertEquals(401, invalid.status());
        assertEquals("FORBIDDEN", admin().graph(query).code());
        assertEquals(
                "FORBIDDEN", new Api(base, TestTokens.token(a())).graph(query).code());
        assertEquals(
                "FORBIDDEN",
                new Api(base, TestTokens.token(null, "operator")).graph(query).code());
        assertFalse(viewer(b()).graph(query).body().toString().contains("mine"));
        assertFalse(viewer(b())
                .graph("{ operations { edges { node { id } } } }")
                .body()
                .toString()
                .contains(id));
        assertEquals(
                "NOT_FOUND",
                viewer(b()).graph("{ group(gid: \"mine\") { gid } }").code());
        assertEquals(
                "NOT_FOUND",
                viewer(b()).graph("{ operation(id: \"" + id + "\") { id } }").code());
        assertTrue(viewer(a()).graph(query).body().toString().contains("mine"));
        assertTrue(operator(a()).graph(query).body().toString().contains("mine"));
    }

    @Test
    void aQueryThatAsksForTooMuchIsRefusedBeforeAnythingIsRead() {
        group("deep", 1);
        String members = "members { edges { node { euicc { groups { edges { node { %s } } } } } } }";
        String deep = "gid";
        for (int i = 0; i < 3; i++) {
            deep = members.formatted(deep);
        }
        assertEquals(
                "TOO_DEEP",
                viewer(a()).graph("{ group(gid: \"deep\") { " + deep + " } }").code());
        String wide = "{ groups(first: 1000) { edges { node { members(first: 1000) { edges { node { nid } } } } } } }";
        assertEquals("TOO_COMPLEX", viewer(a()).graph(wide).code());
        assertEquals(
                "TOO_COMPLEX",
                viewer(a())
                        .graph(
                                "query($n: Int) { groups(first: $n) { edges { node { members(first: $n) { edges { node { nid } } } } } } }",
                                Api.variables("n", 1000))
                        .code());
        assertTrue(viewer(a())
                .graph(wide.replace("1000", "50"))
                .body()
                .path("data")
                .path("groups")
                .isObject());
        StringBuilder bomb = new StringBuilder("{ groups { edges { node { ...f0 } } } }");
        for (int i = 0; i < 60; i++) {
            bomb.append(
                    " fragment f" + i + " on Group { a: counts { members } ...f" + (i + 1) + " ...f" + (i + 1) + " }");
        }
        bomb.append(" fragment f60 on Group { gid }");
        assertTrue(viewer(a()).graph(bomb.toString()).body().has("errors"));
    }
}
