package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.record.FleetRecord;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members: many at once, spokesmen, and removal for security. */
@QuarkusTest
class MembershipIT extends RegistryIT {
    private static final String POLICY =
            "{\"onRequest\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"operational\"}}}";

    @Test
    void manyJoinAndLeaveEachWithAResultOfItsOwn() {
        String foreign = enrol(b(), "");
        List<String> nids = cards(3);
        operator(a()).put("/v1/groups/bulk", "{}");
        String array =
                "[\"%s\",\"%s\",\"%s\",\"no nid\",7,\"%s\"]".formatted(nids.get(0), nids.get(1), nids.get(0), foreign);
        Api.Answer joined = operator(a()).post("/v1/groups/bulk/members", array);
        assertEquals(200, joined.status(), joined.body().toString());
        assertEquals(
                List.of("joined", "joined", "unchanged", "422", "422", "404"),
                outcomes(joined.body().path("results")));
        assertEquals(2, joined.body().path("changed").asInt());
        assertEquals(1, joined.body().path("unchanged").asInt());
        assertEquals(3, joined.body().path("refused").asInt());
        assertEquals(
                "nid", joined.body().at("/results/3/problem/errors/0/field").asText());

        List<JsonNode> lines = operator(a())
                .bulk("/v1/groups/bulk/members", "\"" + nids.get(1) + "\"\n\n\"" + nids.get(2) + "\"\n{}\nnonsense");
        assertEquals(
                List.of("unchanged", "joined", "422", "422"),
                lines.stream().map(MembershipIT::outcome).toList());
        assertEquals(
                List.of(1, 3, 4, 5),
                lines.stream().map(line -> line.path("line").asInt()).toList());
        assertEquals(
                3, viewer(a()).get("/v1/groups/bulk").body().path("members").asInt());

        Api.Answer left = operator(a()).post("/v1/groups/bulk/leave", "[\"" + nids.get(0) + "\",\"nobody\"]");
        assertEquals(List.of("left", "404"), outcomes(left.body().path("results")));
        assertEquals(1, viewer(a()).get("/v1/groups/bulk").body().path("epoch").asInt(), "leaving raises nothing");
        List<FleetRecord.Device> told = provisioning.devices(new Nid(nids.get(0)), 3);
        assertEquals(
                List.of(0, 1, 0),
                told.stream().map(device -> device.groups().size()).toList());
        List<String> audited = viewer(a()).get("/v1/audit-entries?nid=" + nids.get(0)).items().stream()
                .map(entry -> entry.path("action").asText())
                .toList();
        assertEquals(List.of("MemberLeft", "MemberJoined", "RegisterEIS"), audited);
    }

    @Test
    void whatIsNoListOfNidsChangesNothing() {
        operator(a()).put("/v1/groups/strict", "{}");
        String nid = enrol(a(), "");
        Api operator = operator(a());
        for (String path : List.of("/v1/groups/strict/members", "/v1/groups/strict/leave?reason=security")) {
            Api.Answer object = operator.post(path, "{\"nids\":[\"" + nid + "\"]}");
            assertEquals(422, object.status());
            assertEquals("body", object.body().at("/errors/0/field").asText());
            assertEquals(400, operator.post(path, "[\"" + nid).status());
            String many = IntStream.rangeClosed(0, 10_000)
                    .mapToObj(i -> "\"n" + i + "\"")
                    .collect(Collectors.joining(","));
            assertEquals(422, operator.post(path, "[" + many + "]").status());
            assertEquals(403, viewer(a()).post(path, "[]").status());
            assertEquals(404, operator(b()).post(path, "[\"" + nid + "\"]").status());
        }
        Api.Answer reason = operator.post("/v1/groups/strict/leave?reason=whim", "[]");
        assertEquals("reason", reason.body().at("/errors/0/field").asText());
        assertEquals(
                "reason",
                operator.delete("/v1/groups/strict/members/" + nid + "?reason=whim")
                        .body()
                        .at("/errors/0/field")
                        .asText());
        assertEquals(
                0, viewer(a()).get("/v1/groups/strict").body().path("members").asInt());
        assertEquals(
                1, viewer(a()).get("/v1/groups/strict").body().path("epoch").asInt());
        assertEquals(
                0,
                operator.post("/v1/groups/strict/members", "[]")
                        .body()
                        .path("changed")
                        .asInt(-1));
    }

