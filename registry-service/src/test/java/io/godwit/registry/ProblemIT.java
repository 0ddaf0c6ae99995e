package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong comes back as RFC 9457 problem details. */
@QuarkusTest
class ProblemIT extends RegistryIT {
    @Test
    void whoeverHasNoTokenOrABadOneIsTold() {
        problem(401, nobody().get("/v1/euiccs"));
        problem(401, new Api(base, "not.a.token").get("/v1/euiccs"));
        problem(401, new Api(base, TestTokens.token(a(), "operator") + "x").get("/v1/euiccs"));
    }

    @Test
    void whoeverLacksTheRoleIsTold() {
        problem(403, viewer(a()).put("/v1/groups/g", "{}"));
        problem(403, new Api(base, TestTokens.token(a())).get("/v1/euiccs"));
    }

    @Test
    void aWrongPathMethodTypeOrBodyIsTold() {
        problem(404, operator(a()).get("/v1/nothing"));
        problem(404, operator(a()).get("/v1/euiccs/nobody"));
        problem(405, operator(a()).delete("/v1/groups"));
        problem(
                415,
                operator(a())
                        .send(operator(a())
                                .request("/v1/operations")
                                .header("Content-Type", "text/plain")
                                .POST(Api.body("x"))));
        problem(
                406,
                operator(a())
                        .send(operator(a())
                                .request("/v1/groups")
                                .header("Accept", "image/png")
                                .GET()));
        problem(400, operator(a()).post("/v1/operations", "{\"function\""));
        problem(400, operator(a()).post("/v1/operations", "no json"));
        problem(422, operator(a()).post("/v1/operations", "[]"));
        problem(422, operator(a()).post("/v1/operations", "{\"validitySeconds\":\"soon\"}"));
        problem(422, operator(a()).post("/v1/operations", "{\"colour\":1}"));
    }

    /** Whatever it holds, and whether it says how long it is or not. */
    @Test
    void aBodyThatIsTooLargeIsToldBeforeItIsInMemory() {
        String large = "{\"operator\":\"" + "x".repeat(5_000_000) + "\"}";
        tooLarge(operator(a()).put("/v1/profile-templates/large", large));
        tooLarge(operator(a()).post("/v1/groups/large/members", large));
        byte[] unsaid = large.getBytes(StandardCharsets.UTF_8);
        tooLarge(operator(a())
                .send(operator(a())
                        .request("/v1/profile-templates/large")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(unsaid)))));
        problem(404, operator(a()).get("/v1/profile-templates/large"));
    }

    private static void tooLarge(Api.Answer answer) {
        problem(413, answer);
        assertEquals("body", answer.body().at("/errors/0/field").asText());
        assertTrue(
                answer.text("detail").contains("at most 4194304 octets"),
                answer.body().toString());
    }

    @Test
    void pagesHaveBounds() {
        problem(422, operator(a()).get("/v1/euiccs?limit=0"));
        problem(422, operator(a()).get("/v1/euiccs?limit=1001"));
        problem(404, operator(a()).get("/v1/euiccs?limit=many"));
        problem(422, operator(a()).get("/v1/euiccs?cursor=made-up"));
        problem(422, operator(a()).get("/v1/operations?cursor=azE6eA"));
    }

    private static void problem(int status, Api.Answer answer) {
        assertEquals(status, answer.status(), answer.body().toString());
        assertTrue(answer.contentType().startsWith("application/problem+json"), answer.contentType());
        assertEquals(status, answer.body().path("status").asInt());
        assertTrue(answer.text("type").startsWith("urn:godwit:problem:"));
        assertFalse(answer.text("title").isBlank());
        assertFalse(answer.text("detail").isBlank());
        if (status == 422) {
            assertFalse(
                    answer.body().at("/errors/0/field").asText().isBlank(),
                    answer.body().toString());
            assertFalse(answer.body().at("/errors/0/remedy").asText().isBlank());
        }
    }
}
