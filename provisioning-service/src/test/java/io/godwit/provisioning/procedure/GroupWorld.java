package io.godwit.provisioning.procedure;

import io.godwit.gsma.aid.SecurityDomains;
import io.godwit.gsma.ecdsa.EcKeyPair;
import io.godwit.protocol.Address;
import io.godwit.protocol.Aid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.OrderRecord.Steering;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.provisioning.world.VirtualDevice;
import io.godwit.simulator.device.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Two tenants, each with a group of the same name, one SM-SR key, and real cards with their devices; one card is of two
 * groups, one has no group extension, and some register late. Group and single orders, members that come, leave and are
 * removed, and whoever keeps the groups' packages and delivers them again, to whom he likes: all from one seed.
 */
final class GroupWorld {
    private static final EcKeyPair SIGNER = EcKeyPair.of(Octets.fromHex("5a".repeat(32)));
    static final TenantId ACME = new TenantId("acme");
    static final TenantId GLOBEX = new TenantId("globex");
    static final Gid METERS = new Gid("meters");
    static final Gid PUMPS = new Gid("pumps");

    final VirtualTime time;
    final CardWitness witness;
    final Map<TenantId, GroupSmSr> smSrs = new TreeMap<>();
    final Map<TenantId, GroupFleet> fleets = new TreeMap<>();
    final List<GroupDevice> devices = new ArrayList<>();
    private final AtomicInteger boots = new AtomicInteger(1);
    private final List<Octets> packages = new ArrayList<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private int operations;

    GroupWorld(long seed, double trouble) {
        this.time = new VirtualTime(seed, trouble);
        this.witness = new CardWitness(time);
        for (TenantId tenant : List.of(ACME, GLOBEX)) {
            fleets.put(tenant, new GroupFleet());
            smSrs.put(tenant, new GroupSmSr(tenant, SIGNER, time, downlink(tenant)));
            for (Gid gid : tenant.equals(ACME) ? List.of(METERS, PUMPS) : List.of(METERS)) {
                fleet(tenant).found(gid);
                smSr(tenant).found(gid);
            }
        }
        enrol(ACME, "m1", true, METERS, PUMPS);
        enrol(ACME, "m2", true, METERS);
        enrol(ACME, "m3", true, METERS);
        enrol(ACME, "m4", true, METERS);
        enrol(ACME, "plain", false, METERS);
        enrol(ACME, "p1", true, PUMPS);
        enrol(GLOBEX, "m1", true, METERS);
        enrol(GLOBEX, "m2", true, METERS);
    }

    private GroupFleet fleet(TenantId tenant) {
        return Objects.requireNonNull(fleets.get(tenant));
    }

    GroupSmSr smSr(TenantId tenant) {
        return Objects.requireNonNull(smSrs.get(tenant));
    }

    private GroupSmSr.Downlink downlink(TenantId tenant) {
        return new GroupSmSr.Downlink() {
            @Override
            public void toCard(Nid nid, Outgoing.Message message) {
                device(tenant, nid).downlink(message.payload(), message.expiresAt());
            }

            @Override
            public void toGroup(Gid gid, Octets payload, Instant expiresAt) {
                if (GroupDevice.read(payload)
                        .filter(StepBody.GroupCommand.class::isInstance)
                        .isPresent()) {
                    packages.add(payload);
                    eavesdrop(payload);
                }
                fleet(tenant).members(gid).forEach(nid -> device(tenant, nid).downlink(payload, expiresAt));
            }
        };
    }

    private GroupDevice device(TenantId tenant, Nid nid) {
        return devices.stream()
                .filter(device -> device.tenant.equals(tenant) && device.nid().equals(nid))
                .findFirst()
                .orElseThrow();
    }

