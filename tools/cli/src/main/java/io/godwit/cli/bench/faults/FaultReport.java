package io.godwit.cli.bench.faults;

import java.util.List;
import java.util.Map;

/**
 * What a run under faults came to.
 *
 * @param seed repeats the schedule
 * @param outcomes cards by outcome
 * @param violations each broken promise as a sentence; empty in a sound run
 * @param seconds from the order to the last outcome
 */
public record FaultReport(
        long seed, int cards, List<Fault> faults, Map<String, Long> outcomes, List<String> violations, double seconds) {
    public FaultReport {
        faults = List.copyOf(faults);
        outcomes = Map.copyOf(outcomes);
        violations = List.copyOf(violations);
    }

    public boolean isSound() {
        return violations.isEmpty();
    }
}
