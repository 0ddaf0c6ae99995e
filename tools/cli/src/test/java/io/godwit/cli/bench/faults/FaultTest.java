package io.godwit.cli.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static final List<String> VICTIMS = List.of("a", "b", "c");

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertEquals(Fault.schedule(7, 10, VICTIMS), Fault.schedule(7, 10, VICTIMS));
        assertNotEquals(Fault.schedule(7, 10, VICTIMS), Fault.schedule(8, 10, VICTIMS));
    }

    @Test
    void everyVictimHasItsTurn() {
        List<Fault> faults = Fault.schedule(1, 3, VICTIMS);
        assertEquals(
                new TreeSet<>(VICTIMS),
                new TreeSet<>(faults.stream().map(Fault::victim).toList()));
    }

    @Test
    void aReportNamesWhatWasKilledAndWhatBroke() {
        List<Fault> faults = List.of(new Fault("kafka", 10, 20), new Fault("hivemq", 30, 40));
        String table = FaultReport.table(List.of(
                new FaultReport(7, 200, faults, Map.of("Executed-Success", 200L), List.of(), 55.4),
                new FaultReport(8, 200, faults, Map.of(), List.of("a card has two outcomes"), 60)));
        assertTrue(table.contains("| 7 | 200 | kafka, hivemq | 55 | Executed-Success 200 | kept |"), table);
        assertTrue(table.contains("BROKEN: a card has two outcomes"), table);
        assertTrue(table.endsWith("2 orders, 4 kills, 1 broken\n"), table);
    }
}
