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
    void aFewSeedsStrikeEveryTargetAtEveryStageInBothModes() {
        Set<String> struck = new HashSet<>();
        for (ReplacementSchedule schedule : schedules(1, 120)) {
            assertEquals(3, schedule.strikes().size());
            for (StageStrike strike : schedule.strikes()) {
                struck.add(schedule.mode() + strike.stage() + strike.victims());
            }
        }
        // Six stages, of which devices are struck at three, in two modes.
        assertEquals(2 * (6 * 2 + 3), struck.size(), struck.toString());
    }

    @Test
    void devicesAreNotStruckWhileTheyHaveNothingButAskedFor() {
        for (ReplacementSchedule schedule : schedules(1, 500)) {
            for (StageStrike strike : schedule.strikes()) {
                assertFalse(
                        List.of("Granted", "Offered", "Agreed").contains(strike.stage())
                                && strike.victims().contains(Fault.DEVICES),
                        schedule.toString());
            }
        }
    }

    @Test
    void aReportNamesWhatWasKilledAndWhatBroke() {
        StageStrike strike = new StageStrike("Deleting", List.of("hivemq", "postgres"), 1_260);
        String table = ReplacementReport.table(List.of(
                new ReplacementReport(
                        new ReplacementSchedule(8, true, List.of(strike)),
                        List.of("Granted", "Completed"),
                        31.4,
                        List.of()),
                new ReplacementReport(
                        new ReplacementSchedule(9, false, List.of()), List.of(), 180, List.of("nobody has it"))));
        assertTrue(table.contains("| 8 | peer | Deleting: hivemq + postgres (1.3 s) | 31 | Completed | kept |"), table);
        assertTrue(table.contains("| 9 | reissue |  | 180 |  | BROKEN: nobody has it |"), table);
        assertTrue(
                table.contains(
                        "2 replacements, 1 of them from card to card, 1 strikes, 2 processes killed, 1 replacements with a broken promise"),
                table);
    }

    private static List<ReplacementSchedule> schedules(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(seed -> ReplacementSchedule.of(seed, TARGETS))
                .toList();
    }
}
