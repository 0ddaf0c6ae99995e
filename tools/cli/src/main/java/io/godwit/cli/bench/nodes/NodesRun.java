package io.godwit.cli.bench.nodes;

import io.godwit.cli.bench.faults.OrderCheck;
import io.godwit.cli.platform.Installation;
import io.godwit.cli.platform.Operator;
import io.godwit.cli.registry.CampaignFigures;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OutcomeCounts;
import io.godwit.cli.scenario.Progress;
import io.godwit.cli.scenario.Settling;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.AgentEvent;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One order in group mode on several HiveMQ nodes of which some are killed meanwhile, and what must hold afterwards. */
public final class NodesRun {
    private static final EsFunction ENABLE =
            new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));

    private final Installation installation;
    private final String tenant;
    private final PrintWriter out;
    private final ConnectionsByNode connections;

    /** @throws IllegalArgumentException the installation has one node only */
    public NodesRun(Installation installation, String tenant, PrintWriter out) {
        this.installation = installation;
        this.tenant = tenant;
        this.out = out;
        this.connections = new ConnectionsByNode(installation
                .platform()
                .brokers()
                .connections()
                .orElseThrow(() -> new IllegalArgumentException("brokers: 2 or more expected")));
    }

    /** Enrols new cards, orders, kills by {@code plan}, waits, and checks. */
    public NodesReport run(NodesPlan plan) throws IOException, InterruptedException {
        String gid = "nodes-" + Long.toString(System.nanoTime(), 36);
        RegistryClient registry = Operator.of(installation, tenant);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry);
                Bystanders bystanders = Bystanders.enrol(installation, tenant, gid, plan.bystanders())) {
            List<Nid> nids = fleet.enrol(plan.cards(), gid);
            return play(plan, gid, nids, registry, fleet, bystanders);
        }
    }

    private NodesReport play(
            NodesPlan plan,
            String gid,
            List<Nid> nids,
            RegistryClient registry,
            EnrolledFleet fleet,
            Bystanders bystanders)
            throws IOException, InterruptedException {
        Path acknowledged = fleet.folder().resolve("acknowledged");
        OrderCheck check = OrderCheck.of(installation, gid, plan.cards(), acknowledged);
        fleet.connect(EnrolledFleet.settings(installation.mqtt()).writingDown(acknowledged));
        int configured = fleet.awaitConfiguration(gid, plan.cards());
        Twins.Result twins = Twins.play(
                registry,
                fleet,
                gid + "-twins",
                installation.platform().brokers().nodes());
        out.printf(
                Locale.ROOT,
                "-- %d cards on %s, %d of them with the group's configuration%n",
                plan.cards(),
                connections.now(),
                configured);
        SlowAnswers.of(nids, plan.spread(), fleet.process());
        Map<Eid, Aid> before =
                fleet.process().truth().stream().collect(Collectors.toMap(CardTruth::eid, CardTruth::enabledIsdP));
        FleetSnapshot atOrder = fleet.process().snapshot();

        long orderedAt = System.nanoTime();
        String operation = registry.orderInGroupMode(gid, ENABLE.toJson(), plan.campaign());
        List<NodeKill> kills =
                new NodeKills(installation, registry, connections, plan, out).strike(operation, orderedAt);
        Json.Obj ended = new OperationWatch(registry, new Progress(out, false))
                .await(operation, plan.cards(), orderedAt, plan.patience());
        Settling.await(fleet);

        List<Json.Obj> members = registry.outcomes(operation);
        List<CardTruth> truth = fleet.process().truth();
        FleetSnapshot atEnd = fleet.process().snapshot();
        WrongDeliveries wrong = new WrongDeliveries(
                atEnd.count(AgentEvent.IGNORED_FOREIGN), bystanders.wrongDeliveries(), twins.wrongDeliveries());
        CampaignFigures campaign = CampaignFigures.of(ended).orElseThrow();
        List<String> broken = new ArrayList<>(twins.broken());
        broken.addAll(check.broken(registry, before, List.of(ended), members, truth));
        if (wrong.all() > 0) {
            broken.add("messages reached clients that they were not for: " + wrong);
        }
        return new NodesReport(
                installation.brokerNodes().size(),
                plan.cards(),
                kills,
                OutcomeCounts.of(members),
                campaign.repaired(),
                atEnd.count(AgentEvent.CONNECTION_LOST) - atOrder.count(AgentEvent.CONNECTION_LOST),
                seconds(ended),
                twins.seconds(),
                wrong,
                connections.now(),
                broken);
    }

    /** From the order to its last outcome, as the registry has noted them: whoever watches may have been busy with a node. */
    private static double seconds(Json.Obj ended) {
        Instant from = Instant.parse(ended.text("createdAt").orElseThrow());
        Instant to = Instant.parse(ended.text("completedAt").orElseThrow());
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
