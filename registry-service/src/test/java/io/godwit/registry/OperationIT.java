package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.ConnectivityParameters;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.Pol2Rule;
import io.godwit.protocol.record.ProfileState;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Orders out, and what events make of them. */
@QuarkusTest
class OperationIT extends OrderIT {
    @Test
    void anOrderOnOneCardIsAcceptedSentAndFollowed() {
        String nid = enrol(a(), "");
        Api.Answer accepted =
                operator(a()).post("/v1/operations", enable("\"nid\":\"" + nid + "\",\"validitySeconds\":60"));
        assertEquals(202, accepted.status(), accepted.body().toString());
        String id = accepted.text("id");
        assertTrue(accepted.location().endsWith("/v1/operations/" + id));
        OrderRecord.OnCard order = (OrderRecord.OnCard)
                provisioning.orders(record -> record.operation().equals(id)).get(0);
        assertEquals(ENABLE, order.function());
        assertEquals(nid, order.nid().value());
        assertEquals(60, order.validUntil().getEpochSecond() - order.issuedAt().getEpochSecond());
        assertTrue(order.fleetVersion() > 0);
        JsonNode pending = operation(id);
        assertEquals("Pending", pending.path("status").asText());
        assertEquals("order", pending.path("origin").asText());

        TenantId tenant = new TenantId(a());
        Nid card = new Nid(nid);
        provisioning.tell(new EventRecord.OperationStarted(Instant.now(), tenant, id, null, 1));
        progress(card, id, "Triggered", "order");
        Provisioning.await(() -> operation(id).at("/counts/Triggered").asInt() == 1);
        assertEquals("Running", operation(id).path("status").asText());
        progress(card, id, "Commanded", "order");
        end(card, id, Outcome.failed("POL2_FORBIDS", "The operator's policy forbids it."));
        Provisioning.await(() -> operation(id).path("status").asText().equals("Completed"));
        JsonNode done = operation(id);
        assertEquals("{\"Failed\":1}", done.path("counts").toString());
        assertEquals(1, done.path("failed").asInt());
        assertEquals(1, done.path("members").asInt());
        assertFalse(done.path("completedAt").asText().isEmpty());
        JsonNode outcome =
                viewer(a()).get("/v1/operations/" + id + "/outcomes").items().get(0);
        assertEquals(nid, outcome.path("nid").asText());
        assertEquals("POL2_FORBIDS", outcome.at("/outcome/code").asText());
        assertEquals("Failed", outcome.at("/outcome/status").asText());
    }

    @Test
    void aGroupOrderCompletesWhenEveryMemberHasItsOutcomeWhicheverEventComesFirst() {
        operator(a()).put("/v1/groups/many", "{}");
        List<Nid> cards = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            cards.add(new Nid(enrol(a(), ",\"groups\":[\"many\"]")));
        }
        String id =
                operator(a()).post("/v1/operations", enable("\"gid\":\"many\"")).text("id");
        for (Nid card : cards) {
            progress(card, id, "Queued", "order");
        }
        end(cards.get(0), id, Outcome.SUCCEEDED);
        end(cards.get(1), id, Outcome.failed("X", "x"));
        end(cards.get(2), id, Outcome.expired("Y", "y"));
        end(cards.get(3), id, Outcome.SUCCEEDED);
        Provisioning.await(() -> operation(id).path("succeeded").asInt() == 2
                && operation(id).path("expired").asInt() == 1);
        provisioning.tell(
                new EventRecord.OperationStarted(Instant.now(), new TenantId(a()), id, new Gid("many"), cards.size()));
        Provisioning.await(() -> operation(id).path("members").asInt() == 5);
        assertEquals("Running", operation(id).path("status").asText());
        end(cards.get(4), id, Outcome.SUCCEEDED);
        Provisioning.await(() -> operation(id).path("status").asText().equals("Completed"));
        assertEquals(
                "{\"Expired\":1,\"Failed\":1,\"Succeeded\":3}",
                operation(id).path("counts").toString());

