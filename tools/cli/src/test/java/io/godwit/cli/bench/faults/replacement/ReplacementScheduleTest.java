package io.godwit.cli.bench.faults.replacement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.bench.faults.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplacementScheduleTest {
    private static final List<List<String>> TARGETS =
            List.of(List.of("kafka"), List.of("hivemq", "postgres"), List.of(Fault.DEVICES));

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertEquals(ReplacementSchedule.of(7, TARGETS), ReplacementSchedule.of(7, TARGETS));
    }

    /** Seeds that follow one another are what a series is made of. */
    @Test
    void aFewSeedsStrikeEveryTargetAtEveryStageInEachKind() {
        Set<String> struck = new HashSet<>();
        for (ReplacementSchedule schedule : schedules(1, 240)) {
            assertEquals(3, schedule.strikes().size());
            for (StageStrike strike : schedule.strikes()) {
                struck.add(schedule.kind() + strike.stage() + strike.victims());
            }
        }
        // Five stages, of which devices are struck at three, in two modes.
        int forward = 2 * (5 * 2 + 3);
        // Two early ones, all devices at the third, and one or two behind it.
        int cancelled = (2 * 2 + 1 + 2) + (2 * 2 + 1 + 2 * 2);
        int givenUp = 2 * (2 * 2 + 1 + 2 * 2);
        assertEquals(forward + cancelled + givenUp, struck.size(), struck.toString());
    }

    @Test
    void ofEightInARowTwoAreCancelledAndTwoGiveTheOldCardUpInBothModes() {
        assertEquals(
                List.of(
                        "reissue",
                        "peer",
                        "reissue",
                        "peer, cancelled",
                        "reissue, cancelled",
                        "peer, old card given up",
                        "reissue, old card given up",
                        "peer"),
                schedules(1, 8).stream().map(ReplacementSchedule::kind).toList());
    }

    @Test
    void nothingIsStruckTwiceInOneSchedule() {
        for (ReplacementSchedule schedule : schedules(1, 500)) {
            List<String> victims = schedule.strikes().stream()
                    .flatMap(strike -> strike.victims().stream())
                    .toList();
            assertEquals(Set.copyOf(victims).size(), victims.size(), schedule.toString());
        }
    }

    @Test
    void devicesAreNotStruckWhileTheyHaveNothingButAskedFor() {
        for (ReplacementSchedule schedule : schedules(1, 500)) {
            for (StageStrike strike : schedule.strikes()) {
                assertFalse(
                        List.of("Granted", "Offered").contains(strike.stage())
                                && strike.victims().contains(Fault.DEVICES),
                        schedule.toString());
            }
        }
    }

    @Test
    void aReportTellsWhatWasKilledAndWhereAndWhatWasMissedAndWhatBroke() {
        StageStrike hit = new StageStrike("Offered", List.of("kafka"), 300);
        StageStrike late = new StageStrike("Deleting", List.of("hivemq", "postgres"), 1_260);
        StageStrike missed = new StageStrike("Enabling", List.of("kafka"), 0);
        String table = ReplacementReport.table(List.of(
                new ReplacementReport(
                        new ReplacementSchedule(8, true, Intervention.NONE, List.of(hit, late, missed)),
                        Ending.MOVED.words(),
                        List.of(new StageHit(hit, "Offered"), new StageHit(late, "Enabling")),
                        31.4,
                        List.of()),
                new ReplacementReport(
                        new ReplacementSchedule(9, false, Intervention.CANCEL, List.of()),
                        "",
                        List.of(),
                        180,
                        List.of("nobody|has\nit"))));
        assertTrue(
                table.contains(
                        "| 8 | peer | Offered: kafka (0.3 s); Deleting: hivemq + postgres (1.3 s), found at Enabling; Enabling: kafka (0.0 s), missed | 31 | Completed | kept |"),
                table);
        assertTrue(table.contains("| 9 | reissue, cancelled |  | 180 |  | BROKEN: nobody\\|has it |"), table);
        assertTrue(
                table.contains(
                        "2 replacements, 1 of them from card to card, 0 cancelled and 0 with an old card that was given up; 3 strikes: 1 at their stage, 1 later on, 1 missed; 3 processes killed; 1 replacements with a broken promise"),
                table);
    }

    private static List<ReplacementSchedule> schedules(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(seed -> ReplacementSchedule.of(seed, TARGETS))
                .toList();
    }
}
