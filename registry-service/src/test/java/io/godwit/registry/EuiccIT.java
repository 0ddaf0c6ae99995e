package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.DeviceCredential;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ES1 RegisterEIS, one by one and in bulk. */
@QuarkusTest
class EuiccIT extends RegistryIT {
    @Test
    void aRegistrationIsAnsweredAnnouncedAndOrdered() {
        Card card = Card.next();
        operator(a()).put("/v1/groups/meters", "{}");
        Api.Answer answer = operator(a()).post("/v1/euiccs", card.registration(a(), ",\"groups\":[\"meters\"]"));
        assertEquals(201, answer.status(), answer.body().toString());
        String nid = answer.text("nid");
        assertEquals(card.eid().digits(), answer.text("eid"));
        assertEquals(a() + "/" + nid, answer.text("mqttUserName"));
        assertTrue(answer.location().endsWith("/v1/euiccs/" + nid), answer.location());

        FleetRecord.Device device = provisioning.devices(new Nid(nid), 1).get(0);
        assertTrue(device.active());
        assertEquals(card.eid(), device.eid());
        assertEquals("meters", device.groups().get(0).gid().value());
        assertEquals(1, device.groups().get(0).joinEpoch());
        assertEquals(
                DeviceCredential.verifier(
                        Octets.fromHex("ab".repeat(32)), new TenantId(a()), new Nid(nid), answer.text("deviceSecret")),
                device.verifier());

        OrderRecord.RegisterEis order = (OrderRecord.RegisterEis) provisioning
                .orders(record -> record.operation().equals(answer.text("operation")))
                .get(0);
        assertEquals(card.cardKeys(a()), order.cardKeys());
        assertEquals("alice", order.requester());
        assertEquals(device.fleetVersion(), order.fleetVersion());

        JsonNode shown = viewer(a()).get("/v1/euiccs/" + nid).body();
        assertEquals("Pending", shown.path("registration").asText());
        assertFalse(shown.path("online").asBoolean());
        assertEquals("Enabled", shown.path("profiles").get(0).path("state").asText());
        assertEquals("operational", shown.path("profiles").get(1).path("type").asText());
        assertEquals("meters", shown.path("groups").get(0).asText());
        assertFalse(shown.toString().contains("ecret"), "a secret is told once");
        assertEquals(404, operator(b()).get("/v1/euiccs/" + nid).status());
    }

    @Test
    void fleetRecordsOfATenantStandInOnePartitionInTheOrderOfTheirVersions() {
        enrol(a(), "");
        enrol(a(), "");
        var records = provisioning.fleet(3, message -> message.key().startsWith(a() + "/"));
        long last = 0;
        for (var message : records) {
            assertEquals(RecordKey.fleetPartition(new TenantId(a()), 4), message.partition());
            long version = FleetRecord.decode(Octets.of(message.value())).fleetVersion();
            assertTrue(version > last, version + " after " + last);
            last = version;
        }
    }

    @Test
    void aRepeatedRegistrationGivesANewSecretAndNothingElse() {
        Card card = Card.next();
        Api.Answer first = operator(a()).post("/v1/euiccs", card.registration(a()));
        Api.Answer second = operator(a()).post("/v1/euiccs", card.registration(a()));
        assertEquals(201, second.status(), second.body().toString());
        assertEquals(first.text("nid"), second.text("nid"));
        assertEquals(first.text("operation"), second.text("operation"));
        assertNotEquals(first.text("deviceSecret"), second.text("deviceSecret"));
        List<FleetRecord.Device> told = provisioning.devices(new Nid(first.text("nid")), 2);
        assertNotEquals(told.get(0).verifier(), told.get(1).verifier());
        assertEquals(
                1,
                provisioning
                        .orders(order -> order.operation().equals(first.text("operation")))
                        .size());
    }

    @Test
    void anotherTenantsNumbersAreRefusedWithoutTellingWhose() {
        Card card = Card.next();
        assertEquals(
                201, operator(a()).post("/v1/euiccs", card.registration(a())).status());
        Api.Answer eidTaken = operator(b()).post("/v1/euiccs", card.registration(b()));
        assertEquals(409, eidTaken.status());
        assertEquals("eis.eid", eidTaken.body().at("/errors/0/field").asText());
        assertFalse(eidTaken.body().toString().contains(a()));

        Card sameIccid =
                new Card(Card.next().eid(), card.bootstrap(), Card.next().operational());
        Api.Answer iccidTaken = operator(b()).post("/v1/euiccs", sameIccid.registration(b()));
        assertEquals(409, iccidTaken.status());
        Card free = new Card(sameIccid.eid(), Card.next().bootstrap(), sameIccid.operational());
        assertEquals(
                201,
                operator(b()).post("/v1/euiccs", free.registration(b())).status(),
                "a refused card holds none of its numbers");
    }

    @Test
    void theCallersNidIsKeptAndAnotherCardsRefused() {
        String nid = "meter-" + Card.next().eid().digits().substring(20);
        Card card = Card.next();
        Api.Answer first = operator(a()).post("/v1/euiccs", card.registration(a(), ",\"nid\":\"" + nid + "\""));
        assertEquals(nid, first.text("nid"));
        Api.Answer taken = operator(a()).post("/v1/euiccs", Card.next().registration(a(), ",\"nid\":\"" + nid + "\""));
        assertEquals(409, taken.status());
        assertEquals("nid", taken.body().at("/errors/0/field").asText());
        assertEquals(
                201,
                operator(b())
                        .post("/v1/euiccs", Card.next().registration(b(), ",\"nid\":\"" + nid + "\""))
                        .status(),
                "a nid is unique in its tenant only");
        assertEquals(
                409,
                operator(a())
                        .post("/v1/euiccs", card.registration(a(), ",\"nid\":\"" + nid + "x\""))
                        .status());
    }

