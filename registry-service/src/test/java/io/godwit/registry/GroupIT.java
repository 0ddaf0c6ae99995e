package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.RequestPolicy;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups, their policy and their members. */
@QuarkusTest
class GroupIT extends RegistryIT {
    private static final String POLICY =
            "{\"onRequest\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"operational\"}}}";

    @Test
    void aGroupsPolicyIsKeptAndAnnouncedOnceForEachChange() {
        assertEquals(200, operator(a()).put("/v1/groups/policy", POLICY).status());
        operator(a()).put("/v1/groups/policy", POLICY);
        Api.Answer shown = viewer(a()).get("/v1/groups/policy");
        assertEquals("EnableProfile", shown.body().at("/onRequest/name").asText());
        assertEquals("operational", shown.body().at("/onRequest/target/type").asText());
        assertEquals(0, shown.body().path("members").asInt(-1));
        operator(a()).put("/v1/groups/policy", "{\"onRequest\":null}");
        assertTrue(viewer(a()).get("/v1/groups/policy").body().path("onRequest").isNull());

        List<RequestPolicy> told =
                provisioning
                        .fleet(2, message -> message.key().equals(RecordKey.of(new TenantId(a()), new Gid("policy"))))
                        .stream()
                        .map(message -> ((FleetRecord.Group) FleetRecord.decode(Octets.of(message.value()))).requests())
                        .toList();
        assertEquals(2, told.size(), "the same policy again tells nobody");
        assertEquals(
                EsFunction.Name.ENABLE_PROFILE,
                told.get(0).shorthand().orElseThrow().name());
        assertEquals(RequestPolicy.NONE, told.get(1));
    }

    @Test
    void eachJoiningHasTheNextEpoch() {
        String nid = enrol(a(), "");
        operator(a()).put("/v1/groups/epochs", "{}");
        String member = "/v1/groups/epochs/members/" + nid;
        assertEquals(204, operator(a()).put(member, "").status());
        assertEquals(204, operator(a()).put(member, "").status());
        assertEquals(204, operator(a()).delete(member).status());
        assertEquals(204, operator(a()).put(member, "").status());
        List<FleetRecord.Device> told = provisioning.devices(new Nid(nid), 4);
        assertEquals(List.of(), told.get(0).groups());
        assertEquals(1, told.get(1).groups().get(0).joinEpoch());
        assertEquals(List.of(), told.get(2).groups());
        assertEquals(2, told.get(3).groups().get(0).joinEpoch());
        assertEquals(4, told.size(), "joining twice tells nobody");
    }

    @Test
    void anotherTenantsGroupsAndCardsAreNotThere() {
        operator(a()).put("/v1/groups/mine", "{}");
        String mine = enrol(a(), "");
        String theirs = enrol(b(), "");
        assertEquals(404, operator(b()).get("/v1/groups/mine").status());
        assertEquals(
                404, operator(b()).put("/v1/groups/mine/members/" + theirs, "").status());
        assertEquals(
                404, operator(a()).put("/v1/groups/mine/members/" + theirs, "").status());
        assertFalse(operator(b()).get("/v1/groups?limit=1000").body().toString().contains("mine"));
        assertEquals(
                204, operator(a()).put("/v1/groups/mine/members/" + mine, "").status());
        assertEquals(200, operator(b()).put("/v1/groups/mine", POLICY).status());
        assertTrue(operator(a()).get("/v1/groups/mine").body().path("onRequest").isNull());
    }

    @Test
    void groupsAreListedPageByPage() {
        for (String gid : List.of("page-1", "page-2", "page-3")) {
            operator(b()).put("/v1/groups/" + gid, "{}");
        }
        Api.Answer first = viewer(b()).get("/v1/groups?limit=2");
        assertEquals(2, first.items().size());
        Api.Answer rest = viewer(b()).get("/v1/groups?limit=1000&cursor=" + first.text("next"));
        assertFalse(rest.body().has("next"));
        assertTrue(rest.items()
                        .get(0)
                        .path("gid")
                        .asText()
                        .compareTo(first.items().get(1).path("gid").asText())
                > 0);
    }

    @Test
    void aPolicyThatIsNoneIsRefusedByMember() {
        refused("onRequest.name", "{\"onRequest\":{\"name\":\"Explode\",\"target\":{\"type\":\"x\"}}}");
        refused("onRequest.target", "{\"onRequest\":{\"name\":\"EnableProfile\"}}");
        refused(
                "onRequest.target",
                "{\"onRequest\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"x\",\"iccid\":\"y\"}}}");
        refused("onRequest.target.iccid", "{\"onRequest\":{\"name\":\"EnableProfile\",\"target\":{\"iccid\":\"89\"}}}");
        refused("onReqest", "{\"onReqest\":null}");
        assertEquals(403, viewer(a()).put("/v1/groups/bad", "{}").status());
    }

    private void refused(String field, String body) {
        Api.Answer answer = operator(a()).put("/v1/groups/bad", body);
        assertEquals(422, answer.status(), answer.body().toString());
        assertEquals(field, answer.body().at("/errors/0/field").asText());
    }
}
