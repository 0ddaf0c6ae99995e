package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica keeps so many streams open and no more, and gives a place back when its reader goes. */
@QuarkusTest
@TestProfile(ProgressLimitIT.FewStreams.class)
@Timeout(60)
class ProgressLimitIT extends RegistryIT {
    /** Three places, two of them for one tenant. */
    public static final class FewStreams implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("godwit.progress.max-streams", "3", "godwit.progress.max-streams-per-tenant", "2");
        }
    }

    @Test
    void whoeverFindsNoPlaceIsToldWhenToComeAgain() {
        String mine = order(a());
        String theirs = order(b());
        try (EventStream first = EventStream.open(viewer(a()), mine, null);
                EventStream second = EventStream.open(viewer(a()), mine, null)) {
            begins(first);
            begins(second);
            refused(429, EventStream.open(viewer(a()), mine, null));
            try (EventStream third = EventStream.open(viewer(b()), theirs, null)) {
                begins(third);
                refused(503, EventStream.open(viewer(b()), theirs, null));
            }
        }
        Provisioning.await(() -> {
            try (EventStream again = EventStream.open(viewer(a()), mine, null)) {
                return again.status() == 200;
            }
        });
    }

    private static void begins(EventStream stream) {
        assertEquals("1", stream.next().orElseThrow().id());
    }

    private static void refused(int status, EventStream answer) {
        try (answer) {
            assertEquals(status, answer.status());
            assertEquals("5", answer.header("Retry-After").orElse(""));
            assertEquals(status, answer.problem().path("status").asInt());
        }
    }

    private String order(String tenant) {
        String nid = enrol(tenant, "");
        return operator(tenant)
                .post(
                        "/v1/operations",
                        "{\"function\":{\"name\":\"EnableProfile\",\"target\":{\"type\":\"operational\"}},\"nid\":\""
                                + nid + "\"}")
                .text("id");
    }
}