    @Test
    void aRemovalForSecurityRaisesTheEpochOnceAndThePolicyStays() {
        operator(a()).put("/v1/groups/safe", POLICY);
        operator(b()).put("/v1/groups/safe", POLICY);
        List<String> nids = cards(3);
        String array = "[\"%s\",\"%s\",\"%s\"]".formatted(nids.get(0), nids.get(1), nids.get(2));
        operator(a()).post("/v1/groups/safe/members", array);
        String one = "/v1/groups/safe/members/" + nids.get(0) + "?reason=security";
        assertEquals(204, operator(a()).delete(one).status());
        assertEquals(2, epoch(a()));
        assertEquals(204, operator(a()).delete(one).status());
        assertEquals(2, epoch(a()), "again changes nothing");

        Api.Answer removed = operator(a()).post("/v1/groups/safe/leave?reason=security", array);
        assertEquals(
                List.of("unchanged", "removed", "removed"),
                outcomes(removed.body().path("results")));
        assertEquals(3, epoch(a()), "one rise for all of them");
        assertEquals(1, epoch(b()), "another tenant's group of that name");
        operator(a()).put("/v1/groups/safe", "{\"onRequest\":null}");
        assertEquals(3, epoch(a()), "a new policy keeps the epoch");

        List<FleetRecord.Group> told = groupRecords("safe", 4);
        assertEquals(
                List.of(1, 2, 3, 3), told.stream().map(FleetRecord.Group::epoch).toList());
        assertTrue(told.get(2).requests().shorthand().isPresent(), "a rise keeps the policy");
        FleetRecord.Device first = provisioning.devices(new Nid(nids.get(0)), 3).get(2);
        assertEquals(List.of(), first.groups());
        assertEquals(told.get(1).fleetVersion(), first.fleetVersion() + 1, "first the device, then the group");
        assertEquals(
                1,
                viewer(a()).get("/v1/audit-entries?limit=1000").items().stream()
                        .filter(entry -> entry.path("action").asText().equals("GroupEpochRaised")
                                && entry.path("detail").asText().equals("epoch 3"))
                        .count());
    }

