package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** The promise that nothing is lost, kept under {@code kill -9} in a few short orders. Hundreds of kills: {@code ./godwit bench faults}. */
@ExtendWith(RunningPlatform.class)
class FaultsST {
    /** The first of the schedules, the same for every build, so that a red one can be repeated; {@code bench faults} plays new ones. */
    private static final long SEED = Long.getLong("godwit.seed", 1);

    private static final int CARDS = 100;
    private static final int DOWNLOADS = 20;
    private static final int STRIKES = 4;

    /** Where a component starts slower than an order runs, strikes come when all cards are done: then more orders are needed. */
    private static final int MOST_ORDERS = 6;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyCommandHasOneOutcomeThoughEachComponentIsKilledInTheMiddleOfTheOrder(Installation installation)
            throws Exception {
        strikeEach(FaultRun.targets(installation), installation, OrderMode.SINGLE, CARDS);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMemberHasOneOutcomeThoughTheGroupsOnlyMessageIsStruck(Installation installation) throws Exception {
        List<String> services = new ArrayList<>(installation.provisioningReplicas());
        services.add(Installation.REGISTRY);
        strikeEach(
                List.of(installation.brokerNodes(), List.of(Fault.DEVICES), services),
                installation,
                OrderMode.GROUP,
                CARDS);
    }

    /** Whatever is killed in a download, the card ends with a whole profile or as it was. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyDownloadHasOneOutcomeThoughEachComponentIsKilledInTheMiddle(Installation installation) throws Exception {
        strikeEach(FaultRun.targets(installation), installation, OrderMode.DOWNLOAD, DOWNLOADS);
    }

    /** In as many orders as it takes, each of {@code targets} is struck while some cards have begun and some have not ended. */
    private static void strikeEach(List<List<String>> targets, Installation installation, OrderMode mode, int cards)
            throws Exception {
        List<List<String>> left = new ArrayList<>(targets);
        for (int order = 0; order < MOST_ORDERS && !left.isEmpty(); order++) {
            List<Fault> faults = Fault.schedule(SEED + order, Math.min(STRIKES, left.size()), left);
            strike(SEED + order, installation, mode, cards, faults).strikes().stream()
                    .filter(strike -> strike.isInTheMiddle(cards))
                    .forEach(strike -> left.remove(strike.fault().victims()));
        }
        assertEquals(List.of(), left, "not struck in the middle of " + MOST_ORDERS + " orders");
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
