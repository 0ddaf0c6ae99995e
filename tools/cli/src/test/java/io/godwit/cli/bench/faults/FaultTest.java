package io.godwit.cli.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
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
}
