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

/** The promise that nothing is lost, kept under {@code kill -9} in five orders. Hundreds of kills: {@code ./godwit bench faults}. */
@ExtendWith(RunningPlatform.class)
class FaultsST {
    /** One series of schedules for every build, so that a red one can be repeated; {@code bench faults} plays new ones. */
    private static final long SEED = Long.getLong("godwit.seed", 1);

    /** Two orders of four strikes: each process for itself, all devices, and all services at once have their turn. */
    private static final int ORDERS = 2;

    private static final int STRIKES = 4;

    private static final int CARDS = 100;
    private static final int DOWNLOADS = 20;

    /** Where a component starts slower than an order runs, strikes miss it: then another order is struck too. */
    private static final int MORE_ORDERS = 2;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyCommandHasOneOutcomeThoughEachComponentIsKilledInTheMiddleOfTheOrder(Installation installation)
            throws Exception {
        strikeInTheMiddle(5, installation, OrderMode.SINGLE, CARDS, ORDERS, STRIKES, FaultRun.targets(installation));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMemberHasOneOutcomeThoughTheGroupsOnlyMessageIsStruck(Installation installation) throws Exception {
        List<String> services = new ArrayList<>(installation.provisioningReplicas());
        services.add(Installation.REGISTRY);
        List<List<String>> targets = List.of(installation.brokerNodes(), List.of(Fault.DEVICES), services);
        strikeInTheMiddle(1, installation, OrderMode.GROUP, CARDS, 1, targets.size(), targets);
    }

    /** Whatever is killed in a download, the card ends with a whole profile or as it was. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyDownloadHasOneOutcomeThoughEachComponentIsKilledInTheMiddle(Installation installation) throws Exception {
        strikeInTheMiddle(
                4, installation, OrderMode.DOWNLOAD, DOWNLOADS, ORDERS, STRIKES, FaultRun.targets(installation));
    }

    /** {@code orders} orders, and some more until {@code least} strikes have hit one in the middle. */
    private static void strikeInTheMiddle(
            int least,
            Installation installation,
            OrderMode mode,
            int cards,
            int orders,
            int strikes,
            List<List<String>> targets)
            throws Exception {
        List<List<Fault>> schedules = Fault.schedules(SEED, orders + MORE_ORDERS, strikes, targets);
        long inTheMiddle = 0;
        for (int order = 0; order < schedules.size() && (order < orders || inTheMiddle < least); order++) {
            inTheMiddle += strike(SEED + order, installation, mode, cards, schedules.get(order))
                    .strikesInTheMiddle();
        }
        assertTrue(inTheMiddle >= least, "only " + inTheMiddle + " strikes hit cards in the middle of an order");
    }

    private static FaultReport strike(
            long seed, Installation installation, OrderMode mode, int cards, List<Fault> faults) throws Exception {
        System.out.println("seed " + SEED + " (repeat with -Dgodwit.seed)");
        FaultReport report = new FaultRun(
                        installation,
                        Operator.of(installation, "faults"),
                        "faults",
                        mode,
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .run(seed, cards, faults, Duration.ofMinutes(6));
        System.out.println(FaultReport.table(List.of(report)));
        assertEquals(List.of(), report.violations(), "seed " + SEED + ", faults " + faults);
        return report;
    }
}
