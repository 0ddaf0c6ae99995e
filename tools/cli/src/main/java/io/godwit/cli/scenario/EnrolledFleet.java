package io.godwit.cli.scenario;

import io.godwit.cli.platform.Installation;
import io.godwit.cli.registry.RegistryClient;
import io.godwit.cli.registry.RegistryException;
import io.godwit.local.access.MqttAccess;
import io.godwit.protocol.Eid;
import io.godwit.protocol.FlowStep;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.record.ProfileState;
import io.godwit.simulator.FleetProcess;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.mqtt.BrokerAddress;
import io.godwit.simulator.device.mqtt.MqttIdentity;
import io.godwit.simulator.fleet.CardTruth;
import io.godwit.simulator.fleet.Credential;
import io.godwit.simulator.fleet.EumFiles;
import io.godwit.simulator.fleet.FleetPlan;
import io.godwit.simulator.fleet.FleetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Virtual eUICCs of one tenant in a process of their own, registered, and members of one group.
 *
 * <p>Each fleet has a folder of its own below {@code fleets} in the platform's home; the cards in it outlive the process.
 */
public final class EnrolledFleet implements AutoCloseable {
    /** How long all devices may take to be connected. */
    static final Duration CONNECTION = Duration.ofMinutes(5);

    static final List<String> JVM_OPTIONS = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private static final Duration REGISTRATION = Duration.ofMinutes(5);
    private static final Duration CONFIGURATION = Duration.ofMinutes(10);
    private static final Duration KEY_ANNOUNCEMENT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;
    private static final Pattern EID = Pattern.compile("\"eid\":\"([0-9]{32})\"");

    private final Installation installation;
    private final Path folder;
    private final TenantId tenant;
    private final RegistryClient registry;
    private final int series;
    private final EumFiles eum;

    /** Another thread may look at the cards while one gives the power back. */
    private volatile FleetProcess process;

    private int nextNumber;

    private EnrolledFleet(
            Installation installation,
            Path folder,
            TenantId tenant,
            RegistryClient registry,
            int series,
            FleetProcess process) {
        this.installation = installation;
        this.folder = folder;
        this.tenant = tenant;
        this.registry = registry;
        this.series = series;
        this.eum = EumFiles.in(installation.testPki());
        this.process = process;
    }

    /** Starts the process of a new fleet without cards. */
    public static EnrolledFleet start(Installation installation, String tenant, RegistryClient registry)
            throws IOException {
        Path fleets = installation.home().resolve("fleets");
        Files.createDirectories(fleets);
        int series = nextSeries(fleets);
        Path folder = fleets.resolve(String.valueOf(series));
        Files.createDirectories(folder);
        return new EnrolledFleet(installation, folder, new TenantId(tenant), registry, series, launch(folder));
    }

    /** Makes {@code count} cards, registers them as members of {@code gid}, and waits until the SM-SR knows them. */
    public List<Nid> enrol(int count, String gid) throws IOException, InterruptedException {
        List<Credential> credentials = register(new FleetPlan(series, nextNumber, count), gid);
        process.accept(credentials);
        awaitRegistration(gid, count);
        return credentials.stream()
                .map(credential -> credential.identity().nid())
                .toList();
    }

    /**
     * Registers one more card, which no device of this fleet plays: a device has one connection that subscribes, so a
     * client of somebody's own needs a card of its own. It has no group extension, so the first that it hears of is what
     * somebody orders for it, and not the configuration of its group.
     */
    public SpareCard enrolSpare(String gid) throws IOException, InterruptedException {
        Credential credential =
                register(new FleetPlan(series, nextNumber, 1, 0), gid).get(0);
        awaitRegistration(gid, 1);
        return SpareCard.keep(folder, credential.identity());
    }

    private List<Credential> register(FleetPlan plan, String gid) throws IOException, InterruptedException {
        List<Eid> made = process.create(plan, eum);
        nextNumber += plan.count();
        Path lines = folder.resolve("registrations.ndjson");
        process.writeRegistrations(tenant, transportKey(), List.of(new Gid(gid)), "card-" + series + "-", lines);
        Set<String> wantedEids = made.stream().map(Eid::digits).collect(Collectors.toSet());
        List<String> wanted = Files.readAllLines(lines).stream()
                .filter(line -> EID.matcher(line).results().anyMatch(eid -> wantedEids.contains(eid.group(1))))
                .toList();
        Files.delete(lines);
        List<Credential> credentials = new ArrayList<>(plan.count());
        registry.registerAll(wanted, result -> credentials.add(credential(result)));
        return credentials;
    }

    /** Switches all devices on and waits until they are connected. */
    public void connect(MqttAccess broker, AgentSettings agent) throws InterruptedException {
        connect(settings(broker).with(agent));
    }

