package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.bench.faults.FaultRun;
import io.godwit.cli.bench.faults.replacement.ReplacementReport;
import io.godwit.cli.bench.faults.replacement.ReplacementSchedule;
import io.godwit.cli.bench.faults.replacement.StruckReplacements;
import io.godwit.cli.demo.Demo;
import io.godwit.cli.demo.ReplacementDemo;
import io.godwit.cli.demo.ReplacementResult;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription moves to another card (flow E) though processes are killed at its stages. More: {@code ./godwit bench faults --mode replacement}. */
@ExtendWith(RunningPlatform.class)
class ReplacementST {
    /** The same for every build, so that a red one can be repeated: both modes, two that are cancelled, and one old card that is given up. */
    private static final List<Long> SEEDS = List.of(1L, 2L, 4L, 5L, 7L);

    private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    /** @param peer whether the subscription goes from card to card */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void theDemonstrationEndsAsItShould(boolean peer, Installation installation) throws Exception {
        ReplacementResult result = new ReplacementDemo(
                        installation, Operator.of(installation, Demo.TENANT), Duration.ofMinutes(2), peer, OUT)
                .run();
        assertTrue(result.isSound(), result.toString());
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void itIsEnabledOnOneCardAtATimeAndLostOnNoneWhateverIsKilled(Installation installation) throws Exception {
        Long one = Long.getLong("godwit.seed");
        List<ReplacementSchedule> schedules = (one == null ? SEEDS : List.of(one))
                .stream()
                        .map(seed -> ReplacementSchedule.of(seed, FaultRun.targets(installation)))
                        .toList();
        List<ReplacementReport> reports = new ArrayList<>();
        new StruckReplacements(
                        installation,
                        Operator.of(installation, "replacements"),
                        "replacements",
                        Duration.ofMinutes(3),
                        OUT)
                .run(schedules, reports::add);
        OUT.print(ReplacementReport.table(reports));
        OUT.flush();
        assertEquals(schedules.size(), reports.size());
        assertTrue(
                one != null || reports.stream().anyMatch(ReplacementReport::wasTurned),
                "no operator's word came in time");
        assertEquals(
                List.of(),
                reports.stream().filter(report -> !report.isSound()).toList(),
                "repeat one with -Dgodwit.seed");
    }
}