    @Test
    void aCardThatHasLeftIsRemovedForSecurityWhileItMayHaveTheConfiguration() {
        operator(a()).put("/v1/groups/left", "{}");
        String member = "/v1/groups/left/members/" + enrol(a(), "");
        operator(a()).put(member, "");
        operator(a()).delete(member);
        assertEquals(204, operator(a()).delete(member + "?reason=security").status());
        assertEquals(2, viewer(a()).get("/v1/groups/left").body().path("epoch").asInt());
        operator(a()).delete(member + "?reason=security");
        assertEquals(2, viewer(a()).get("/v1/groups/left").body().path("epoch").asInt());

        String gone = enrol(a(), ",\"groups\":[\"left\"]");
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + gone).status());
        assertEquals(
                404, operator(a()).delete("/v1/groups/left/members/" + gone).status());
        assertEquals(
                204,
                operator(a())
                        .delete("/v1/groups/left/members/" + gone + "?reason=security")
                        .status());
        assertEquals(3, viewer(a()).get("/v1/groups/left").body().path("epoch").asInt());
        assertEquals(
                404,
                operator(a())
                        .delete("/v1/groups/left/members/never?reason=security")
                        .status());
    }

    @Test
    void aSpokesmanIsAppointedAnnouncedAndDismissedByLeaving() {
        operator(a()).put("/v1/groups/voice", "{}");
        String nid = enrol(a(), "");
        String member = "/v1/groups/voice/members/" + nid;
        assertEquals(204, operator(a()).put(member, "{\"spokesman\":true}").status());
        assertEquals(204, operator(a()).put(member, "{}").status());
        assertEquals(204, operator(a()).put(member, "").status());
        Api.Answer bare = operator(a()).send(operator(a()).request(member).PUT(HttpRequest.BodyPublishers.noBody()));
        assertEquals(204, bare.status(), bare.body().toString());
        assertTrue(member(nid).path("spokesman").asBoolean(), "what is not said stays");
        assertEquals(204, operator(a()).put(member, "{\"spokesman\":false}").status());
        assertEquals(204, operator(a()).put(member, "{\"spokesman\":true}").status());
        operator(a()).delete(member);
        operator(a()).put(member, "{}");
        assertFalse(member(nid).path("spokesman").asBoolean());
        assertEquals(2, member(nid).path("joinEpoch").asInt());
        List<FleetRecord.Device> told = provisioning.devices(new Nid(nid), 6);
        assertEquals(
                List.of("", "1true", "1false", "1true", "", "2false"),
                told.stream()
                        .map(device -> device.groups().stream()
                                .map(group -> group.joinEpoch() + "" + group.spokesman())
                                .collect(Collectors.joining()))
                        .toList());
        Api.Answer odd = operator(a()).put(member, "{\"spokesman\":\"perhaps\"}");
        assertEquals(422, odd.status(), odd.body().toString());
        assertEquals("spokesman", odd.body().at("/errors/0/field").asText());
    }

    @Test
    void membersAreListedPageByPage() {
        operator(a()).put("/v1/groups/list", "{}");
        List<String> nids = cards(3).stream().sorted().toList();
        String lines = nids.stream().map(nid -> "\"" + nid + "\"").collect(Collectors.joining("\n"));
        operator(a()).bulk("/v1/groups/list/members", lines);
        Api.Answer first = viewer(a()).get("/v1/groups/list/members?limit=2");
        Api.Answer second = viewer(a()).get("/v1/groups/list/members?cursor=" + first.text("next"));
        List<String> seen = new ArrayList<>();
        first.items().forEach(item -> seen.add(item.path("nid").asText()));
        second.items().forEach(item -> seen.add(item.path("nid").asText()));
        assertEquals(nids, seen);
        assertFalse(second.body().has("next"));
        assertEquals(404, viewer(b()).get("/v1/groups/list/members").status());
    }

    @Test
    void aCardTellsWhetherItTakesGroupPackages() {
        assertFalse(card(enrol(a(), "")).path("groupPackage").asBoolean(true));
        String body = Card.next()
                .registration(a(), "")
                .replaceFirst("\"isdR\"", "\"extensions\":{\"groupPackage\":true},\"isdR\"");
        operator(a()).put("/v1/groups/able", "{}");
        String nid = operator(a()).post("/v1/euiccs", body).text("nid");
        operator(a()).put("/v1/groups/able/members/" + nid, "");
        assertTrue(card(nid).path("groupPackage").asBoolean());
        assertEquals("[\"able\"]", card(nid).path("groups").toString());
    }

    private JsonNode card(String nid) {
        return viewer(a()).get("/v1/euiccs/" + nid).body();
    }

    private JsonNode member(String nid) {
        JsonNode member = viewer(a()).get("/v1/groups/voice/members").items().get(0);
        assertEquals(nid, member.path("nid").asText());
        return member;
    }

    private int epoch(String tenant) {
        return viewer(tenant).get("/v1/groups/safe").body().path("epoch").asInt();
    }

    private List<String> cards(int count) {
        return IntStream.range(0, count).mapToObj(i -> enrol(a(), "")).toList();
    }

    private List<FleetRecord.Group> groupRecords(String gid, int atLeast) {
        String key = RecordKey.of(new TenantId(a()), new Gid(gid));
        return provisioning.fleet(atLeast, message -> key.equals(message.key())).stream()
                .map(message -> (FleetRecord.Group) FleetRecord.decode(Octets.of(message.value())))
                .toList();
    }

    private static List<String> outcomes(JsonNode results) {
        List<String> outcomes = new ArrayList<>();
        results.forEach(result -> outcomes.add(outcome(result)));
        return outcomes;
    }

    private static String outcome(JsonNode answer) {
        return answer.has("result")
                ? answer.path("result").asText()
                : answer.at("/problem/status").asText();
    }
}