    @Test
    void whatIsWrongWithARegistrationIsNamed() {
        Card card = Card.next();
        String good = card.registration(a());
        refused(422, "eis.eid", good.replace(card.eid().digits(), "89".repeat(16)));
        refused(422, "eis.profiles[0].iccid", good.replace(card.bootstrap().digits(), "8900000000000000000"));
        refused(422, "eis.profiles", good.replace("\"Disabled\"", "\"Enabled\""));
        refused(422, "eis.profiles", good.replace("\"fallbackAttribute\":false", "\"fallbackAttribute\":true"));
        refused(422, "eis.profiles[1].isdPAid", good.replace(Card.OPERATIONAL_AID, Card.BOOTSTRAP_AID));
        refused(422, "eis.profiles[0].state", good.replace("\"Enabled\"", "\"Happy\""));
        refused(422, "eis.colour", good.replace("\"isdR\"", "\"colour\":1,\"isdR\""));
        refused(422, "colour", good.replaceFirst("\\{", "{\"colour\":1,"));
        refused(422, "nid", good.replaceFirst("\\{", "{\"nid\":\"0\","));
        refused(422, "groups", good.replaceFirst("\\{", "{\"groups\":[\"nowhere\"],"));
        refused(422, "cardKeys", good.replace(card.cardKeys(a()), card.cardKeys(b())));
        refused(422, "cardKeys", good.replace(card.cardKeys(a()), Card.next().cardKeys(a())));
        refused(422, "cardKeys", good.replace(card.cardKeys(a()), card.cardKeys(a(), "no-such-key")));
        refused(422, "cardKeys", good.replace(card.cardKeys(a()), "secret"));
        refused(422, "eis", "{}");
        assertEquals(400, operator(a()).post("/v1/euiccs", "{\"eis\":").status());
        assertEquals(404, operator(a()).get("/v1/euiccs/" + card.eid()).status());
    }

    private void refused(int status, String field, String body) {
        Api.Answer answer = operator(a()).post("/v1/euiccs", body);
        assertEquals(status, answer.status(), answer.body().toString());
        assertTrue(answer.contentType().startsWith("application/problem+json"), answer.contentType());
        List<String> fields = new ArrayList<>();
        answer.body()
                .path("errors")
                .forEach(error -> fields.add(error.path("field").asText()));
        assertTrue(fields.contains(field), field + " is not among " + answer.body());
        assertFalse(answer.body().at("/errors/0/remedy").asText().isBlank());
    }

    @Test
    void aBulkAnswersEachLineAndABadOneSpoilsNoOther() {
        Card card = Card.next();
        Card other = Card.next();
        String lines = String.join(
                "\n",
                card.registration(a()),
                "",
                "no json",
                other.registration(a()).replace(other.eid().digits(), "89".repeat(16)),
                card.registration(a()),
                new Card(Card.next().eid(), card.bootstrap(), Card.next().operational()).registration(a()),
                other.registration(a()));
        List<JsonNode> answers = operator(a()).bulk("/v1/euiccs/bulk", lines);
        assertEquals(
                List.of(1, 3, 4, 5, 6, 7),
                answers.stream().map(line -> line.path("line").asInt()).toList());
        assertEquals(400, answers.get(1).at("/problem/status").asInt());
        assertEquals(422, answers.get(2).at("/problem/status").asInt());
        assertEquals(
                answers.get(0).at("/result/nid").asText(),
                answers.get(3).at("/result/nid").asText());
        assertEquals(409, answers.get(4).at("/problem/status").asInt());
        assertEquals(other.eid().digits(), answers.get(5).at("/result/eid").asText());
    }

    @Test
    void aThousandCardsAreRegisteredInSecondsAndListedPageByPage() {
        String tenant = a();
        operator(tenant).put("/v1/groups/thousand", "{}");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            lines.append(Card.next().registration(tenant, ",\"groups\":[\"thousand\"]"))
                    .append('\n');
        }
        long start = System.nanoTime();
        List<JsonNode> answers = operator(tenant).bulk("/v1/euiccs/bulk", lines.toString());
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertEquals(1000, answers.stream().filter(line -> line.has("result")).count());
        assertTrue(millis < 15_000, "took " + millis + " ms");
        System.out.println("1,000 registrations took " + millis + " ms");

        Set<String> seen = new HashSet<>();
        String cursor = "";
        do {
            Api.Answer page = viewer(tenant).get("/v1/euiccs?group=thousand&limit=300" + cursor);
            page.items().forEach(item -> assertTrue(seen.add(item.path("nid").asText())));
            cursor = page.body().has("next") ? "&cursor=" + page.text("next") : "";
        } while (!cursor.isEmpty());
        assertEquals(1000, seen.size());
        assertEquals(0, viewer(b()).get("/v1/euiccs?group=thousand").items().size());
        assertEquals(
                1000,
                viewer(tenant).get("/v1/groups/thousand").body().path("members").asInt());
    }

    @Test
    void aRemovedCardIsGoneAnnouncedAndItsNumbersAreFree() {
        Card card = Card.next();
        String nid = operator(a()).post("/v1/euiccs", card.registration(a())).text("nid");
        assertEquals(404, operator(b()).delete("/v1/euiccs/" + nid).status());
        assertEquals(204, operator(a()).delete("/v1/euiccs/" + nid).status());
        assertEquals(404, operator(a()).delete("/v1/euiccs/" + nid).status());
        assertEquals(404, operator(a()).get("/v1/euiccs/" + nid).status());
        assertFalse(provisioning.devices(new Nid(nid), 2).get(1).active());
        assertEquals(
                201, operator(b()).post("/v1/euiccs", card.registration(b())).status());
    }
}
