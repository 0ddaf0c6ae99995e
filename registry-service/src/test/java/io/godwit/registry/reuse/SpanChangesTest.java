package io.godwit.registry.reuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.godwit.protocol.Nid;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpanChangesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void whatCameAndWentBetweenTwoEventsOfASliceIsNotMissed() {
        SpanChanges changes = new SpanChanges(Set.of("n"), List.of())
                .add(told(1, "DownloadProfile", "x"))
                .add(told(2, "DeleteProfile"))
                .add(told(3, "DownloadProfile", "x"));
        assertEquals(
                List.of(
                        new Span(
                                "x",
                                "n",
                                1,
                                START.plusSeconds(1),
                                "DownloadProfile",
                                START.plusSeconds(2),
                                "DeleteProfile"),
                        new Span("x", "n", 3, START.plusSeconds(3), "DownloadProfile", null, null)),
                changes.fresh());
        assertEquals(List.of(), changes.ended());
    }

    @Test
    void whatWasThereBeforeEndsOnceAndNotBeforeItBegan() {
        Span known = new Span("x", "n", 1, START.plusSeconds(9), "RegisterEIS", null, null);
        SpanChanges changes = new SpanChanges(Set.of("n"), List.of(known))
                .add(told(2, "Audit", "x", "y"))
                .add(told(3, "DeleteProfile", "y"))
                .add(told(4, "Audit", "y"));
        assertEquals(
                List.of(new Span(
                        "x", "n", 1, START.plusSeconds(9), "RegisterEIS", START.plusSeconds(9), "DeleteProfile")),
                changes.ended());
        assertEquals(List.of(new Span("y", "n", 2, START.plusSeconds(2), "Audit", null, null)), changes.fresh());
    }

    @Test
    void onACardThatLeftTheFleetNothingBegins() {
        Span known = new Span("x", "n", 1, START, "RegisterEIS", null, null);
        SpanChanges changes = new SpanChanges(Set.of(), List.of(known)).add(told(2, "Audit", "y"));
        assertEquals(List.of(), changes.fresh());
        assertEquals(1, changes.ended().size());
    }

    private static Told told(long sequence, String cause, String... iccids) {
        return new Told(new Nid("n"), sequence, START.plusSeconds(sequence), cause, Set.of(iccids));
    }
}
