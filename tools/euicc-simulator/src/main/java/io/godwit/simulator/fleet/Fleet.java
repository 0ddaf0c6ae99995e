package io.godwit.simulator.fleet;

import io.godwit.gsma.aka.AkaFunctions;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RequestReason;
import io.godwit.protocol.body.StepBody;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.device.AgentDecider;
import io.godwit.simulator.device.Behaviour;
import io.godwit.simulator.device.Clockwork;
import io.godwit.simulator.device.DeviceAgent;
import io.godwit.simulator.device.Lines;
import io.godwit.simulator.device.mqtt.ClientCertificate;
import io.godwit.simulator.device.mqtt.MqttIdentity;
import io.godwit.simulator.device.mqtt.MqttLines;
import io.godwit.simulator.device.mqtt.MqttVersion;
import io.godwit.simulator.network.Coverage;
import io.godwit.simulator.network.Subscriber;
import io.godwit.simulator.network.SubscriberLines;
import io.godwit.simulator.network.TestNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thousands of devices in one process, on a few threads. Its cards are those of one directory; starting it again on the
 * same directory, also after the process was killed, is a reboot of the same cards.
 *
 * <p>10,000 connected devices take 300 MB of resident memory with a heap of 700 MB and the serial collector, of which 95 MB
 * are alive (measured on two cores beside their broker, half a minute after the last connection).
 */
