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
    private static final int DOWNLOAD_RUNS = 5;
    private static final int STRIKES = 8;
    private static final int STRIKES_IN_THE_MIDDLE = 5;

    /** Where a component starts slower than an order runs, strikes miss it: then the next order is struck too. */
    private static final int MOST_ORDERS = 4;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyCommandHasOneOutcomeThoughEachComponentIsKilledInTheMiddleOfTheOrder(Installation installation)
            throws Exception {
        List<List<String>> targets = FaultRun.targets(installation);
        strikeInTheMiddle(STRIKES_IN_THE_MIDDLE, installation, OrderMode.SINGLE, CARDS, STRIKES, targets);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMemberHasOneOutcomeThoughTheGroupsOnlyMessageIsStruck(Installation installation) throws Exception {
        List<String> services = new ArrayList<>(installation.provisioningReplicas());
        services.add(Installation.REGISTRY);
        strikeInTheMiddle(
                1,
                installation,
                OrderMode.GROUP,
                CARDS / 2,
                3,
                List.of(installation.brokerNodes(), List.of(Fault.DEVICES), services));
    }

    /** Five schedules of two strikes each; whatever is killed in a download, the card ends with a whole profile or as it was. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyDownloadHasOneOutcomeThoughEachComponentIsKilledInTheMiddle(Installation installation) throws Exception {
        List<List<String>> targets = FaultRun.targets(installation);
        long inTheMiddle = 0;
        for (int run = 0; run < DOWNLOAD_RUNS; run++) {
            inTheMiddle += strike(SEED + run, installation, OrderMode.DOWNLOAD, CARDS / 10, 2, targets)
                    .strikesInTheMiddle();
        }
        assertTrue(inTheMiddle >= DOWNLOAD_RUNS / 2, "only " + inTheMiddle + " strikes hit cards in the middle");
    }

    private static void strikeInTheMiddle(
            int least, Installation installation, OrderMode mode, int cards, int strikes, List<List<String>> targets)
            throws Exception {
        long inTheMiddle = 0;
        for (int order = 0; order < MOST_ORDERS && inTheMiddle < least; order++) {
            inTheMiddle += strike(SEED + order, installation, mode, cards, strikes, targets)
                    .strikesInTheMiddle();
        }
        assertTrue(inTheMiddle >= least, "only " + inTheMiddle + " strikes hit cards in the middle of an order");
    }

    private static FaultReport strike(
            long seed, Installation installation, OrderMode mode, int cards, int strikes, List<List<String>> targets)
            throws Exception {
        System.out.println("seed " + seed + " (repeat with -Dgodwit.seed)");
        List<Fault> faults = Fault.schedule(seed, strikes, targets);
        FaultReport report = new FaultRun(
                        installation,
                        Operator.of(installation, "faults"),
                        "faults",
                        mode,
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .run(seed, cards, faults, Duration.ofMinutes(6));
        assertEquals(List.of(), report.violations(), "seed " + seed + ", faults " + faults);
        return report;
    }
}
