package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.Nid;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.TicketStage;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Granted;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.TicketState;
import io.godwit.registry.caller.Roles;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/guides/requests.md} as they stand there; skipped, aloud, where there is no curl. */
@QuarkusTest
class RequestsGuideDT extends RegistryIT {
    @Test
    void itsCommandsDoWhatItSays(@TempDir Path home) throws IOException, InterruptedException {
        Nid card = new Nid(enrol(a(), ""));
        String first = waits(card);
        String second = waits(card);
        Provisioning.await(
                () -> viewer(a()).get("/v1/requests?state=waiting").items().size() == 2);
        Guide.run("requests.md", home, base, TestTokens.token(a(), Roles.OPERATOR));

        List<OrderRecord.AnswerRequest> answers = provisioning
                .orders(order -> order instanceof OrderRecord.AnswerRequest
                        && order.tenant().value().equals(a()))
                .stream()
                .map(OrderRecord.AnswerRequest.class::cast)
                .toList();
        assertEquals(
                List.of(first, second),
                answers.stream().map(OrderRecord.AnswerRequest::ticket).toList());
        assertEquals(
                List.of(true, false),
                answers.stream().map(answer -> answer.refusal().isEmpty()).toList());
        assertEquals(
                4, viewer(a()).get("/v1/request-policy").body().path("rules").size());
        assertEquals(
                "approval",
                viewer(a())
                        .get("/v1/groups/meters-seoul")
                        .body()
                        .at("/requests/rules/0/grant")
                        .asText());
    }

    private String waits(Nid card) {
        String ticket = UUID.randomUUID().toString();
        provisioning.tell(new EventRecord.ClientRequest(
                Instant.now(),
                new TenantId(a()),
                card,
                provisioning.nextSequence(),
                true,
                ticket,
                null,
                new TicketState(
                        TicketStage.WAITING,
                        RequestReason.REPLACEMENT,
                        Optional.empty(),
                        new Granted.Function(new EsFunction(
                                EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"))),
                        Optional.of(Instant.now().plusSeconds(86_400)),
                        Optional.empty())));
        return ticket;
    }
}
