package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.bench.faults.Fault;
import io.godwit.cli.bench.faults.FaultReport;
import io.godwit.cli.bench.faults.FaultRun;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.scenario.OrderMode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The promise that nothing is lost, kept under {@code kill -9}. Hundreds of kills: {@code ./godwit bench faults}. */
@ExtendWith(RunningPlatform.class)
class FaultsST {
    /** One schedule for every build, so that a red one can be repeated; {@code bench faults} plays new ones. */
    private static final long SEED = Long.getLong("godwit.seed", 1);

    private static final int CARDS = 200;
    private static final int STRIKES = 8;
    private static final int STRIKES_IN_THE_MIDDLE = 5;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyCommandHasOneOutcomeThoughEachComponentIsKilledInTheMiddleOfTheOrder(Installation installation)
            throws Exception {
        List<List<String>> targets = FaultRun.targets(installation);
        FaultReport report = strike(installation, OrderMode.SINGLE, CARDS, STRIKES, targets);
        assertTrue(
                report.strikesInTheMiddle() >= STRIKES_IN_THE_MIDDLE,
                "only " + report.strikesInTheMiddle() + " strikes hit cards in the middle of the order");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyMemberHasOneOutcomeThoughTheGroupsOnlyMessageIsStruck(Installation installation) throws Exception {
        List<String> services = new ArrayList<>(installation.provisioningReplicas());
        services.add(Installation.REGISTRY);
        FaultReport report = strike(
                installation,
                OrderMode.GROUP,
                CARDS / 2,
                3,
                List.of(installation.brokerNodes(), List.of(Fault.DEVICES), services));
        assertTrue(report.strikesInTheMiddle() >= 1, "no strike hit cards in the middle of the order");
    }

    private static FaultReport strike(
            Installation installation, OrderMode mode, int cards, int strikes, List<List<String>> targets)
            throws Exception {
        System.out.println("seed " + SEED + " (repeat with -Dgodwit.seed)");
        List<Fault> faults = Fault.schedule(SEED, strikes, targets);
        FaultReport report = new FaultRun(
                        installation,
                        Operator.of(installation, "faults"),
                        "faults",
                        mode,
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .run(SEED, cards, faults, Duration.ofMinutes(6));
        assertEquals(List.of(), report.violations(), "seed " + SEED + ", faults " + faults);
        return report;
    }
}
