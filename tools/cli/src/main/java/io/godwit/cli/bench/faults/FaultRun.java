package io.godwit.cli.bench.faults;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OperationWatch;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.cli.scenario.OutcomeCounts;
import io.godwit.cli.scenario.Progress;
import io.godwit.cli.scenario.Settling;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One order for a fleet, or a download to each of its cards, with kills in the middle, and what must hold afterwards. */
public final class FaultRun {
    /** More than one message with segments each. */
    private static final int PACKAGE_OCTETS = 40_000;

    /** A broker is back after ten seconds, and then it is the order that is looked at and no device that waits. */
    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(4);

    /** So many subscriptions more than cards: what is left over must be left over. */
    private static final int SPARE = 3;

    private final Installation installation;
    private final RegistryClient registry;
    private final String tenant;
    private final OrderMode mode;
    private final boolean steady;
    private final PrintWriter out;

    public FaultRun(
            Installation installation, RegistryClient registry, String tenant, OrderMode mode, PrintWriter out) {
        this(installation, registry, tenant, mode, false, out);
    }

    private FaultRun(
            Installation installation,
            RegistryClient registry,
            String tenant,
            OrderMode mode,
            boolean steady,
            PrintWriter out) {
        this.steady = steady;
        this.installation = installation;
        this.registry = registry;
        this.tenant = tenant;
        this.mode = mode;
        this.out = out;
    }

    /** The same with devices that are all alike, and slow enough for a strike to hit the step that it is meant for. */
    public FaultRun steady() {
        return new FaultRun(installation, registry, tenant, mode, true, out);
    }

    /** How many steps {@link Fault#everyStep} has to strike in such an order. */
    public static int steps(OrderMode mode) {
        return Striking.messagesPerCard(mode);
    }

    /** What of {@code installation} is struck: each process for itself, all devices, and both services at once. */
    public static List<List<String>> targets(Installation installation) {
        List<String> services = new ArrayList<>(installation.provisioningReplicas());
        services.add(Installation.REGISTRY);
        List<List<String>> targets = new ArrayList<>(List.of(List.of("kafka")));
        installation.brokerNodes().forEach(node -> targets.add(List.of(node)));
        if (!installation.brokerNodes().contains(installation.mqttFront())) {
            targets.add(List.of(installation.mqttFront()));
        }
        targets.addAll(List.of(List.of("postgres"), List.of(Fault.DEVICES), services));
        services.forEach(service -> targets.add(List.of(service)));
        return targets;
    }

    /**
     * Enrols {@code cards} new cards, orders, strikes by {@code faults}, waits, and checks.
     *
     * @param patience for the order; one that has not ended by then is a broken promise
     */
    public FaultReport run(long seed, int cards, List<Fault> faults, Duration patience)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try {
            return play(seed, cards, faults, patience);
        } catch (RegistryException e) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new FaultReport(
                    seed, mode, cards, List.of(), Map.of(), List.of(String.valueOf(e.getMessage())), seconds);
        }
    }

    private FaultReport play(long seed, int cards, List<Fault> faults, Duration patience)
            throws IOException, InterruptedException {
        String gid = "faults-" + Long.toString(System.nanoTime(), 36);
        registry.putGroup(gid, null);
        try (EnrolledFleet fleet = EnrolledFleet.start(installation, tenant, registry)) {
            List<Nid> nids = fleet.enrol(cards, gid);
            Path acknowledged = fleet.folder().resolve("acknowledged");
            OrderCheck check = OrderCheck.of(installation, gid, cards, acknowledged);
            Optional<Carrier> carrier =
                    mode == OrderMode.DOWNLOAD ? Optional.of(carrier(fleet, cards)) : Optional.empty();
            FleetSettings plain = EnrolledFleet.settings(installation.mqtt())
                    .with(AgentSettings.DEFAULT.withLongestReconnect(LONGEST_RECONNECT))
                    .writingDown(acknowledged);
            FleetSettings settings = carrier.map(one -> plain.authenticatedBy(one.networksCopy()))
                    .orElse(plain);
            fleet.connect(settings);
            fleet.awaitConfiguration(gid, cards);
            DeviceBehaviours behaviours =
                    steady ? DeviceBehaviours.steady(nids) : new DeviceBehaviours(seed, nids, mode, faults.size());
            behaviours.playedBy(fleet.process());
            Map<Eid, Aid> before =
                    fleet.process().truth().stream().collect(Collectors.toMap(CardTruth::eid, CardTruth::enabledIsdP));
            Striking striking = new Striking(installation, fleet, settings, behaviours, mode, before, out);
            long orderedAt = System.nanoTime();
            List<String> operations = order(gid, nids, carrier);
            List<Strike> strikes = striking.strike(faults);
            OperationWatch watch = new OperationWatch(registry, new Progress(out, false)).tolerant();
            List<Json.Obj> ended = new ArrayList<>();
            for (String operation : operations) {
                ended.add(watch.await(operation, cards / operations.size(), orderedAt, patience));
            }
            double seconds = (System.nanoTime() - orderedAt) / 1e9;
            Settling.await(fleet);
            List<Json.Obj> members = new ArrayList<>();
            operations.forEach(operation -> members.addAll(registry.outcomes(operation)));
            List<CardTruth> truth = fleet.process().truth();
            List<String> broken = new ArrayList<>(check.broken(registry, before, ended, members, truth));
            carrier.ifPresent(
                    one -> broken.addAll(Promises.stock(cards + SPARE, registry.subscriptions(one.template()), truth)));
            return new FaultReport(seed, mode, cards, strikes, OutcomeCounts.of(members), broken, seconds);
        }
    }

    private static Carrier carrier(EnrolledFleet fleet, int cards) throws IOException, InterruptedException {
        Carrier carrier = fleet.carrier(PACKAGE_OCTETS);
        carrier.bringTemplate();
        carrier.bring(cards + SPARE);
        return carrier;
    }

    private List<String> order(String gid, List<Nid> nids, Optional<Carrier> carrier) {
        if (carrier.isPresent()) {
            return nids.stream()
                    .map(nid -> registry.download(nid.value(), carrier.get().order(true)))
                    .toList();
        }
        EsFunction enable = new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));
        return List.of(
                mode == OrderMode.GROUP
                        ? registry.orderInGroupMode(gid, enable.toJson(), CampaignPlan.DEFAULT)
                        : registry.order(Json.object()
                                .put("function", enable.toJson())
                                .put("gid", gid)
                                .build()));
    }
}
