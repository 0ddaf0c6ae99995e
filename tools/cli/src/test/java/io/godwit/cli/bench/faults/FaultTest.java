package io.godwit.cli.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.scenario.OrderMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void everyStepIsStruckAtEachTargetOnce() {
        List<List<String>> targets = List.of(List.of("kafka"), List.of("a", "b"));
        List<Fault> faults = Fault.everyStep(1, 8, targets);
        assertEquals(16, faults.size());
        assertEquals(
                16,
                faults.stream()
                        .map(fault -> fault.name() + fault.at())
                        .distinct()
                        .count());
        assertEquals(
                List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
                faults.stream().map(fault -> fault.at() * 8).distinct().sorted().toList());
    }

    private static final List<List<String>> TARGETS = List.of(List.of("a"), List.of("b"), List.of("c", "d"));

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertEquals(Fault.schedule(7, 10, TARGETS), Fault.schedule(7, 10, TARGETS));
        assertNotEquals(Fault.schedule(7, 10, TARGETS), Fault.schedule(8, 10, TARGETS));
    }

    @Test
    void everyTargetHasItsTurnAndEachPartOfTheOrderItsStrike() {
        List<Fault> faults = Fault.schedule(1, 3, TARGETS);
        assertEquals(Set.copyOf(TARGETS), faults.stream().map(Fault::victims).collect(Collectors.toSet()));
        for (int i = 0; i < 3; i++) {
            assertEquals(i, (int) (faults.get(i).at() * 3));
        }
    }

    @Test
    void severalOrdersShareTheTargets() {
        List<List<Fault>> schedules = Fault.schedules(1, 3, 2, TARGETS);
        assertEquals(List.of(2, 2, 2), schedules.stream().map(List::size).toList());
        Map<String, Long> turns = schedules.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Fault::name, Collectors.counting()));
        assertEquals(Map.of("a", 2L, "b", 2L, "c + d", 2L), turns);
    }

    @Test
    void aReportNamesWhatWasKilledAndWhatBroke() {
        List<Strike> strikes = List.of(
                new Strike(new Fault(List.of("kafka"), 0.2, 20), 0, 0, 0),
                new Strike(new Fault(List.of("hivemq", "postgres"), 0.7, 40), 180, 120, 90));
        String table = FaultReport.table(List.of(
                new FaultReport(7, OrderMode.GROUP, 200, strikes, Map.of("Executed-Success", 200L), List.of(), 55.4),
                new FaultReport(8, OrderMode.SINGLE, 200, strikes, Map.of(), List.of("a card has two outcomes"), 60)));
        assertTrue(
                table.contains(
                        "| 7 | group | 200 | kafka (0/0/0), hivemq + postgres (180/120/90) | 55 | Executed-Success 200 |"
                                + " kept |"),
                table);
        assertTrue(table.contains("BROKEN: a card has two outcomes"), table);
        assertTrue(
                table.endsWith("2 orders, 4 strikes, 2 of them in the middle of the order, 6 processes killed,"
                        + " 1 orders with a broken promise\n"),
                table);
    }
}
