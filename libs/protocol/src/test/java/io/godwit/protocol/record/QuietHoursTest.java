package io.godwit.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final QuietHours NIGHT = QuietHours.of("22:00", "06:00", "Asia/Seoul");

    @Test
    void aNightEndsInTheMorningOnWhicheverSideOfMidnightItIs() {
        // Seoul is nine hours ahead.
        assertEquals(Optional.of(Instant.parse("2026-01-31T21:00:00Z")), NIGHT.endAfter(at("2026-01-31T13:00:00Z")));
        assertEquals(Optional.of(Instant.parse("2026-01-31T21:00:00Z")), NIGHT.endAfter(at("2026-01-31T20:59:59Z")));
        assertEquals(Optional.empty(), NIGHT.endAfter(at("2026-01-31T12:59:59Z")));
        assertEquals(Optional.empty(), NIGHT.endAfter(at("2026-01-31T21:00:00Z")));
    }

    @Test
    void hoursOfOneDayEndOnIt() {
        QuietHours noon = QuietHours.of("12:00", "13:30", "UTC");
        assertEquals(Optional.of(at("2026-01-31T13:30:00Z")), noon.endAfter(at("2026-01-31T12:00:00Z")));
        assertEquals(Optional.empty(), noon.endAfter(at("2026-01-31T13:30:00Z")));
        assertEquals(Optional.empty(), noon.endAfter(at("2026-01-31T11:59:00Z")));
    }

    /** Also where clocks are changed, in both directions: the hours left by day are more than what is skipped. */
    @Test
    void theEndLiesAheadAndWithinADayAndIsNotQuietItself() {
        long seed = Long.getLong("godwit.seed", new Random().nextLong());
        System.out.println("QuietHoursTest: again with -Dgodwit.seed=" + seed);
        Random random = new Random(seed);
        int quiet = 0;
        for (int i = 0; i < 100_000; i++) {
            int from = random.nextInt(1440);
            int to = (from + 1 + random.nextInt(1320)) % 1440;
            QuietHours hours =
                    QuietHours.of(time(from), time(to), random.nextBoolean() ? "Europe/Berlin" : "America/St_Johns");
            Instant day = random.nextBoolean() ? at("2026-03-08T00:00:00Z") : at("2026-10-24T12:00:00Z");
            Instant now = day.plusSeconds(random.nextInt(30 * 86_400));
            Optional<Instant> end = hours.endAfter(now);
            if (end.isPresent()) {
                quiet++;
                String story = hours + " at " + now;
                assertTrue(end.get().isAfter(now), story);
                assertTrue(Duration.between(now, end.get()).compareTo(Duration.ofHours(25)) <= 0, story);
                assertEquals(Optional.empty(), hours.endAfter(end.get()), story);
            }
        }
        assertTrue(quiet > 10_000);
    }

    @Test
    void whatIsNoTimeAndNoZoneIsNamed() {
        assertMessage("quietHours.from", () -> QuietHours.of("25:00", "06:00", "UTC"));
        assertMessage("quietHours.to", () -> QuietHours.of("22:00", "six", "UTC"));
        assertMessage("quietHours.zone", () -> QuietHours.of("22:00", "06:00", "Mars/Olympus"));
        assertMessage("quietHours.to", () -> QuietHours.of("22:00", "22:00", "UTC"));
    }

    private static void assertMessage(String member, Runnable making) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, making::run).getMessage());
        assertTrue(message.startsWith(member + ":"), message);
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    private static String time(int minutes) {
        return String.format(java.util.Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }
}
