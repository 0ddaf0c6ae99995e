package io.godwit.cli.demo;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.scenario.Carrier;
import io.godwit.cli.scenario.EnrolledFleet;
import io.godwit.cli.scenario.OrderMode;
import io.godwit.cli.scenario.OrderResult;
import io.godwit.cli.scenario.OrderRun;
import io.godwit.cli.scenario.SpareCard;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.simulator.device.AgentSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** One run of the demonstration on a running installation. */
public final class Demo {
    /** The tenant that the demonstration plays. */
    public static final String TENANT = "demo";

    static final EsFunction OPERATIONAL = enable("operational");
    static final Json.Obj ENABLE_OPERATIONAL = OPERATIONAL.toJson();
    private static final EsFunction BOOTSTRAP = enable("bootstrap");

    /** So many cards get a profile downloaded, one by one. */
    private static final int DOWNLOADS = 100;

    /** So many subscriptions the carrier brings. */
    private static final int SUBSCRIPTIONS = 1000;

    /** Shorter than a device in the field would wait: whoever looks on waits too. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(60);

    /** The group that its spokesman asks for is a small one. */
    private static final int FAMILY = 5;

    private final Installation installation;
    private final RegistryClient registry;
    private final Duration patience;
    private final PrintWriter out;
    private final boolean terminal;

    /**
     * @param patience how long an order may take before the run counts as failed
     * @param terminal whether {@code out} is a terminal, on which a line can be written over
     */
    public Demo(
            Installation installation, RegistryClient registry, Duration patience, PrintWriter out, boolean terminal) {
        this.installation = installation;
        this.registry = registry;
        this.patience = patience;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Enrols, orders in group mode and then, back again, in single mode, and compares; then a card asks by itself, and a
     * spokesman for its group; at last profiles of a carrier's stock are downloaded, one of which
     * the carrier's network does not let in. When patience runs out, the result is what there is by then, and nobody does anything more.
     */
    public DemoResult run(int cards, EnrolledFleet fleet) throws IOException, InterruptedException, ExecutionException {
        String gid = newGroup();
        String walkIn = gid + "-walk-in";
        String family = gid + "-family";
        registry.putGroup(gid, null);
        registry.putGroup(walkIn, ENABLE_OPERATIONAL);
        registry.putGroup(family, ENABLE_OPERATIONAL);
        say(
                "Enrolling %d virtual eUICCs in group %s: bootstrap profile enabled, operational profile disabled ...",
                cards, gid);
        fleet.enrol(cards, gid);
        Nid guest = fleet.enrol(1, walkIn).get(0);
        List<Nid> members = fleet.enrol(FAMILY, family);
        registry.appointSpokesman(family, members.get(0).value());
        String newcomers = gid + "-downloads";
        registry.putGroup(newcomers, null);
        List<Nid> forDownload = fleet.enrol(1 + Math.min(cards, DOWNLOADS), newcomers);
        String unluckyOne = gid + "-unlucky";
        registry.putGroup(unluckyOne, null);
        Nid unlucky = fleet.enrol(1, unluckyOne).get(0);
        Carrier carrier = fleet.carrier(0);
        say("A carrier brings a profile template and %d subscriptions, encrypted for the SM-DP ...", SUBSCRIPTIONS);
        carrier.bringTemplate();
        long available = carrier.bring(SUBSCRIPTIONS);
        Iccid wrongKi = carrier.bringOneWithAWrongKi();
        say("Connecting them; each card gets the configuration of its group, under its own keys ...");
        fleet.connect(EnrolledFleet.settings(installation.mqtt())
                .with(AgentSettings.DEFAULT.withConfirmationTimeout(CONFIRMATION))
                .authenticatedBy(carrier.networksCopy()));
        fleet.awaitConfiguration(gid, cards);
        fleet.awaitConfiguration(family, FAMILY);

        Downloads downloads = new Downloads(installation, registry, fleet, carrier, patience, out);
        String refused = downloads.orderWithAWrongKi(unlucky, wrongKi);

        OrderRun orders = new OrderRun(installation, registry, fleet, patience, out, terminal);
        say("Ordering EnableProfile {type: operational} for all members of %s, in group mode:", gid);
        OrderResult group = orders.run(OrderMode.GROUP, OPERATIONAL, gid, cards);
        if (group.isIncomplete()) {
            return DemoResult.brokenOff(group, null);
        }
        say("For comparison, back again in single mode, EnableProfile {type: bootstrap}:");
        OrderResult single = orders.run(OrderMode.SINGLE, BOOTSTRAP, gid, cards);
        if (single.isIncomplete()) {
            return DemoResult.brokenOff(group, single);
        }
        Requests requests = new Requests(registry, fleet, out, terminal);
        say("Card %s asks by itself (flow D) ...", guest);
        boolean granted = requests.ownProfile(guest, walkIn);
        say("Card %s, the spokesman of %s, asks for all %d of them (flow D-C) ...", members.get(0), family, FAMILY);
        boolean groupGranted = requests.wholeGroup(members.get(0), new Gid(family), FAMILY);
        DemoResult.Downloaded downloaded = downloads.run(forDownload, newcomers);
        DemoResult.Refused rolledBack = downloads.awaitRollBack(refused, unlucky, wrongKi);
        return new DemoResult(
                group,
                single,
                granted,
                groupGranted,
                downloaded,
                new DemoResult.Stock(available, carrier.stock(), rolledBack));
    }

    /** One more card, for a client of somebody's own. */
    public SpareCard enrolSpare(EnrolledFleet fleet) throws IOException, InterruptedException {
        String gid = newGroup() + "-spare";
        registry.putGroup(gid, null);
        return fleet.enrolSpare(gid);
    }

    private static EsFunction enable(String type) {
        return new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType(type));
    }

    private static String newGroup() {
        return "demo-" + Long.toString(System.currentTimeMillis(), 36);
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
