package io.godwit.local;

import io.godwit.local.access.Credentials;
import io.godwit.local.access.DatabaseAccess;
import io.godwit.local.access.KafkaAccess;
import io.godwit.local.access.MqttAccess;
import io.godwit.local.access.MqttTlsAccess;
import io.godwit.local.access.PlatformException;
import io.godwit.local.bundle.CachedFiles;
import io.godwit.local.hivemq.BrokerCount;
import io.godwit.local.hivemq.BrokerExtension;
import io.godwit.local.hivemq.BrokerNames;
import io.godwit.local.hivemq.Brokers;
import io.godwit.local.hivemq.ClientCertificates;
import io.godwit.local.home.HomeLock;
import io.godwit.local.home.PlatformHome;
import io.godwit.local.home.Ports;
import io.godwit.local.home.Secrets;
import io.godwit.local.kafka.KafkaBroker;
import io.godwit.local.postgres.Database;
import io.godwit.local.postgres.PostgresServer;
import io.godwit.local.process.Component;
import io.godwit.local.process.Launched;
import io.godwit.local.process.Lifetime;
import io.godwit.local.process.RunningProcess;
import io.godwit.local.process.Supervisor;
import io.godwit.local.service.JavaService;
import io.godwit.local.service.JavaServiceProcess;
import io.godwit.local.tls.TlsFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * PostgreSQL, Kafka, HiveMQ and our services on this machine, as child processes. Every call ends when what it says is done.
 *
 * <p>Ports and passwords are known as soon as it is opened, so that the configuration of the extension and of the services can be written
 * from them: open, ask for {@link #kafka} and the others, {@link #use} the extension, {@link #add} the services, {@link #start}.
 */
public final class LocalPlatform implements AutoCloseable {
    private final PlatformSettings settings;
    private final PlatformHome home;
    private final Ports ports;
    private final Secrets secrets;
    private final Supervisor supervisor;
    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final BrokerNames brokerNames;
    private final Brokers brokers;
    private final List<Component> services = new ArrayList<>();

    private LocalPlatform(PlatformSettings settings, PlatformHome home) {
        this.settings = settings;
        this.home = home;
        this.ports = Ports.of(home);
        this.secrets = Secrets.of(home);
        this.supervisor = new Supervisor(home, settings.lifetime());
        this.brokerNames = BrokerCount.in(
                home, settings.brokers(), supervisor.alive().stream().anyMatch(BrokerNames::isComponent));
        // First, so that none of the others is given one of these.
        settings.ports().keySet().forEach(this::port);
        this.postgres = new PostgresServer(
                home, settings.cache(), port("postgres"), settings.lifetime() != Lifetime.FLEETING, secrets);
        int controllerPort =
                ports.choose("kafka-controller", 0, supervisor.running("kafka").isPresent());
        this.kafka = new KafkaBroker(home, settings.cache(), port("kafka"), controllerPort, secrets);
        this.brokers = new Brokers(brokerNames, home, settings.cache(), this::port, TlsFolder.of(home, secrets));
    }

    /**
     * Opens a platform, running or not. Starts nothing.
     *
     * @throws PlatformException its folder cannot be used
     */
    public static LocalPlatform open(PlatformSettings settings) {
        return new LocalPlatform(settings, PlatformHome.open(settings.home()));
    }

    /** Where the platform lives. */
    public Path home() {
        return home.root();
    }

    /** A service's database. */
    public DatabaseAccess database(Database database) {
        return postgres.access(database);
    }

    /** PostgreSQL's superuser, for people who look into the databases. */
    public Credentials databaseAdministrator() {
        return postgres.administrator();
    }

    /** Kafka. */
    public KafkaAccess kafka() {
        return kafka.access();
    }

    /** The MQTT broker. */
    public MqttAccess mqtt() {
        return brokers.access();
    }

    /** The MQTT broker, with TLS. */
    public MqttTlsAccess mqttTls() {
        return brokers.tlsAccess();
    }

    /** The MQTT brokers one by one, and what they are called. */
    public Brokers brokers() {
        return brokers;
    }

    /** Passwords, peppers and keys of this home, made at their first use. */
    public Secrets secrets() {
        return secrets;
    }

    /** The port of that name, as configured or chosen: a component's, or one more of it; for a service, ask before {@link #add}. */
    public int port(String name) {
        String listener = brokerNames.listenerOn(name);
        Optional<RunningProcess> running = supervisor.running(listener);
        if (running.isPresent() && listener.equals(name)) {
            return running.get().port();
        }
        int wanted = running.isPresent() ? 0 : settings.ports().getOrDefault(name, 0);
        return ports.choose(name, wanted, running.isPresent());
    }

    /** Whether clients of the TLS listener have to show a certificate; say it before {@link #use(BrokerExtension)}. */
    public void use(ClientCertificates certificates) {
        brokers.use(certificates);
    }

    /** The extension that HiveMQ runs with from its next start on. Without one it refuses every device. */
    public void use(BrokerExtension extension) {
        use(number -> extension);
    }

    /** The same for each of several nodes, by its number from 1 on. */
    public void use(IntFunction<BrokerExtension> extensions) {
        brokers.use(extensions);
    }

    /** A service that belongs to this platform. */
    public void add(JavaService service) {
        add(new JavaServiceProcess(service));
    }

    /** Another program that belongs to this platform. */
    public void add(Component component) {
        services.add(component);
    }

    /**
     * Starts what is down, each when those that it needs serve.
     *
     * @throws PlatformException something did not come up; what came up before it keeps running
     */
    public StartOutcome start() {
        return HomeLock.holding(home, () -> {
            home.requireSpace();
            components().forEach(Component::requireBuilt);
            boolean started = new StartOrder(components()).startAll(supervisor);
            PlatformStatus now = status();
            return started ? new StartOutcome.Started(now) : new StartOutcome.AlreadyUp(now);
        });
    }

    /** Starts one component again, after {@link #kill} or {@link #stop(String)}; one that runs is stopped first. */
    public void restart(String component) {
        Component wanted = component(component);
        wanted.requireBuilt();
        Launched launched = HomeLock.holding(home, () -> {
            supervisor.stop(component);
            return supervisor.launch(wanted);
        });
        // What it waits for may have to be started too.
        supervisor.await(launched);
    }

    /** Kills one component with SIGKILL, as a crash would, and waits until it is gone. */
    public void kill(String component) {
        supervisor.kill(component);
    }

    /** Stops one component cleanly. */
    public void stop(String component) {
        HomeLock.holding(home, () -> {
            supervisor.stop(component);
            return component;
        });
    }

    /** Stops everything that runs in this home, the services first and the databases last; says what that was. */
    public List<String> stop() {
        return HomeLock.holding(home, () -> stopInTurn(supervisor.alive()));
    }

    /** Stops what this platform object started and owns; what ran before goes on. Says what that was. */
    public List<String> stopOwn() {
        return HomeLock.holding(home, () -> stopInTurn(supervisor.own()));
    }

    /** How every component is, really; also those that another program added to this home. */
    public PlatformStatus status() {
        return new PlatformStatus(home.root(), new Inspection(supervisor).of(components(), parts()));
    }

    /** What every running component has used, in the order of starting. */
    public List<ComponentUsage> usage() {
        return new Inspection(supervisor).usage();
    }

    /** Where a component writes what it has to say; its earlier runs lie beside it. */
    public Path log(String component) {
        return home.log(component);
    }

    /** Ends what this platform object started, if it is to end with this JVM, as its {@link Lifetime} says. */
    @Override
    public void close() {
        switch (settings.lifetime()) {
            case DETACHED -> {}
            case OWNED -> stopOwn();
            case FLEETING -> {
                supervisor.alive().forEach(supervisor::kill);
                CachedFiles.delete(home.root());
            }
        }
    }

    private List<String> stopInTurn(List<String> names) {
        List<String> stopping = new ArrayList<>(names);
        Collections.reverse(stopping);
        stopping.forEach(supervisor::stop);
        return stopping;
    }

    private List<Component> components() {
        List<Component> all = new ArrayList<>();
        for (Component part : parts()) {
            if (settings.parts().stream().anyMatch(wanted -> wanted.covers(part.name()))) {
                all.add(part);
            }
        }
        all.addAll(services);
        return all;
    }

    private List<Component> parts() {
        List<Component> parts = new ArrayList<>(List.of(postgres, kafka));
        parts.addAll(brokers.components());
        return parts;
    }

    private Component component(String name) {
        return components().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PlatformException(
                        "There is no component " + name + ".",
                        "There are: "
                                + String.join(
                                        ", ",
                                        components().stream()
                                                .map(Component::name)
                                                .toList()) + "."));
    }
}