    /** As {@link #connect(MqttAccess, AgentSettings)}, with settings that begin with {@link #settings}. */
    public void connect(FleetSettings settings) throws InterruptedException {
        process.connect(settings);
        long deadline = System.nanoTime() + CONNECTION.toNanos();
        while (process.snapshot().connected() < process.snapshot().registered()) {
            if (System.nanoTime() > deadline) {
                throw new RegistryException(0, "the devices did not all connect; see " + folder.resolve("fleet.log"));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /**
     * Waits until every card that can hold a group's configuration holds that of {@code gid}, as the cards themselves tell,
     * and brokers have their answers. To be called before anything else is ordered for these cards.
     *
     * @param members of the group, all in this fleet
     * @return how many of them hold it
     */
    public int awaitConfiguration(String gid, int members) throws InterruptedException {
        long deadline = System.nanoTime() + CONFIGURATION.toNanos();
        while (true) {
            List<CardTruth> able =
                    process.truth().stream().filter(CardTruth::groupExtension).toList();
            long configured = able.stream().filter(card -> isMember(card, gid)).count();
            if (configured >= Math.min(members, able.size())
                    && process.snapshot().published(FlowStep.B2) >= configured) {
                return (int) configured;
            }
            if (System.nanoTime() > deadline) {
                throw new RegistryException(
                        0,
                        "only " + configured + " cards of " + gid
                                + " hold its configuration; godwit logs provisioning-service may tell why");
            }
            // Asking thousands of cards takes the processors from what is waited for.
            Thread.sleep(Math.max(POLL_MILLIS, members / 10));
        }
    }

    private static boolean isMember(CardTruth card, String gid) {
        return card.groups().stream().anyMatch(group -> group.gid().value().equals(gid));
    }

    /** The settings of a fleet that connects to {@code broker}. */
    public static FleetSettings settings(MqttAccess broker) {
        return FleetSettings.of(new BrokerAddress(broker.host(), broker.port(), false));
    }

    /** Whose cards these are. */
    public TenantId tenant() {
        return tenant;
    }

    /** Subscriptions for cards of this fleet, with packages of so many octets; 0: as small as they can be. */
    public Subscriptions subscriptions(int octets) {
        return new Subscriptions(registry, tenant, series, octets);
    }

    /** An operator with subscriptions for cards of this fleet, with packages of so many octets; 0: as small as they can be. */
    public Carrier carrier(int octets) throws IOException {
        return new Carrier(installation, tenant, series, octets, folder);
    }

    /** Where this fleet keeps its cards and its log. */
    public Path folder() {
        return folder;
    }

    /** The running process. */
    public FleetProcess process() {
        return process;
    }

    /** What the card of {@code nid} holds, as it tells itself; empty when this fleet does not play it. */
    public Optional<CardTruth> card(Nid nid) {
        return process.truth().stream().filter(card -> nid.equals(card.nid())).findFirst();
    }

    /** The profile that came after the two that every card here is made with. */
    public Optional<ProfileState> downloaded(Nid nid) {
        return card(nid).flatMap(card -> card.profiles().stream().skip(2).findFirst());
    }

    /** Cuts the power of all devices at once. */
    public void powerCut() throws InterruptedException {
        process.kill();
    }

    /** Gives the power back; the devices boot and connect. */
    public void powerUp(FleetSettings settings) throws IOException {
        process = launch(folder);
        process.connect(settings);
    }

    /**
     * Ends the process, and starts one that plays the same cards for as long as the platform runs.
     *
     * @return the name of its component
     */
    public String detach(Installation installation) throws IOException {
        process.close();
        DetachedFleet detached = DetachedFleet.of(installation, folder);
        installation.startBeside(detached);
        return detached.name();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    private Json.Obj transportKey() throws InterruptedException {
        long deadline = System.nanoTime() + KEY_ANNOUNCEMENT.toNanos();
        Optional<Json.Obj> key = registry.smSrTransportKey();
        while (key.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new RegistryException(
                        404, "provisioning-service has not announced its transport key; see its log");
            }
            Thread.sleep(POLL_MILLIS);
            key = registry.smSrTransportKey();
        }
        return key.get();
    }

    private void awaitRegistration(String gid, int count) throws InterruptedException {
        long deadline = System.nanoTime() + REGISTRATION.toNanos();
        while (registeredIn(registry.group(gid)) < count) {
            if (System.nanoTime() > deadline) {
                throw new RegistryException(0, "provisioning-service has not registered all cards; see its log");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static long registeredIn(Json.Obj group) {
        return group.object("counts").orElse(group).number("registered").orElse(0L);
    }

    private Credential credential(Json.Obj line) {
        Json.Obj result = line.object("result")
                .orElseThrow(() -> new RegistryException(
                        422,
                        "a card was refused: "
                                + line.object("problem")
                                        .flatMap(problem -> problem.text("detail"))
                                        .orElse("no reason given")));
        return new Credential(
                new Eid(result.text("eid").orElseThrow()),
                new MqttIdentity(
                        tenant,
                        new Nid(result.text("nid").orElseThrow()),
                        result.text("deviceSecret").orElseThrow()));
    }

    private static FleetProcess launch(Path folder) throws IOException {
        return FleetProcess.start(FleetProcess.Launch.likeThis(
                cards(folder), folder.resolve("fleet.log"), JVM_OPTIONS.toArray(String[]::new)));
    }

    static Path cards(Path folder) {
        return folder.resolve("cards");
    }

    private static int nextSeries(Path fleets) throws IOException {
        try (Stream<Path> used = Files.list(fleets)) {
            return used.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> name.matches("[0-9]{1,5}"))
                    .map(Integer::valueOf)
                    .max(Comparator.naturalOrder())
                    .map(last -> last + 1)
                    .orElse(0);
        }
    }
}