    private void enrol(TenantId tenant, String name, boolean extension, Gid... gids) {
        Nid nid = new Nid(name);
        int number = devices.size() + 1;
        GroupDevice device = new GroupDevice(
                tenant,
                nid,
                extension ? VirtualDevice.groupCard(number) : VirtualDevice.card(number),
                time,
                smSr(tenant),
                witness,
                boots);
        devices.add(device);
        smSr(tenant).announce(nid, device.card().eid());
        for (Gid gid : gids) {
            fleet(tenant).join(nid, gid);
        }
        smSr(tenant).member(nid, fleet(tenant).of(nid));
    }

    /** A day of orders and mishaps, then calm, until nothing moves any more. */
    void run(int groupOrders, int singleOrders) {
        for (GroupDevice device : devices) {
            boolean late = time.mishap();
            time.later(
                    late ? time.seconds(1, 10_000) : time.millis(1, 500),
                    () -> device.smSr().register(device.nid(), device.eis(), device.keys()));
            time.later(time.millis(1, 500), device::start);
        }
        for (int i = 0; i < groupOrders; i++) {
            time.later(time.seconds(60, 20_000), this::orderGroup);
        }
        for (int i = 0; i < singleOrders; i++) {
            time.later(time.seconds(60, 20_000), this::orderSingle);
        }
        for (int i = 0; i < 12; i++) {
            time.later(time.seconds(60, 20_000), this::regroup);
        }
        for (int i = 0; i < 60; i++) {
            time.later(time.seconds(30, 30_000), this::mishap);
        }
        for (int i = 0; i < 40; i++) {
            time.later(time.seconds(60, 40_000), this::deliverAnOldPackage);
        }
        settle();
    }

    /** Orders that nothing speaks against, one after the other. */
    void calm(int variant) {
        for (GroupDevice device : devices) {
            device.smSr().register(device.nid(), device.eis(), device.keys());
            device.start();
        }
        CampaignPlan plan = new CampaignPlan(variant % 3, 0, Duration.ofSeconds(30));
        List<Runnable> orders = List.of(
                () -> calmly(ACME, PUMPS, Desk.function(EsFunction.Name.ENABLE_PROFILE, "spare"), plan),
                () -> calmly(ACME, METERS, Desk.function(EsFunction.Name.ENABLE_PROFILE, "operational"), plan),
                () -> calmly(GLOBEX, METERS, Desk.function(EsFunction.Name.DELETE_PROFILE, "spare"), plan),
                () -> calmly(ACME, METERS, Desk.function(EsFunction.Name.SET_FALLBACK_ATTRIBUTE, "operational"), plan),
                () -> calmly(GLOBEX, METERS, Desk.function(EsFunction.Name.ENABLE_PROFILE, "operational"), plan),
                () -> calmly(ACME, METERS, Desk.function(EsFunction.Name.ENABLE_PROFILE, "bootstrap"), plan),
                () -> calmly(ACME, METERS, Desk.function(EsFunction.Name.DISABLE_PROFILE, "bootstrap"), plan),
                () -> calmly(GLOBEX, METERS, Desk.function(EsFunction.Name.DISABLE_PROFILE, "operational"), plan),
                () -> calmly(ACME, PUMPS, new EsFunction(EsFunction.Name.EUICC_CAPABILITY_AUDIT, null), plan));
        for (int i = 0; i < orders.size(); i++) {
            time.later(Duration.ofMinutes(10L * (i + 1)), orders.get(i));
        }
        settle();
    }

    private void calmly(TenantId tenant, Gid gid, EsFunction function, CampaignPlan plan) {
        orderGroup(tenant, gid, function, plan, time.random.nextBoolean(), Duration.ofHours(1));
    }

    /** Calm comes after two days, and lasts. */
    void settle() {
        time.later(Duration.ofDays(2), time::calm);
        time.run(time.now().plus(Duration.ofDays(120)));
    }

