package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.ProfileState;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A RegisterEIS that provisioning could not carry out at all. */
@QuarkusTest
class FailedRegistrationIT extends RegistryIT {
    @Test
    void theCardIsRefusedWithTheReasonAndRegisteredAnewWhenAskedAgain() {
        for (String code : List.of("FLEET_NOT_READ", "CARD_UNKNOWN", "ORDER_UNREADABLE")) {
            Card papers = Card.next();
            String named = ",\"nid\":\"same-" + code + "\"";
            Api.Answer mine = operator(a()).post("/v1/euiccs", papers.registration(a(), named));
            Api.Answer theirs = operator(b()).post("/v1/euiccs", Card.next().registration(b(), named));
            Nid card = new Nid(mine.text("nid"));
            assertEquals(theirs.text("nid"), card.value());
            // Neither may a tenant's event touch what another tenant's operation did.
            fail(a(), theirs.text("operation"), code);
            fail(a(), mine.text("operation"), code);

            Provisioning.await(() -> registration(a(), card).equals("Refused"));
            assertEquals(code, card(a(), card).at("/refusal/code").asText());
            assertEquals(
                    "It could not be carried out.",
                    card(a(), card).at("/refusal/detail").asText());
            assertEquals("Pending", registration(b(), card));
            assertEquals(List.of("RegistrationRefused", "RegisterEIS"), actions(a(), "nid=" + card));

            Api.Answer again = operator(a()).post("/v1/euiccs", papers.registration(a()));
            assertEquals(201, again.status(), again.body().toString());
            assertEquals(card.value(), again.text("nid"));
            assertNotEquals(mine.text("operation"), again.text("operation"));
            assertEquals("Pending", registration(a(), card));
            provisioning.orders(order -> order.operation().equals(again.text("operation")));
        }
    }

    @Test
    void aFailureThatComesLateOrAgainChangesNothingAndIsAuditedOnce() {
        Card papers = Card.next();
        Api.Answer first = operator(a()).post("/v1/euiccs", papers.registration(a()));
        Nid card = new Nid(first.text("nid"));
        EventRecord failed = fail(a(), first.text("operation"), "FLEET_NOT_READ");
        Provisioning.await(() -> registration(a(), card).equals("Refused"));
        Api.Answer second = operator(a()).post("/v1/euiccs", papers.registration(a()));
        provisioning.tell(failed);
        awaitAllBehind(failed, card);
        assertEquals("Pending", registration(a(), card), "the failure is of an operation before");
        assertEquals(
                List.of("OperationFailed"),
                actions(a(), "operation=" + first.text("operation")).stream()
                        .filter("OperationFailed"::equals)
                        .toList());

        provisioning.tell(new EventRecord.CardRegistered(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                second.text("operation"),
                List.of(new ProfileState(
                        new Aid(Card.BOOTSTRAP_AID), papers.bootstrap(), ProfileState.State.ENABLED, true))));
        Provisioning.await(() -> registration(a(), card).equals("Registered"));
        awaitAllBehind(fail(a(), second.text("operation"), "CARD_UNKNOWN"), card);
        assertEquals("Registered", registration(a(), card), "the SM-SR has its keys");
    }

    private EventRecord fail(String tenant, String operation, String code) {
        EventRecord failed = new EventRecord.OperationFailed(
                Instant.now(), new TenantId(tenant), operation, code, "It could not be carried out.");
        provisioning.tell(failed);
        return failed;
    }

    /** Waits until the registry has taken everything that stands before this call in the partition of {@code event}. */
    private void awaitAllBehind(EventRecord event, Nid card) {
        boolean online = !card(a(), card).path("online").asBoolean();
        EventRecord presence =
                new EventRecord.Presence(Instant.now(), new TenantId(a()), card, provisioning.nextSequence(), online);
        ProducerRecord<String, byte[]> marker = new ProducerRecord<>(
                TopicSet.SHARED.events(), event.key(), presence.encode().toBytes());
        marker.headers().add(RecordHeaders.TENANT, a().getBytes(StandardCharsets.US_ASCII));
        provisioning.send(marker);
        Provisioning.await(() -> card(a(), card).path("online").asBoolean() == online);
    }

    private List<String> actions(String tenant, String filter) {
        return viewer(tenant).get("/v1/audit-entries?" + filter).items().stream()
                .map(entry -> entry.path("action").asText())
                .toList();
    }

    private String registration(String tenant, Nid nid) {
        return card(tenant, nid).path("registration").asText();
    }

    private JsonNode card(String tenant, Nid nid) {
        return viewer(tenant).get("/v1/euiccs/" + nid).body();
    }
}
