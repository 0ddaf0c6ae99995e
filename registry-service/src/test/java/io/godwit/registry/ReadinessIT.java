package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a load balancer asks before it sends requests. */
@QuarkusTest
class ReadinessIT extends RegistryIT {
    @Test
    void whoeverReadsItsEventsIsReady() {
        Api.Answer ready = nobody().get("/q/health/ready");
        assertEquals(200, ready.status(), ready.body().toString());
        assertEquals(
                List.of("UP"),
                StreamSupport.stream(ready.body().path("checks").spliterator(), false)
                        .filter(check -> check.path("name").asText().equals("events ingest"))
                        .map(check -> check.path("status").asText())
                        .toList());
    }
}
