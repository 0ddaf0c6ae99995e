package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What PostgreSQL cannot hold: a caller is told, and a record spoils nothing but itself at most. */
@QuarkusTest
class UnstorableIT extends RegistryIT {
    private static final EsFunction AUDIT = new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null);

    @Test
    void anOutcomeWhoseDetailHasNulCompletesItsOperation() {
        Nid card = new Nid(enrol(a(), ""));
        String id = operator(a())
                .post("/v1/operations", "{\"function\":{\"name\":\"eUICCCapabilityAudit\"},\"nid\":\"" + card + "\"}")
                .text("id");
        provisioning.tell(new EventRecord.ProcedureEnded(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                id,
                "p",
                AUDIT,
                Outcome.failed("DEVICE_REFUSED", "battery \u0000 low"),
                null));
        Provisioning.await(
                () -> viewer(a()).get("/v1/operations/" + id).text("status").equals("Completed"));
        JsonNode outcome =
                viewer(a()).get("/v1/operations/" + id + "/outcomes").items().get(0);
        assertEquals("battery \ufffd low", outcome.at("/outcome/detail").asText());
    }

    @Test
    void aRecordThatPostgresqlRefusesIsPutAsideAndWhatFollowsIsTaken() {
        Card papers = Card.next();
        Nid card = new Nid(
                operator(a()).post("/v1/euiccs", papers.registration(a())).text("nid"));
        ProfileState profile =
                new ProfileState(new Aid(Card.BOOTSTRAP_AID), papers.bootstrap(), ProfileState.State.DISABLED, true);
        provisioning.tell(new EventRecord.CardState(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                "EnableProfile",
                List.of(profile, profile),
                null));
        provisioning.tell(
                new EventRecord.Presence(Instant.now(), new TenantId(a()), card, provisioning.nextSequence(), true));
        Provisioning.await(() ->
                viewer(a()).get("/v1/euiccs/" + card).body().path("online").asBoolean());
        var letters = provisioning.deadLetters(message -> (a() + "/" + card).equals(message.key()));
        assertEquals("SQL_21000", Provisioning.headers(letters.get(0)).get(RecordHeaders.REASON));
    }

    @Test
    void aRecordWithNulInItsKeyAndHeadersReachesTheDeadLetters() {
        Nid card = new Nid(enrol(a(), ""));
        ProducerRecord<String, byte[]> poison = new ProducerRecord<>(
                TopicSet.SHARED.events(), 0, a() + "/\u0000", "no json".getBytes(StandardCharsets.UTF_8));
        poison.headers().add(RecordHeaders.TENANT, null).add("x", new byte[1]);
        provisioning.send(poison);
        EventRecord presence =
                new EventRecord.Presence(Instant.now(), new TenantId(a()), card, provisioning.nextSequence(), true);
        ProducerRecord<String, byte[]> next = new ProducerRecord<>(
                TopicSet.SHARED.events(), 0, presence.key(), presence.encode().toBytes());
        next.headers().add(RecordHeaders.TENANT, a().getBytes(StandardCharsets.US_ASCII));
        provisioning.send(next);
        Provisioning.await(() ->
                viewer(a()).get("/v1/euiccs/" + card).body().path("online").asBoolean());
        var letters = provisioning.deadLetters(message -> (a() + "/\ufffd").equals(message.key()));
        assertEquals("MALFORMED", Provisioning.headers(letters.get(0)).get(RecordHeaders.REASON));
    }

    @Test
    void nulInAPathOrAQueryIsRefusedByItsName() {
        refused("nid", operator(a()).get("/v1/euiccs/a%00b"));
        refused("nid", operator(a()).delete("/v1/euiccs/a%00b"));
        refused("group", operator(a()).get("/v1/euiccs?group=%00"));
        refused("gid", operator(a()).get("/v1/groups/a%00b"));
        refused("gid", operator(a()).put("/v1/groups/a%00b", "{}"));
        refused("nid", operator(a()).put("/v1/groups/g/members/%00", ""));
        refused("id", operator(a()).get("/v1/operations/%00"));
        refused("status", operator(a()).get("/v1/operations/x/outcomes?status=%00"));
        refused("gid", operator(a()).get("/v1/operations?gid=%00"));
        refused("operation", operator(a()).get("/v1/audit-entries?operation=%00"));
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {'k', '1', ':', 0});
        assertEquals(422, operator(a()).get("/v1/euiccs?cursor=" + key).status());
    }

    @Test
    void nulInABodyIsRefusedByItsMember() {
        String type = "\"name\":\"EnableProfile\",\"target\":{\"type\":\"a\\u0000\"}";
        refused("onRequest.target.type", operator(a()).put("/v1/groups/g", "{\"onRequest\":{" + type + "}}"));
        refused(
                "function.target.type",
                operator(a()).post("/v1/operations", "{\"function\":{" + type + "},\"nid\":\"n\"}"));
        refused("nid", operator(a()).post("/v1/operations", "{\"nid\":\"\\u0000\"}"));
        refused("id", admin().post("/v1/tenants", "{\"id\":\"\\u0000\"}"));
    }

    @Test
    void nulInARegistrationIsRefusedByItsMemberAndSpoilsNoOtherLine() {
        String good = Card.next().registration(a());
        registrationRefused("eis.profiles[1].owner", good.replace("\"op\"", "\"o\\u0000p\""));
        registrationRefused("nid", good.replaceFirst("\\{", "{\"nid\":\"\\\\u0000\","));
        registrationRefused("groups[1]", good.replaceFirst("\\{", "{\"groups\":[\"g\",\"\\\\u0000\"],"));
        String trail = "\"auditTrail\":[{%s}],\"isdR\"";
        registrationRefused("eis.auditTrail[0].x[0]", good.replace("\"isdR\"", trail.formatted("\"x\":[\"\\u0000\"]")));
        registrationRefused("eis.auditTrail[0].\ufffd", good.replace("\"isdR\"", trail.formatted("\"\\u0000\":1")));
        registrationRefused("eis.auditTrail[0].x", good.replace("\"isdR\"", trail.formatted("\"x\":1e200000")));

        String bad = Card.next().registration(a()).replace("\"op\"", "\"\\u0000\"");
        List<JsonNode> answers = operator(a())
                .bulk("/v1/euiccs/bulk", good + "\n" + bad + "\n" + Card.next().registration(a()));
        assertTrue(answers.get(0).has("result"), answers.toString());
        assertEquals(400, answers.get(1).at("/problem/status").asInt());
        assertTrue(answers.get(2).has("result"), answers.toString());
    }

    private void registrationRefused(String field, String body) {
        refused(field, operator(a()).post("/v1/euiccs", body));
    }

    private static void refused(String field, Api.Answer answer) {
        assertEquals(400, answer.status(), field + ": " + answer.body());
        assertTrue(answer.contentType().startsWith("application/problem+json"), answer.contentType());
        assertEquals(field, answer.body().at("/errors/0/field").asText());
        assertFalse(answer.body().at("/errors/0/remedy").asText().isBlank());
    }
}