    private void orderGroup() {
        TenantId tenant = time.random.nextInt(4) == 0 ? GLOBEX : ACME;
        Gid gid = tenant.equals(ACME) && time.random.nextInt(3) == 0 ? PUMPS : METERS;
        CampaignPlan plan = new CampaignPlan(
                time.random.nextInt(3) == 0 ? 1 + time.random.nextInt(2) : 0,
                time.random.nextInt(4) == 0 ? 40 : 100,
                time.seconds(2, 60));
        String operation = orderGroup(tenant, gid, function(), plan, time.random.nextInt(4) != 0, validity());
        for (int i = time.random.nextInt(3); i > 0; i--) {
            time.later(time.millis(0, 60_000), this::regroup);
            time.later(time.millis(0, 60_000), this::mishap);
        }
        for (int i = time.random.nextInt(3); i > 0; i--) {
            Steering steering = time.any(List.of(Steering.PAUSE, Steering.PAUSE, Steering.RESUME, Steering.CANCEL));
            time.later(time.millis(10, time.any(List.of(1000, 10_000, 400_000))), () -> {
                smSr(tenant).steer(operation, steering);
                if (steering == Steering.PAUSE) {
                    time.later(time.seconds(1, 600), () -> smSr(tenant).steer(operation, Steering.RESUME));
                }
            });
        }
    }

    String orderGroup(
            TenantId tenant, Gid gid, EsFunction function, CampaignPlan plan, boolean triggers, Duration validity) {
        String operation = nextOperation();
        smSr(tenant).orderGroup(gid, operation, function, plan, triggers, validity);
        return operation;
    }

    private void orderSingle() {
        GroupDevice device = time.any(devices);
        device.smSr().order(device.nid(), nextOperation(), function(), validity());
    }

    private String nextOperation() {
        operations++;
        return new UUID(0x4000, 0x8000_0000_0000_0000L + operations).toString();
    }

    private EsFunction function() {
        EsFunction.Name name = time.any(List.of(
                EsFunction.Name.ENABLE_PROFILE,
                EsFunction.Name.ENABLE_PROFILE,
                EsFunction.Name.ENABLE_PROFILE,
                EsFunction.Name.DISABLE_PROFILE,
                EsFunction.Name.DISABLE_PROFILE,
                EsFunction.Name.SET_FALLBACK_ATTRIBUTE,
                EsFunction.Name.DELETE_PROFILE,
                EsFunction.Name.EUICC_CAPABILITY_AUDIT));
        if (name == EsFunction.Name.EUICC_CAPABILITY_AUDIT) {
            return new EsFunction(name, null);
        }
        if (name == EsFunction.Name.DELETE_PROFILE) {
            return Desk.function(name, "spare");
        }
        return time.random.nextInt(4) == 0
                ? new EsFunction(name, new ProfileTarget.ByAid(time.any(List.of(Desk.BOOTSTRAP, Desk.OPERATIONAL))))
                : Desk.function(name, time.any(List.of("operational", "operational", "bootstrap", "spare")));
    }

    private Duration validity() {
        return time.seconds(20, time.any(List.of(120, 3000, 40_000)));
    }

    /** A card joins, leaves or is removed for security; the SM-SR hears of it card by card and group by group. */
    private void regroup() {
        GroupDevice device = time.any(devices);
        TenantId tenant = device.tenant;
        GroupFleet fleet = fleet(tenant);
        Gid gid = time.any(List.copyOf(fleet.groups()));
        if (!fleet.of(device.nid()).containsKey(gid)) {
            fleet.join(device.nid(), gid);
            time.tell(tenant + "/" + device.nid() + " joins " + gid);
        } else {
            fleet.leave(device.nid(), gid);
            boolean forSecurity = time.random.nextBoolean();
            time.tell(tenant + "/" + device.nid() + (forSecurity ? " is removed from " : " leaves ") + gid);
            if (forSecurity) {
                fleet.raiseEpoch(gid);
                int epoch = fleet.epoch(gid);
                hear(tenant + "/group/" + gid, () -> smSr(tenant).epoch(gid, epoch));
            }
        }
        Map<Gid, Integer> joined = fleet.of(device.nid());
        hear(tenant + "/device/" + device.nid(), () -> smSr(tenant).member(device.nid(), joined));
    }

