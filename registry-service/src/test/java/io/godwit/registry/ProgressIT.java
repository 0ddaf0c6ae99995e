package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.Outcome;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an operation goes, followed live. */
@QuarkusTest
@Timeout(60)
class ProgressIT extends OrderIT {
    @Inject
    TenantTransaction transactions;

    @Test
    void eachChangeIsToldUntilTheOperationHasEnded() {
        List<Nid> cards = group("live", 2);
        String id = order("\"gid\":\"live\",\"mode\":\"group\"");
        try (EventStream stream = EventStream.open(viewer(a()), id, null)) {
            assertEquals(200, stream.status());
            assertTrue(stream.header("Content-Type").orElse("").startsWith("text/event-stream"));
            assertEquals("no-store", stream.header("Cache-Control").orElse(""));
            assertEquals("no", stream.header("X-Accel-Buffering").orElse(""));
            EventStream.Event first = stream.next().orElseThrow();
            assertEquals("1", first.id());
            assertEquals("progress", first.name());
            assertEquals("Pending", first.data().path("status").asText());
            assertFalse(first.data().has("sequence"));
            started(id, "live", 2);
            assertEquals(2, stream.next().orElseThrow().data().path("members").asInt());
            provisioning.tell(new EventRecord.CampaignProgressed(
                    Instant.now(), new TenantId(a()), id, 1, "Commanded", new EventRecord.Published(1, 1)));
            assertEquals(
                    "Commanded",
                    stream.next().orElseThrow().data().at("/campaign/state").asText());
            end(cards.get(0), id, Outcome.SUCCEEDED);
            EventStream.Event half = stream.next().orElseThrow();
            assertEquals("{\"Succeeded\":1}", half.data().path("counts").toString());
            end(cards.get(0), id, Outcome.SUCCEEDED);
            end(cards.get(1), id, Outcome.failed("X", "x"));
            List<EventStream.Event> rest = stream.rest();
            assertEquals(1, rest.size(), "a repeated event is no progress");
            assertEquals("ended", rest.get(0).name());
            assertEquals("5", rest.get(0).id());
            assertEquals("Completed", rest.get(0).data().path("status").asText());
            assertEquals(1, rest.get(0).data().path("succeeded").asInt());
            assertEquals(1, rest.get(0).data().path("failed").asInt());
        }
    }

    @Test
    void aReaderThatComesBackMissesNothingAndGetsNothingTwice() {
        List<Nid> cards = group("again", 4);
        String id = order("\"gid\":\"again\"");
        List<EventStream.Event> seen = new ArrayList<>();
        try (EventStream stream = EventStream.open(viewer(a()), id, null)) {
            seen.add(stream.next().orElseThrow());
            started(id, "again", 4);
            seen.add(stream.next().orElseThrow());
        }
        end(cards.get(0), id, Outcome.SUCCEEDED);
        Provisioning.await(() -> operation(id).path("succeeded").asInt() == 1);
        end(cards.get(1), id, Outcome.SUCCEEDED);
        Provisioning.await(() -> operation(id).path("succeeded").asInt() == 2);
        try (EventStream stream = EventStream.open(viewer(a()), id, last(seen));
                EventStream other = EventStream.open(operator(a()), id, null)) {
            seen.add(stream.next().orElseThrow());
            end(cards.get(2), id, Outcome.SUCCEEDED);
            Provisioning.await(() -> operation(id).path("succeeded").asInt() == 3);
            end(cards.get(3), id, Outcome.SUCCEEDED);
            seen.addAll(stream.rest());
            assertEquals(ids(seen), ids(other.rest()), "two readers are told the same");
        }
        assertEquals(
                IntStream.rangeClosed(1, seen.size()).mapToObj(String::valueOf).toList(), ids(seen));
        assertEquals(6, seen.size());
        assertEquals("ended", seen.get(5).name());
        try (EventStream replayed = EventStream.open(viewer(a()), id, null)) {
            assertEquals(seen, replayed.rest(), "what has ended is told again to whoever asks anew");
        }
        try (EventStream rest = EventStream.open(viewer(a()), id, "4")) {
            assertEquals(List.of("5", "6"), ids(rest.rest()));
        }
        try (EventStream nothing = EventStream.open(viewer(a()), id, "6")) {
            assertEquals(204, nothing.status(), "no client comes again then");
        }
    }

    @Test
    void anOperationThatFailsAsAWholeEnds() {
        String nid = enrol(a(), "");
        String id = order("\"nid\":\"" + nid + "\"");
        try (EventStream stream = EventStream.open(viewer(a()), id, "0")) {
            assertEquals("1", stream.next().orElseThrow().id());
            provisioning.tell(new EventRecord.OperationFailed(
                    Instant.now(), new TenantId(a()), id, "FLEET_BEHIND", "The fleet was never seen."));
            EventStream.Event ended = stream.next().orElseThrow();
            assertEquals("ended", ended.name());
            assertEquals("Failed", ended.data().path("status").asText());
            assertTrue(stream.next().isEmpty());
        }
    }

    @Test
    void whatAReplicaOfTheVersionBeforeHasEndedEndsHereToo() throws SQLException {
        String nid = enrol(a(), "");
        String id = order("\"nid\":\"" + nid + "\"");
        try (EventStream stream = EventStream.open(viewer(a()), id, null)) {
            assertEquals(
                    "Pending", stream.next().orElseThrow().data().path("status").asText());
            transactions.in(new TenantId(a()), connection -> {
                try (PreparedStatement update =
                        connection.prepareStatement("UPDATE operation SET status = 'Completed' WHERE id = ?")) {
                    update.setString(1, id);
                    return update.executeUpdate();
                }
            });
            assertEquals(List.of("2"), ids(stream.rest()));
        }
    }

    @Test
    void whatCannotBeFollowedIsAProblem() {
        String nid = enrol(a(), "");
        String id = order("\"nid\":\"" + nid + "\"");
        problem(404, null, EventStream.open(viewer(a()), "nothing", null));
        problem(404, null, EventStream.open(viewer(b()), id, null));
        problem(401, null, EventStream.open(nobody(), id, null));
        problem(403, null, EventStream.open(admin(), id, null));
        problem(403, null, EventStream.open(new Api(base, TestTokens.token(null, "viewer")), id, null));
        for (String malformed : List.of("x", "-1", "1.5", "01", "99999999999999999999", "7")) {
            problem(400, "Last-Event-ID", EventStream.open(viewer(a()), id, malformed));
        }
    }

    private static void problem(int status, String field, EventStream answer) {
        try (answer) {
            assertEquals(status, answer.status());
            assertTrue(answer.header("Content-Type").orElse("").startsWith("application/problem+json"));
            if (field != null) {
                assertEquals(field, answer.problem().at("/errors/0/field").asText());
            }
        }
    }

    private static String last(List<EventStream.Event> events) {
        return events.get(events.size() - 1).id();
    }

    private static List<String> ids(List<EventStream.Event> events) {
        return events.stream().map(EventStream.Event::id).toList();
    }
}
