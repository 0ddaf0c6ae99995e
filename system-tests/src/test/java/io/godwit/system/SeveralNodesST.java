package io.godwit.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.godwit.cli.bench.nodes.NodesPlan;
import io.godwit.cli.bench.nodes.NodesReport;
import io.godwit.cli.bench.nodes.NodesRun;
import io.godwit.cli.platform.BuildTree;
import io.godwit.cli.platform.Installation;
import io.godwit.local.PlatformSettings;
import io.godwit.protocol.record.CampaignPlan;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three HiveMQ nodes behind one address: devices move between them, come twice, and vanish with their node. In the real size:
 * {@code ./godwit bench nodes}.
 */
class SeveralNodesST {
    private static final NodesPlan PLAN = new NodesPlan(
            150,
            5,
            NodesPlan.QUARTERS,
            Duration.ofSeconds(1),
            Duration.ofSeconds(12),
            new CampaignPlan(0, 100, Duration.ofSeconds(15)),
            Duration.ofMinutes(4));

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void everyMemberHasOneOutcomeAndNobodyElseGetsAMessageThoughThreeNodesAreKilledInTheMiddle() throws Exception {
        // A platform of its own: that of the other tests has one node.
        PlatformSettings settings = PlatformSettings.in(
                        Path.of("target/several-nodes").toAbsolutePath())
                .withBrokers(3)
                .owned();
        try (Installation installation = Installation.open(settings, new BuildTree(Checkout.ROOT), 1)) {
            installation.start();
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            NodesReport report = new NodesRun(installation, "nodes", out).run(PLAN);
            out.println(report.text());
            assertEquals(List.of(), report.broken());
            // A slow machine may be done before the first node is back, which the last one waits for.
            assertTrue(report.killsInTheMiddle() >= PLAN.marks().size() - 1, report.text());
        }
    }
}