    /** A record of the fleet comes, late perhaps; one that is older than what came of the same key before says nothing. */
    private void hear(String key, Runnable fact) {
        int version = ++operations;
        time.later(time.millis(1, time.mishap() ? 60_000 : 200), () -> {
            if (version > versions.getOrDefault(key, 0)) {
                versions.put(key, version);
                fact.run();
            }
        });
    }

    private void mishap() {
        if (time.isCalm() || Stream.generate(time::mishap).limit(3).noneMatch(happens -> happens)) {
            return;
        }
        GroupDevice device = time.any(devices);
        switch (time.random.nextInt(13)) {
            case 0, 12 -> device.behave(new Behaviour.Offline(time.seconds(1, 7200)));
            case 1 -> device.behave(new Behaviour.LosesAnswers(1 + time.random.nextInt(3)));
            case 2 -> device.behave(new Behaviour.DoublesAnswers());
            case 3 -> device.behave(new Behaviour.RebootsBeforeAnswering(1));
            case 4 -> device.behave(new Behaviour.NoNetworkWithNewProfile());
            case 5, 11 -> device.behave(new Behaviour.RefusesTriggers("battery low"));
            case 6 -> device.behave(new Behaviour.Slow(time.seconds(1, 40)));
            case 7, 8 -> device.behave(new Behaviour.Obeys());
            case 9 -> restartNode();
            default -> device.lose();
        }
    }

    private void restartNode() {
        String boot = "boot-" + boots.incrementAndGet();
        Instant start = time.now();
        for (GroupDevice device : devices) {
            device.nodeDied();
            time.later(
                    time.millis(0, 3000),
                    () -> device.smSr().take(device.nid(), new CardInput.NodeRestarted("node-1", boot, start)));
        }
    }

    /** Somebody has kept a package, and hands it to any device of any tenant, now and then with one bit turned. */
    private void deliverAnOldPackage() {
        if (!packages.isEmpty()) {
            Octets payload = time.any(packages);
            time.any(devices).deliver(time.random.nextBoolean() ? payload : withOneBitTurned(payload));
        }
    }

    /** Where there is trouble, somebody brings a fresh package at once to whom it is not addressed. */
    private void eavesdrop(Octets payload) {
        for (GroupDevice device : devices) {
            if (Stream.generate(time::mishap).limit(2).anyMatch(happens -> happens)) {
                time.later(time.seconds(0, time.any(List.of(5, 300))), () -> device.deliver(payload));
            }
        }
    }

    private Octets withOneBitTurned(Octets payload) {
        StepBody.GroupCommand command =
                (StepBody.GroupCommand) GroupDevice.read(payload).orElseThrow();
        byte[] octets = command.groupPackage().toBytes();
        octets[time.random.nextInt(octets.length)] ^= (byte) (1 << time.random.nextInt(8));
        return RspMessageCodec.encode(
                new StepBody.GroupCommand(command.id(), Octets.of(octets), 0).toMessage(new Address.Group(METERS)));
    }

    /** All packages of all groups, each as it was and with one bit turned, to every device: there is nothing left to do. */
    void deliverEverythingAgain() {
        for (GroupDevice device : devices) {
            for (Octets payload : List.copyOf(packages)) {
                device.deliver(payload);
                device.deliver(withOneBitTurned(payload));
            }
        }
    }

    /** Which profile an operation is about on a card. */
    static Aid aid(ProfileTarget target) {
        if (target instanceof ProfileTarget.ByAid byAid) {
            return byAid.aid();
        }
        int index = List.of("bootstrap", "operational", "spare").indexOf(((ProfileTarget.ByType) target).type());
        return SecurityDomains.isdP(index);
    }
}