public final class Fleet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final long STOP_SECONDS = 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DeviceFiles files;
    private final FleetCounters counters = new FleetCounters();
    private final TestNetwork network = new TestNetwork(Fleet::rand);
    private final Map<Eid, FleetDevice> devices = new LinkedHashMap<>();
    private final Map<Nid, FleetDevice> registered = new ConcurrentHashMap<>();
    private @Nullable FleetThreads threads;
    private @Nullable AcknowledgedMessages acknowledged;
    private @Nullable Path subscribers;

    private Fleet(DeviceFiles files) {
        this.files = files;
    }

    /** The devices of {@code files}, switched off. */
    public static Fleet load(DeviceFiles files) throws IOException {
        Fleet fleet = new Fleet(files);
        fleet.add(files.eids());
        return fleet;
    }

    /** Takes in cards that have been made since; known ones are left alone. */
    public synchronized void add(Collection<Eid> eids) throws IOException {
        for (Eid eid : eids) {
            if (!devices.containsKey(eid)) {
                MqttIdentity identity =
                        files.findCredential(eid).map(Credential::identity).orElse(null);
                FleetDevice device = new FleetDevice(eid, files.load(eid), identity);
                devices.put(eid, device);
                device.findNid().ifPresent(nid -> registered.put(nid, device));
            }
        }
    }

    /** All devices' cards, in the order in which they were taken in. */
    public synchronized List<CardState> cards() {
        return devices.values().stream().map(FleetDevice::card).toList();
    }

    /** What the registry gave, written down for the next start; credentials of other cards are not taken. */
    public synchronized int accept(Collection<Credential> credentials) throws IOException {
        int accepted = 0;
        for (Credential credential : credentials) {
            FleetDevice device = devices.get(credential.eid());
            if (device != null) {
                files.save(credential);
                device.findNid().ifPresent(registered::remove);
                device.identify(credential.identity());
                registered.put(credential.identity().nid(), device);
                accepted++;
            }
        }
        return accepted;
    }

    /**
     * Switches on every registered device that is off. Returns at once; {@link #snapshot()} tells how they come.
     *
     * @throws IOException when the subscriber file or a device's certificate cannot be read; nothing is switched on then
     * @throws IllegalArgumentException when it does not hold subscribers; nothing is switched on then
     */
    public synchronized void start(FleetSettings settings) throws IOException {
        subscribers = settings.subscribers();
        Coverage coverage = settings.coverage();
        if (subscribers != null) {
            rereadSubscribers();
            coverage = coverage.authenticated();
        }
        Map<Eid, ClientCertificate> certificates = certificates(settings.certificates());
        Coverage around = coverage;
        FleetThreads running = threads == null ? new FleetThreads() : threads;
        threads = running;
        Clockwork clockwork = running.clockwork();
        ConnectionRamp ramp = new ConnectionRamp(settings.connectsPerSecond(), System::nanoTime, clockwork.timer());
        UnaryOperator<Lines> writtenDown = writingDown(settings.acknowledged());
        int number = 0;
        for (FleetDevice device : devices.values()) {
            ClientCertificate certificate = certificates.get(device.eid());
            MqttVersion version = number++ % 100 < settings.mqtt3Percent() ? MqttVersion.V3_1_1 : MqttVersion.V5;
            Optional<DeviceAgent> started = device.start(identity -> memory -> new DeviceAgent(
                    identity.nid(),
                    new AgentDecider(identity.nid(), settings.agent(), around),
                    memory,
                    changed -> files.save(device.eid(), changed),
                    network,
                    ramp.limit(writtenDown.apply(
                            new MqttLines(settings.brokers(), identity, version, running.mqtt(), certificate))),
                    clockwork,
                    counters));
            RequestReason asks = settings.asks();
            if (asks != null) {
                started.ifPresent(agent -> {
                    CompletableFuture<StepBody> unused = agent.requestProfile(asks.literal());
                });
            }
        }
    }

    /**
     * Reads the subscriber file again, which may have more lines by now: the network knows those that stand in it, and no
     * others. A device that was refused asks again when it is switched on or its card has another profile enabled.
     *
     * @return how many there are
     * @throws IllegalArgumentException when the fleet was started without such a file, or it does not hold subscribers; the
     *     network knows what it knew then
     */
    public synchronized int rereadSubscribers() throws IOException {
        Path file = subscribers;
        if (file == null) {
            throw new IllegalArgumentException("subscribers: the fleet was not started with a subscriber file");
        }
        List<Subscriber> all = SubscriberLines.read(Files.readAllLines(file));
        network.provision(all);
        return all.size();
    }

    private Map<Eid, ClientCertificate> certificates(@Nullable DeviceCertificates folder) throws IOException {
        if (folder == null) {
            return Map.of();
        }
        Map<Eid, ClientCertificate> certificates = new HashMap<>();
        for (FleetDevice device : devices.values()) {
            Optional<Nid> nid = device.findNid();
            if (nid.isPresent()) {
                certificates.put(device.eid(), folder.of(nid.get()));
            }
        }
        return certificates;
    }

    private static Octets rand() {
        byte[] rand = new byte[AkaFunctions.RAND];
        RANDOM.nextBytes(rand);
        return Octets.of(rand);
    }

    private UnaryOperator<Lines> writingDown(@Nullable Path file) {
        if (file == null) {
            return lines -> lines;
        }
        AcknowledgedMessages messages = AcknowledgedMessages.appendTo(file);
        acknowledged = messages;
        return messages::of;
    }

    /** Switches every device off and waits until all have left. */
    public synchronized void stop() {
        FleetThreads running = threads;
        if (running == null) {
            return;
        }
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        devices.values().forEach(device -> leaving.add(device.stop()));
        try {
            CompletableFuture.allOf(leaving.toArray(new CompletableFuture<?>[0]))
                    .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn("Not every device has left its broker in time. seconds={}", STOP_SECONDS);
        }
        threads = null;
        running.close();
        if (acknowledged != null) {
            acknowledged.close();
            acknowledged = null;
        }
        devices.values().forEach(FleetDevice::rest);
    }

    /** The whole fleet in figures. */
    public synchronized FleetSnapshot snapshot() {
        return counters.snapshot(devices.size(), registered.size());
    }

    /** What the cards themselves hold. */
    public synchronized List<CardTruth> truth() {
        return devices.values().stream().map(FleetDevice::truth).toList();
    }

    /** What the card of {@code nid} holds; empty when it is not of this fleet. */
    public Optional<CardTruth> findTruth(Nid nid) {
        return Optional.ofNullable(registered.get(nid)).map(FleetDevice::truth);
    }

    /**
     * Has a device ask for a profile by itself (flow D).
     *
     * @return the SM-SR's answer, see {@link DeviceAgent#requestProfile}; empty when no such device runs here
     */
    public Optional<CompletableFuture<StepBody>> requestProfile(Nid nid, String reason) {
        return findAgent(nid).map(agent -> agent.requestProfile(reason));
    }

    /**
     * Has a device ask for a profile for a whole group, whose spokesman it is to be.
     *
     * @return as {@link #requestProfile}
     */
    public Optional<CompletableFuture<StepBody>> requestProfileFor(Nid spokesman, Gid gid, String reason) {
        return findAgent(spokesman).map(agent -> agent.requestProfileFor(gid, reason));
    }

    /**
     * Has a device ask the old one, whose place it takes, for its profile (flow E).
     *
     * @return the old device's answer, see {@link DeviceAgent#requestProfileOf}; empty when no such device runs here
     */
    public Optional<CompletableFuture<StepBody>> requestProfileOf(Nid successor, Nid old, Gid gid, String reason) {
        return findAgent(successor).map(agent -> agent.requestProfileOf(old, gid, reason, null));
    }

    /** Gives a device another part to play; false when no such device runs here. */
    public boolean play(Nid nid, Behaviour behaviour) {
        Optional<DeviceAgent> agent = findAgent(nid);
        agent.ifPresent(running -> running.play(behaviour));
        return agent.isPresent();
    }

    @Override
    public void close() {
        stop();
    }

    private Optional<DeviceAgent> findAgent(Nid nid) {
        return Optional.ofNullable(registered.get(nid)).flatMap(FleetDevice::findAgent);
    }
}
