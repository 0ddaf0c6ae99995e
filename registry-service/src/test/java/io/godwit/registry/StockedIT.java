package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.godwit.protocol.record.ProfileState;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.SubscriptionResult;
import io.godwit.protocol.record.SubscriptionResult.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** What tests with a stock share: a template, its subscriptions, and what is told of the cards that get them. */
abstract class StockedIT extends RegistryIT {
    static final String KEY_ID = "stock-dp-key";
    static final String ISD_P = "A0000005591010FFFFFFFF8900001200";

    final String template = "t-" + UUID.randomUUID();

    @BeforeEach
    void publishTheKey() {
        provisioning.tell(new EventRecord.TransportKey(
                Instant.now(), "sm-dp", KEY_ID, Json.object().put("kty", "EC").build()));
        Provisioning.await(() -> owner(a(), "mno-1")
                        .put("/v1/profile-templates/probe", template(a(), "probe"))
                        .status()
                == 202);
    }

    void usableTemplate(long lowStock) {
        tellTemplate(
                putTemplate("\"operator\":\"mno-1\",\"type\":\"operational\",\"lowStock\":" + lowStock),
                Optional.empty());
        awaitTemplate("Available");
    }

    String putTemplate(String members) {
        Api.Answer answer = carrier(a(), "mno-1")
                .put(
                        "/v1/profile-templates/" + template,
                        "{" + members + ",\"profileTemplate\":\"" + jwe(a(), template, null) + "\"}");
        assertEquals(202, answer.status(), answer.body().toString());
        return answer.text("import");
    }

    void tellTemplate(String importId, Optional<Refusal> refusal) {
        provisioning.tell(new EventRecord.TemplateImported(
                Instant.now(), new TenantId(a()), importId, new TemplateId(template), refusal));
    }

    void awaitTemplate(String state) {
        Provisioning.await(() -> stock().path("state").asText().equals(state));
    }

    JsonNode stock() {
        return viewer(a()).get("/v1/profile-templates/" + template).body();
    }

    List<Iccid> imported(int count) {
        List<Iccid> iccids = iccids(count);
        iccids.forEach(iccid -> tellSubscriptions(ordered(iccid), List.of(SubscriptionResult.stored(iccid))));
        Provisioning.await(() -> iccids.stream().allMatch(iccid -> state(iccid).equals("Available")));
        return iccids;
    }

    String ordered(Iccid iccid) {
        Api.Answer answer =
                carrier(a(), "mno-1").post("/v1/profile-templates/" + template + "/subscriptions", line(iccid));
        assertEquals(202, answer.status(), answer.body().toString());
        return answer.text("import");
    }

    void tellSubscriptions(String importId, List<SubscriptionResult> results) {
        provisioning.tell(new EventRecord.SubscriptionsImported(
                Instant.now(), new TenantId(a()), importId, new TemplateId(template), results));
    }

    JsonNode subscription(Iccid iccid) {
        return viewer(a()).get("/v1/subscriptions/" + iccid).body();
    }

    String state(Iccid iccid) {
        return subscription(iccid).path("state").asText();
    }

    List<JsonNode> history(Iccid iccid) {
        List<JsonNode> events = new ArrayList<>();
        subscription(iccid).path("history").forEach(events::add);
        return events;
    }

    void hold(Nid nid, ProfileState... more) {
        List<ProfileState> profiles = new ArrayList<>(List.of(new ProfileState(
                new Aid(Card.BOOTSTRAP_AID), Card.next().bootstrap(), ProfileState.State.ENABLED, true)));
        profiles.addAll(List.of(more));
        provisioning.tell(new EventRecord.CardState(
                Instant.now(), new TenantId(a()), nid, provisioning.nextSequence(), "Audit", profiles, null));
    }

    void end(Nid nid, String operation, Iccid iccid, Outcome outcome) {
        provisioning.tell(new EventRecord.OperationStarted(Instant.now(), new TenantId(a()), operation, null, 1));
        provisioning.tell(ended(nid, operation, iccid, outcome));
        Provisioning.await(() ->
                viewer(a()).get("/v1/operations/" + operation).text("status").equals("Completed"));
    }

    EventRecord.ProcedureEnded ended(Nid nid, String operation, Iccid iccid, Outcome outcome) {
        return new EventRecord.ProcedureEnded(
                Instant.now(),
                new TenantId(a()),
                nid,
                provisioning.nextSequence(),
                operation,
                "p-" + operation,
                new EsFunction(EsFunction.Name.DOWNLOAD_PROFILE, new ProfileTarget.ByIccid(iccid)),
                outcome,
                "B1");
    }

    static ProfileState profile(Iccid iccid, ProfileState.State state) {
        return new ProfileState(new Aid(ISD_P), iccid, state, false);
    }

    static List<Iccid> iccids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Card.next().operational())
                .toList();
    }

    boolean isFree(Iccid iccid) {
        Card papers = new Card(Card.next().eid(), Card.next().bootstrap(), iccid);
        Api.Answer answer = operator(b()).post("/v1/euiccs", papers.registration(b()));
        if (answer.status() == 201) {
            operator(b()).delete("/v1/euiccs/" + answer.text("nid"));
        }
        return answer.status() == 201;
    }

    String line(Iccid iccid) {
        return "{\"iccid\":\"" + iccid + "\",\"subscription\":\"" + jwe(a(), template, iccid) + "\"}";
    }

    static String template(String tenant, String name) {
        return "{\"operator\":\"mno-1\",\"profileTemplate\":\"" + jwe(tenant, name, null) + "\"}";
    }

    static String jwe(String tenant, String template, Iccid iccid) {
        return encoded(KEY_ID, tenant, template, iccid) + "..AAAAAAAAAAAAAAAA.c2VjcmV0.AAAAAAAAAAAAAAAAAAAAAA";
    }

    static String encoded(String keyId, String tenant, String template, Iccid iccid) {
        String header = "{\"alg\":\"ECDH-ES\",\"enc\":\"A256GCM\",\"kid\":\"" + keyId + "\",\"tenant\":\"" + tenant
                + "\",\"purpose\":\"sm-dp\"" + (template == null ? "" : ",\"template\":\"" + template + "\"")
                + (iccid == null ? "" : ",\"iccid\":\"" + iccid + "\"") + "}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    }
}
