package io.godwit.broker;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.extension.sdk.api.auth.Authorizer;
import com.hivemq.extension.sdk.api.services.Services;
import io.godwit.broker.downlink.Delivery;
import io.godwit.broker.downlink.DownlinkReader;
import io.godwit.broker.downlink.GroupSubscriptions;
import io.godwit.broker.downlink.GroupTopics;
import io.godwit.broker.identity.AccessRule;
import io.godwit.broker.identity.ConnectListener;
import io.godwit.broker.identity.FleetReader;
import io.godwit.broker.identity.FleetView;
import io.godwit.broker.identity.FleetView.Revoked;
import io.godwit.broker.identity.Gatekeeper;
import io.godwit.broker.identity.Readiness;
import io.godwit.broker.identity.TrustStoreFile;
import io.godwit.broker.kafka.Circuits;
import io.godwit.broker.kafka.KafkaSettings;
import io.godwit.broker.kafka.Recorder;
import io.godwit.broker.kafka.TopicWatch;
import io.godwit.broker.kafka.TopicWatch.Partitions;
import io.godwit.broker.metrics.BridgeMetrics;
import io.godwit.broker.presence.Closer;
import io.godwit.broker.presence.Closing;
import io.godwit.broker.presence.Connections;
import io.godwit.broker.presence.DeviceConnection;
import io.godwit.broker.presence.LifecycleListener;
import io.godwit.broker.presence.NodeIdentity;
import io.godwit.broker.presence.PresenceJournal;
import io.godwit.broker.uplink.Admission;
import io.godwit.broker.uplink.RateLimits;
import io.godwit.broker.uplink.Uplink;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of the running extension, put together in the order in which a message passes them. */
final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final long SWEEP_MILLIS = 1000;

    private final BridgeConfig config;
    private final NodeIdentity node;
    private final BridgeMetrics metrics;
    private final FleetView fleet = new FleetView();
    private final Readiness readiness = new Readiness();
    private final Connections connections;
    private final GroupTopics topics = new GroupTopics(UUID.randomUUID().toString());
    private final GroupSubscriptions groups;
    private final RateLimits rates;
    private final Circuits circuits;
    private final Recorder recorder;
    private final Closer closer;
    private final PresenceJournal journal;
    private final FleetReader fleetReader;
    private final DownlinkReader downlinkReader;
    private final TopicWatch topicWatch;
    private final Sweep sweep;
    private final Optional<TrustStoreFile> trustStore;
    private final Set<TopicSet> announced = new HashSet<>();

    Bridge(BridgeConfig config, MetricRegistry registry) {
        this.config = config;
        this.node = new NodeIdentity(config.node(), UUID.randomUUID().toString());
        this.metrics = new BridgeMetrics(registry);
        Clock clock = Clock.systemUTC();
        KafkaSettings kafka = new KafkaSettings(config.kafka(), config.node());
        BridgeConfig.Limits limits = config.limits();
        BridgeConfig.Timing timing = config.timing();
        this.connections = new Connections(limits.connectionsPerDevice());
        this.groups = new GroupSubscriptions(Services.subscriptionStore(), fleet, connections, topics);
        this.rates = new RateLimits(limits.messagesPerSecond(), limits.burst());
        this.circuits = new Circuits(timing.circuitPause());
        this.closer = new Closer(Services.clientService(), connections, timing.disconnectJitter(), metrics);
        this.recorder = new Recorder(kafka, timing.record(), timing.linger(), limits.inFlightPerNode(), circuits);
        this.journal = new PresenceJournal(node, fleet, recorder, closer, clock);
        this.fleetReader = new FleetReader(kafka, fleet, readiness, fleetAudience());
        this.downlinkReader = new DownlinkReader(
                kafka,
                new Delivery(
                        node,
                        fleet,
                        connections,
                        closer,
                        topics,
                        groups,
                        Services.publishService(),
                        metrics,
                        clock,
                        limits.deliveriesInFlight()),
                readiness);
        readiness.dependsOn(fleetReader::works, downlinkReader::works);
        this.topicWatch = new TopicWatch(kafka, timing.topicsInterval(), circuits, this::found);
        Uplink uplink = new Uplink(
                new Admission(limits.messageOctets()),
                rates,
                recorder,
                fleet,
                node,
                closer,
                metrics,
                clock,
                limits.inFlightPerConnection(),
                timing.heldAtMost());
        this.trustStore = config.trustStore().map(store -> new TrustStoreFile(store.file(), store.password()));
        this.sweep = new Sweep(
                Duration.ofMillis(SWEEP_MILLIS),
                List.of(
                        () -> rates.sweep(System.nanoTime()),
                        journal::retry,
                        groups::retry,
                        this::closeStalled,
                        this::keepTrustStore));
        listen(new ClientRooms(uplink, fleet, connections, topics, groups, journal, closer, metrics));
    }

    /** From here on clients are answered; those of tenants that are not ready yet are told to come back. */
    void start() {
        metrics.inFlight(() -> recorder.inFlight() - journal.inFlight());
        metrics.gauge("presence.in-flight", journal::inFlight);
        metrics.gauge("fleet.devices", fleet::size);
        metrics.gauge("connections", connections::size);
        metrics.gauge("rate.buckets", rates::size);
        metrics.gauge("kafka.reached", () -> circuits.isReached() ? 1 : 0);
        topicWatch.start();
        fleetReader.start();
        downlinkReader.start();
        sweep.start();
        LOG.info(
                "The bridge has started. node={} boot={} kafka={} ratePerSecond={} burst={} maxOctets={}",
                node.node(),
                node.boot(),
                config.kafka().get("bootstrap.servers"),
                config.limits().messagesPerSecond(),
                config.limits().burst(),
                config.limits().messageOctets());
    }

    @Override
    public void close() {
        topicWatch.close();
        downlinkReader.close();
        fleetReader.close();
        sweep.close();
        closer.close();
        recorder.close();
        metrics.close();
    }

    private void listen(ClientRooms rooms) {
        ConnectListener connect = new ConnectListener(
                new Gatekeeper(
                        config.pepper(),
                        fleet,
                        readiness,
                        set -> circuits.of(set).isClosed()),
                metrics,
                Clock.systemUTC());
        Authorizer access = new AccessRule(metrics);
        LifecycleListener lifecycle = new LifecycleListener(connections, groups, journal);
        Services.initializerRegistry().setClientInitializer(rooms);
        Services.eventRegistry().setClientLifecycleEventListener(input -> lifecycle);
        Services.securityRegistry().setAuthorizerProvider(input -> access);
        Services.interceptorRegistry().setConnectInboundInterceptorProvider(input -> connect);
        // Last, because until then HiveMQ refuses everybody.
        Services.securityRegistry().setAuthenticatorProvider(input -> connect);
    }

    /** The topic sets of this moment; on the thread that looks for them. */
    private void found(Map<TopicSet, Partitions> sets) throws InterruptedException {
        sets.forEach((set, partitions) ->
                readiness.discovered(set, partitions.fleet().size()));
        readiness.topicsKnown();
        fleetReader.want(sets);
        downlinkReader.want(sets);
        for (Map.Entry<TopicSet, Partitions> entry : sets.entrySet()) {
            TopicSet set = entry.getKey();
            // Asked in every round, so that the producer always knows the topic and never has to wait for it.
            boolean known =
                    recorder.partitions(set.toSmSr()) == entry.getValue().toSmSr();
            if (known
                    && !announced.contains(set)
                    && journal.nodeStarted(
                            set,
                            entry.getValue().toSmSr(),
                            config.timing().record().toMillis() + SWEEP_MILLIS)) {
                announced.add(set);
                readiness.announced(set);
                LOG.info(
                        "A topic set can be written to. topicSet={} partitions={}",
                        set.name(),
                        entry.getValue().toSmSr());
            }
        }
    }

    private FleetReader.Audience fleetAudience() {
        return new FleetReader.Audience() {
            @Override
            public void revoked(Revoked revoked) {
                revoke(revoked);
            }

            @Override
            public void changed(TenantId tenant, Nid nid) {
                groups.changed(tenant, nid);
            }

            @Override
            public void changed(TenantId tenant) {
                connections.of(tenant).stream()
                        .filter(connection -> connection.restsOnNoneOf(fleet.trustAnchors(tenant)::has))
                        .forEach(connection -> closer.now(connection, Closing.REVOKED));
            }
        };
    }

    /** Somebody may not be connected any more; on the thread that reads the fleet. */
    private void revoke(Revoked revoked) {
        List<DeviceConnection> those = revoked.nid() == null
                ? connections.of(revoked.tenant())
                : connections.of(RecordKey.of(revoked.tenant(), revoked.nid()));
        those.forEach(connection -> closer.now(connection, Closing.REVOKED));
    }

    /** Not before all tenants are known: their devices would be shut out until then. */
    private void keepTrustStore() {
        if (readiness.knowsAll()) {
            trustStore.ifPresent(store -> store.keep(fleet.trustAnchors()));
        }
    }

    private void closeStalled() {
        long stalled = config.timing().stalled().toNanos();
        for (DeviceConnection connection : connections.all()) {
            if (connection.isStalled(stalled)) {
                closer.now(connection, Closing.KAFKA_TROUBLE);
            }
        }
    }
}