        Api.Answer page = viewer(a()).get("/v1/operations/" + id + "/outcomes?status=Succeeded&limit=2");
        assertEquals(2, page.items().size());
        assertEquals(
                1,
                viewer(a())
                        .get("/v1/operations/" + id + "/outcomes?status=Succeeded&limit=2&cursor=" + page.text("next"))
                        .items()
                        .size());
        assertEquals(404, viewer(b()).get("/v1/operations/" + id + "/outcomes").status());
    }

    @Test
    void aRepeatedEventChangesNothing() {
        Nid card = new Nid(enrol(a(), ""));
        String id = operator(a())
                .post("/v1/operations", enable("\"nid\":\"" + card + "\""))
                .text("id");
        EventRecord ended = new EventRecord.ProcedureEnded(
                Instant.now(), new TenantId(a()), card, 7, id, "p", ENABLE, Outcome.SUCCEEDED, "B1");
        provisioning.tell(ended);
        provisioning.tell(ended);
        provisioning.tell(new EventRecord.ProcedureProgressed(
                Instant.now(), new TenantId(a()), card, 3, id, "p", ENABLE, "Queued", "order"));
        provisioning.tell(new EventRecord.Presence(Instant.now(), new TenantId(a()), card, 8, true));
        Provisioning.await(() -> card(card).path("online").asBoolean());
        assertEquals("{\"Succeeded\":1}", operation(id).path("counts").toString());
        assertEquals("Completed", operation(id).path("status").asText());
        long ends = viewer(a()).get("/v1/audit-entries?operation=" + id).items().stream()
                .filter(entry -> entry.path("action").asText().equals("ProcedureEnded"))
                .count();
        assertEquals(1, ends);
    }

    @Test
    void theSameKeyAndBodyHaveTheSameAnswerAndAnotherBodyIsRefused() {
        Nid card = new Nid(enrol(a(), ""));
        Nid foreign = new Nid(enrol(b(), ""));
        String key = UUID.randomUUID().toString();
        String body = enable("\"nid\":\"" + card + "\"");
        Api.Answer first = operator(a()).post("/v1/operations", body, "Idempotency-Key", key);
        Api.Answer again = operator(a()).post("/v1/operations", body, "Idempotency-Key", key);
        assertEquals(202, again.status());
        assertEquals(first.text("id"), again.text("id"));
        Api.Answer other = operator(a())
                .post(
                        "/v1/operations",
                        enable("\"nid\":\"" + card + "\",\"validitySeconds\":5"),
                        "Idempotency-Key",
                        key);
        assertEquals(422, other.status());
        assertEquals("Idempotency-Key", other.body().at("/errors/0/field").asText());
        Api.Answer theirs =
                operator(b()).post("/v1/operations", enable("\"nid\":\"" + foreign + "\""), "Idempotency-Key", key);
        assertEquals(202, theirs.status(), "each tenant has keys of its own");
        assertEquals(
                1,
                provisioning
                        .orders(order -> order.operation().equals(first.text("id")))
                        .size());
    }

    @Test
    void anOrderThatCannotBeIsRefusedByMember() {
        String nid = enrol(a(), "");
        assertEquals(
                404,
                operator(a())
                        .post("/v1/operations", enable("\"nid\":\"nobody\""))
                        .status());
        assertEquals(
                404,
                operator(a())
                        .post("/v1/operations", enable("\"gid\":\"nowhere\""))
                        .status());
        assertEquals(
                404,
                operator(b())
                        .post("/v1/operations", enable("\"nid\":\"" + nid + "\""))
                        .status());
        assertEquals(
                403,
                viewer(a())
                        .post("/v1/operations", enable("\"nid\":\"" + nid + "\""))
                        .status());
        refused("nid", enable("\"nid\":\"" + nid + "\",\"gid\":\"g\""));
        refused("validitySeconds", enable("\"nid\":\"" + nid + "\",\"validitySeconds\":0"));
        refused("function", "{\"nid\":\"" + nid + "\"}");
        refused("function.target", "{\"nid\":\"" + nid + "\",\"function\":{\"name\":\"DeleteProfile\"}}");
        refused(
                "function.target",
                "{\"nid\":\"" + nid
                        + "\",\"function\":{\"name\":\"eUICCCapabilityAudit\",\"target\":{\"type\":\"x\"}}}");
        refused("body", "");
    }

    @Test
    void aMasterDeleteIsForOneCardAndComesWithItsToken() throws IOException {
        String nid = enrol(a(), "");
        String target = "\"name\":\"MasterDelete\",\"target\":{\"aid\":\"A0000005591010FFFFFFFF8900001100\"}";
        String parts = "\"issuer\":\"01\",\"image\":\"02\",\"provider\":\"03\",\"number\":\"04\"";
        String token = ",\"token\":{" + parts + ",\"token\":\"" + "5a".repeat(16) + "\"}";
        String card = "{\"nid\":\"" + nid + "\",\"function\":{" + target;
        refused("function.token", card + "}}");
        refused("function.token", card + ",\"token\":{" + parts + ",\"token\":\"5a\"}}}");
        refused("function.token.token", card + ",\"token\":{" + parts + "}}}");
        refused("function.token.image", card + token.replace("\"02\"", "\"xy\"") + "}}");
        refused("function.name", "{\"gid\":\"" + nid + "\",\"function\":{" + target + "}}");
        refused("function.target", card.replace("aid", "type") + token + "}}");
        refused(
                "function.token",
                enable("\"nid\":\"" + nid + "\"").replace("\"target\"", token.substring(1) + ",\"target\""));
        Api.Answer accepted =
                carrier(a(), "op").post("/v1/operations", guided("downloads.md").replace("5f0c9a1e7b3d2468", nid));
        assertEquals(202, accepted.status(), accepted.body().toString());
        OrderRecord.OnCard order = (OrderRecord.OnCard) provisioning
                .orders(record -> record.operation().equals(accepted.text("id")))
                .get(0);
        assertEquals(
                Optional.of("00112233445566778899aabbccddeeff"),
                order.function().token().map(made -> made.token().toHex()));
        JsonNode shown = operation(accepted.text("id")).path("function");
        assertEquals("MasterDelete", shown.path("name").asText());
        assertTrue(shown.path("token").isMissingNode(), shown.toString());
        String key = UUID.randomUUID().toString();
        assertEquals(
                202,
                carrier(a(), "op")
                        .post("/v1/operations", card + token + "}}", "Idempotency-Key", key)
                        .status());
        assertEquals(
                422,
                carrier(a(), "op")
                        .post("/v1/operations", card + token.replace("5a", "5b") + "}}", "Idempotency-Key", key)
                        .status());
    }

    @Test
    void connectivityParametersAreForOneCardAndComeWithTheirOrder() throws IOException {
        String nid = enrol(a(), "");
        String target = "\"name\":\"UpdateConnectivityParameters\",\"target\":{\"iccid\":\"89000123456789012341\"}";
        String card = "{\"nid\":\"" + nid + "\",\"function\":{" + target;
        refused("function.connectivity", card + "}}");
        refused("function.connectivity", card + ",\"connectivity\":{}}}");
        refused("function.connectivity", card + ",\"connectivity\":{\"sms\":\"0605\"}}}");
        refused("function.connectivity.bearer", card + ",\"connectivity\":{\"bearer\":\"xy\"}}}");
        String parameters = ",\"connectivity\":{\"sms\":\"0604911032f4\"}";
        refused("function.name", "{\"gid\":\"" + nid + "\",\"function\":{" + target + parameters + "}}");
        refused(
                "function.connectivity",
                enable("\"nid\":\"" + nid + "\"").replace("\"target\"", parameters.substring(1) + ",\"target\""));
        Api.Answer accepted = operator(a())
                .post(
                        "/v1/operations",
                        guided("downloads.md", "UpdateConnectivityParameters").replace("5f0c9a1e7b3d2468", nid));
        assertEquals(202, accepted.status(), accepted.body().toString());
        OrderRecord.OnCard order = (OrderRecord.OnCard) provisioning
                .orders(record -> record.operation().equals(accepted.text("id")))
                .get(0);
        assertEquals(
                Optional.of(new ConnectivityParameters(
                        Optional.of(Octets.fromHex("0604911032f4")), Optional.of(Octets.fromHex("4703696f74")))),
                order.function().connectivity());
        JsonNode shown = operation(accepted.text("id")).path("function");
        assertEquals("UpdateConnectivityParameters", shown.path("name").asText());
        assertTrue(shown.path("connectivity").isMissingNode(), shown.toString());
    }

    @Test
    void newKeysAreForOneCardAndNameNoProfile() throws IOException {
        String nid = enrol(a(), "");
        String name = "\"function\":{\"name\":\"EstablishISDRKeySet\"";
        refused("function.name", "{\"gid\":\"" + nid + "\"," + name + "}}");
        refused("function.target", "{\"nid\":\"" + nid + "\"," + name + ",\"target\":{\"type\":\"spare\"}}}");
        Api.Answer accepted =
                operator(a()).post("/v1/operations", guided("card-keys.md").replace("5f0c9a1e7b3d2468", nid));
        assertEquals(202, accepted.status(), accepted.body().toString());
        OrderRecord.OnCard order = (OrderRecord.OnCard) provisioning
                .orders(record -> record.operation().equals(accepted.text("id")))
                .get(0);
        assertEquals(new EsFunction(EsFunction.Name.ESTABLISH_ISDR_KEY_SET, null), order.function());
        JsonNode shown = operation(accepted.text("id")).path("function");
        assertEquals("{\"name\":\"EstablishISDRKeySet\"}", shown.toString());
    }

    @Test
    void anOperatorsPacketIsForOneCardAndNeverShown() throws IOException {
        String nid = enrol(a(), "");
        String card = "{\"nid\":\"" + nid
                + "\",\"function\":{\"name\":\"UpdatePOL1byMNO\",\"target\":{\"type\":\"operational\"}";
        refused("function.packet", card + "}}");
        refused("function.packet", card + ",\"packet\":\"\"}}");
        refused("function.packet", card + ",\"packet\":\"xy\"}}");
        refused("function.packet", card + ",\"packet\":\"" + "00".repeat(1025) + "\"}}");
        refused("function.packet", card.replace("UpdatePOL1byMNO", "DeleteProfile") + ",\"packet\":\"01\"}}");
        refused("function.name", card.replace("\"nid\"", "\"gid\"") + ",\"packet\":\"01\"}}");
        Api.Answer accepted = carrier(a(), "op")
                .post("/v1/operations", guided("policies.md", "packet").replace("5f0c9a1e7b3d2468", nid));
        assertEquals(202, accepted.status(), accepted.body().toString());
        OrderRecord.OnCard order = (OrderRecord.OnCard) provisioning
                .orders(record -> record.operation().equals(accepted.text("id")))
                .get(0);
        assertEquals(
                Optional.of("01281516391212b201004e3724e7a169fff3132bf36988a7331f6c6a84d790bf9f9253197d40d711063d"),
                order.function().packet().map(packet -> packet.octets().toHex()));
        assertTrue(operation(accepted.text("id")).at("/function/packet").isMissingNode());
        String key = UUID.randomUUID().toString();
        assertEquals(
                202,
                carrier(a(), "op")
                        .post("/v1/operations", card + ",\"packet\":\"0102\"}}", "Idempotency-Key", key)
                        .status());
        assertEquals(
                422,
                carrier(a(), "op")
                        .post("/v1/operations", card + ",\"packet\":\"0103\"}}", "Idempotency-Key", key)
                        .status());
    }

    @Test
    void policyRulesAreForOneCardAndComeWithTheOrderAsTheyWereWritten() throws IOException {
        String nid = enrol(a(), "");
        String target = "\"name\":\"UpdatePolicyRules\",\"target\":{\"type\":\"operational\"}";
        String card = "{\"nid\":\"" + nid + "\",\"function\":{" + target;
        String never = "{\"action\":\"DELETE\",\"qualification\":\"NotAllowed\"}";
        String rules = ",\"pol2\":[" + never + "]";
        refused("function.pol2", card + "}}");
        refused("function.pol2", card + rules.replace(never, never + "," + never) + "}}");
        refused("function.pol2", card + rules.replace("NotAllowed", "AutoDelete") + "}}");
        refused("function.pol2[0].action", card + rules.replace("DELETE", "LOSE") + "}}");
        refused("function.pol2[0].action", card + ",\"pol2\":[{\"qualification\":\"NotAllowed\"}]}}");
        refused("function.pol2[1].qualification", card + ",\"pol2\":[" + never + ",{\"action\":\"ENABLE\"}]}}");
        refused("function.pol2[0].subject", card + rules.replace("{", "{\"subject\":\"CARD\",") + "}}");
        refused("function.pol2[0]", card + ",\"pol2\":[null]}}");
        refused("function.target", card.replace(",\"target\":{\"type\":\"operational\"}", "") + rules + "}}");
        refused("function.name", "{\"gid\":\"g\",\"function\":{" + target + rules + "}}");
        refused("function.pol2", card.replace("UpdatePolicyRules", "DeleteProfile") + rules + "}}");
        refused("function.token", card.replace("UpdatePolicyRules", "MasterDelete") + rules + "}}");
        assertEquals(
                List.of(
                        new Pol2Rule(Pol2Rule.Action.DISABLE, Pol2Rule.Qualification.NOT_ALLOWED),
                        new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED)),
                orderedRules(guided("policies.md").replace("5f0c9a1e7b3d2468", nid)));
        assertEquals(List.of(), orderedRules(card + ",\"pol2\":[]}}"));
        assertEquals(
                List.of(new Pol2Rule(Pol2Rule.Action.DELETE, Pol2Rule.Qualification.NOT_ALLOWED)),
                orderedRules(card + rules.replace("{", "{\"subject\":\"PROFILE\",") + "}}"));
        String key = UUID.randomUUID().toString();
        assertEquals(
                202,
                carrier(a(), "op")
                        .post("/v1/operations", card + rules + "}}", "Idempotency-Key", key)
                        .status());
        assertEquals(
                422,
                carrier(a(), "op")
                        .post("/v1/operations", card + ",\"pol2\":[]}}", "Idempotency-Key", key)
                        .status());
    }

    /** Takes the order, and returns the rules that provisioning is told. */
    private List<Pol2Rule> orderedRules(String body) {
        Api.Answer accepted = carrier(a(), "op").post("/v1/operations", body);
        assertEquals(202, accepted.status(), accepted.body().toString());
        assertEquals(
                "UpdatePolicyRules",
                operation(accepted.text("id")).at("/function/name").asText());
        OrderRecord.OnCard order = (OrderRecord.OnCard) provisioning
                .orders(record -> record.operation().equals(accepted.text("id")))
                .get(0);
        return order.function().rules().orElseThrow().rules();
    }

    /** The first order that a guide for operators has. */
    private static String guided(String guide) throws IOException {
        return guided(guide, "function");
    }

    /** The order of a guide for operators that has {@code word} in it. */
    private static String guided(String guide, String word) throws IOException {
        String page = Files.readString(Path.of("../docs/guides/" + guide));
        int begin = page.lastIndexOf("```json", page.indexOf("\"" + word + "\"")) + "```json".length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    private void refused(String field, String body) {
        Api.Answer answer = operator(a()).post("/v1/operations", body);
        assertEquals(422, answer.status(), answer.body().toString());
        assertEquals(field, answer.body().at("/errors/0/field").asText());
    }

    @Test
    void aConfirmedRegistrationAndAChangeOfProfilesAreShownAndAudited() {
        Card papers = Card.next();
        Api.Answer registered = operator(a()).post("/v1/euiccs", papers.registration(a()));
        Nid card = new Nid(registered.text("nid"));
        TenantId tenant = new TenantId(a());
        String operation = registered.text("operation");
        provisioning.tell(new EventRecord.CardRegistered(
                Instant.now(), tenant, card, provisioning.nextSequence(), operation, profiles(papers, true)));
        Provisioning.await(() -> card(card).path("registration").asText().equals("Registered"));
        Provisioning.await(() -> operation(operation).path("status").asText().equals("Completed"));
        assertEquals("RegisterEIS", operation(operation).at("/function/name").asText());

        provisioning.tell(new EventRecord.CardState(
                Instant.now(),
                tenant,
                card,
                provisioning.nextSequence(),
                "EnableProfile",
                profiles(papers, false),
                null));
        Provisioning.await(() -> card(card).at("/profiles/1/state").asText().equals("Enabled"));
        assertEquals("Disabled", card(card).at("/profiles/0/state").asText());
        assertEquals("operational", card(card).at("/profiles/1/type").asText(), "what the EIS said stays");
        provisioning.tell(new EventRecord.CardState(
                Instant.now(),
                tenant,
                card,
                provisioning.nextSequence(),
                "DeleteProfile",
                profiles(papers, false).subList(1, 2),
                null));
        Provisioning.await(() -> card(card).path("profiles").size() == 1);
        List<String> actions = viewer(a()).get("/v1/audit-entries?nid=" + card).items().stream()
                .map(entry -> entry.path("action").asText())
                .toList();
        assertEquals(
                List.of(
                        "ProfileStateChanged",
                        "ProfileStateChanged",
                        "ProfileStateChanged",
                        "RegistrationConfirmed",
                        "RegisterEIS"),
                actions);
        assertEquals(0, viewer(b()).get("/v1/audit-entries?nid=" + card).items().size());
        Card reuse = new Card(Card.next().eid(), papers.bootstrap(), Card.next().operational());
        assertEquals(
                201,
                operator(b()).post("/v1/euiccs", reuse.registration(b())).status(),
                "the ICCID of a deleted profile is free");
    }

    @Test
    void aRefusedRegistrationSaysWhyAndIsRepeatedAsANewOne() {
        Card papers = Card.next();
        Api.Answer first = operator(a()).post("/v1/euiccs", papers.registration(a()));
        Nid card = new Nid(first.text("nid"));
        provisioning.tell(new EventRecord.RegistrationRefused(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                first.text("operation"),
                "KEYS_UNREADABLE",
                "The card keys cannot be decrypted."));
        Provisioning.await(() -> card(card).path("registration").asText().equals("Refused"));
        assertEquals("KEYS_UNREADABLE", card(card).at("/refusal/code").asText());
        Api.Answer second = operator(a()).post("/v1/euiccs", papers.registration(a()));
        assertEquals(card.value(), second.text("nid"));
        assertFalse(first.text("operation").equals(second.text("operation")));
        assertEquals("Pending", card(card).path("registration").asText());
        provisioning.orders(order -> order.operation().equals(second.text("operation")));
    }

    @Test
    void aCardThatAsksByItselfBeginsAnOperationThatIsSeen() {
        Nid card = new Nid(enrol(a(), ""));
        TenantId tenant = new TenantId(a());
        String id = UUID.randomUUID().toString();
        provisioning.tell(new EventRecord.ClientRequest(
                Instant.now(), tenant, card, provisioning.nextSequence(), true, id, null));
        provisioning.tell(new EventRecord.ProcedureProgressed(
                Instant.now(), tenant, card, provisioning.nextSequence(), id, "p", ENABLE, "Commanded", "client"));
        Provisioning.await(() -> viewer(a()).get("/v1/operations/" + id).status() == 200
                && operation(id).path("status").asText().equals("Running"));
        assertEquals("client", operation(id).path("origin").asText());
        Provisioning.await(() -> operation(id).at("/function/name").asText().equals("EnableProfile"));
        end(card, id, Outcome.SUCCEEDED);
        Provisioning.await(() -> operation(id).path("status").asText().equals("Completed"));
        provisioning.tell(new EventRecord.ClientRequest(
                Instant.now(),
                tenant,
                card,
                provisioning.nextSequence(),
                false,
                null,
                "No group of the card allows it."));
        Provisioning.await(() -> viewer(a()).get("/v1/audit-entries?nid=" + card).items().stream()
                .anyMatch(entry -> entry.path("action").asText().equals("ClientRequestRefused")));
        assertEquals(404, viewer(b()).get("/v1/operations/" + id).status());
        assertTrue(viewer(a()).get("/v1/operations?nid=" + card).items().stream()
                .anyMatch(item -> item.path("id").asText().equals(id)));
    }

    @Test
    void anOperationThatCannotBeCarriedOutFails() {
        Nid card = new Nid(enrol(a(), ""));
        String id = operator(a())
                .post("/v1/operations", enable("\"nid\":\"" + card + "\""))
                .text("id");
        provisioning.tell(new EventRecord.OperationFailed(
                Instant.now(), new TenantId(a()), id, "FLEET_BEHIND", "The fleet was never seen."));
        Provisioning.await(() -> operation(id).path("status").asText().equals("Failed"));
        assertEquals("FLEET_BEHIND", operation(id).at("/failure/code").asText());
    }

    @Test
    void poisonGoesToTheDeadLettersAndWhatFollowsIsTaken() {
        Nid card = new Nid(enrol(a(), ""));
        String events = TopicSet.SHARED.events();
        String key = a() + "/" + card;
        ProducerRecord<String, byte[]> noJson =
                new ProducerRecord<>(events, key, "no json".getBytes(StandardCharsets.UTF_8));
        noJson.headers().add(RecordHeaders.TENANT, a().getBytes(StandardCharsets.US_ASCII));
        provisioning.send(noJson);
        EventRecord presence =
                new EventRecord.Presence(Instant.now(), new TenantId(a()), card, provisioning.nextSequence(), true);
        ProducerRecord<String, byte[]> otherTenant =
                new ProducerRecord<>(events, key, presence.encode().toBytes());
        otherTenant.headers().add(RecordHeaders.TENANT, b().getBytes(StandardCharsets.US_ASCII));
        provisioning.send(otherTenant);
        String unstorable = operator(a())
                .post("/v1/operations", enable("\"nid\":\"" + card + "\""))
                .text("id");
        provisioning.tell(new EventRecord.ProcedureProgressed(
                Instant.MAX, new TenantId(a()), card, 1, unstorable, "p", ENABLE, "Queued", "order"));
        provisioning.tell(new EventRecord.Presence(Instant.now(), new TenantId(a()), card, 9, true));
        Provisioning.await(() -> card(card).path("online").asBoolean());
        var letters = provisioning.deadLetters(message -> key.equals(message.key()));
        assertEquals(
                List.of("MALFORMED", "TENANT_MISMATCH", "SQL_22009"),
                letters.stream()
                        .map(letter -> Provisioning.headers(letter).get(RecordHeaders.REASON))
                        .sorted()
                        .sorted((x, y) -> Boolean.compare(x.startsWith("SQL"), y.startsWith("SQL")))
                        .toList());
        assertTrue(
                Provisioning.headers(letters.get(0)).get(RecordHeaders.ORIGIN).startsWith(events + "/"));
    }

    private static List<ProfileState> profiles(Card papers, boolean bootstrapEnabled) {
        ProfileState.State first = bootstrapEnabled ? ProfileState.State.ENABLED : ProfileState.State.DISABLED;
        ProfileState.State second = bootstrapEnabled ? ProfileState.State.DISABLED : ProfileState.State.ENABLED;
        return List.of(
                profile(Card.BOOTSTRAP_AID, papers.bootstrap(), first, true),
                profile(Card.OPERATIONAL_AID, papers.operational(), second, false));
    }

    private static ProfileState profile(String aid, Iccid iccid, ProfileState.State state, boolean fallback) {
        return new ProfileState(new Aid(aid), iccid, state, fallback);
    }

    private JsonNode card(Nid nid) {
        return viewer(a()).get("/v1/euiccs/" + nid).body();
    }
}
