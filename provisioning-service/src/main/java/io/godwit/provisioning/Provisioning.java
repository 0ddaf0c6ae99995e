package io.godwit.provisioning;

import io.agroal.api.AgroalDataSource;
import io.godwit.gsma.ecdsa.EcdsaProvider;
import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.kit.outbox.OutboxDispatcher;
import io.godwit.kit.outbox.OutboxSignal;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.provisioning.intake.Circumstances;
import io.godwit.provisioning.intake.Downlink;
import io.godwit.provisioning.intake.DueWork;
import io.godwit.provisioning.intake.Intake;
import io.godwit.provisioning.intake.Meters;
import io.godwit.provisioning.intake.NodeRestarts;
import io.godwit.provisioning.keys.FileMasterKey;
import io.godwit.provisioning.keys.KeyRotation;
import io.godwit.provisioning.keys.MasterKey;
import io.godwit.provisioning.keys.Signing;
import io.godwit.provisioning.keys.SigningSettings;
import io.godwit.provisioning.keys.SmDpRole;
import io.godwit.provisioning.keys.TenantKeys;
import io.godwit.provisioning.keys.TransportKeyRing;
import io.godwit.provisioning.keys.TransportKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service as a whole: puts the rooms together at the start, and takes them apart at the end in reverse order. */
@ApplicationScoped
public class Provisioning {
    /** The consumer group of all replicas. */
    public static final String GROUP = "godwit-provisioning";

    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);

    private final AgroalDataSource application;
    private final AgroalDataSource dispatcher;
    private final Config config;
    private final ProcedureConfig procedures;
    private final IntakeConfig intakes;
    private final GroupConfig groups;
    private final SigningSettings signing;
    private final KeysConfig keys;
    private final MeterRegistry registry;
    private final String instance;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private volatile @Nullable Intake intake;

    Provisioning(
            AgroalDataSource application,
            @DataSource("dispatcher") AgroalDataSource dispatcher,
            Config config,
            ProcedureConfig procedures,
            IntakeConfig intakes,
            GroupConfig groups,
            SigningConfig signing,
            TrustConfig trust,
            KeysConfig keys,
            @ConfigProperty(name = "godwit.instance") Optional<String> instance,
            MeterRegistry registry) {
        this.application = application;
        this.dispatcher = dispatcher;
        this.config = config;
        this.procedures = procedures;
        this.intakes = intakes;
        this.groups = groups;
        this.signing = trust.with(signing);
        this.keys = keys;
        this.registry = registry;
        // Never the same twice, whatever the name: a restarted process must not pass for the one that it replaces.
        this.instance = instance.orElse("provisioning") + "-" + UUID.randomUUID();
    }

    void onStart(@Observes StartupEvent event) throws SQLException {
        KafkaSettings kafka = KafkaSettings.from(config);
        OutboxSignal signal = new OutboxSignal();
        TenantTransaction transactions = new TenantTransaction(application, signal::ring);
        MasterKey master = FileMasterKey.read(keys.masterKeyFile());
        TransportKeyRing transportKeys = TransportKeys.smSr(transactions, master);
        TransportKeyRing smDpTransportKeys = TransportKeys.smDp(transactions, master);
        TenantKeys tenantKeys = TenantKeys.smSr(master);
        TenantKeys smDpTenantKeys = TenantKeys.smDp(master);
        Signing signs =
                Signing.open(transactions, master, signing, Clock.systemUTC().instant());
        Meters meters = new Meters(registry);
        Circumstances circumstances = new Circumstances(
                transactions,
                tenantKeys,
                transportKeys,
                signs,
                new SmDpRole(signs.smDp(), smDpTransportKeys, smDpTenantKeys),
                Clock.systemUTC(),
                () -> ThreadLocalRandom.current().nextDouble(),
                procedures.toRules(),
                groups.repliesPerSecond(),
                meters);
        KeyRotation rotation = new KeyRotation(
                transactions,
                dispatcher,
                List.of(transportKeys, smDpTransportKeys),
                List.of(tenantKeys, smDpTenantKeys),
                keys.toSettings());
        running.push(rotation);
        rotation.start();

        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(downlinkSettings(kafka));
        running.push(producer);
        OutboxDispatcher outbox = new OutboxDispatcher(
                dispatcher, () -> new KafkaProducer<>(kafka.outboxProducer(instance + "-outbox")), signal);
        running.push(outbox);
        outbox.start();
        Downlink downlink = new Downlink(producer, meters);
        DueWork due = new DueWork(dispatcher, circumstances, intakes.toSettings(), downlink);
        running.push(due);
        due.start();
        Intake reading = new Intake(
                () -> new KafkaConsumer<>(consumerSettings(kafka)),
                circumstances,
                intakes.toSettings(),
                downlink,
                new NodeRestarts(circumstances, dispatcher),
                instance);
        running.push(reading);
        reading.start();
        intake = reading;
        LOG.info(
                "The SM-SR is running. instance={} signs={} downloads={} ecdsa={}",
                instance,
                signs.signer().isPresent(),
                signs.smDp().isPresent(),
                EcdsaProvider.chosen().description());
    }

    void onStop(@Observes ShutdownEvent event) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part did not stop in order.", e);
            }
        }
    }

    /** Whether records are being read. */
    boolean isReading() {
        Intake reading = intake;
        return reading != null && reading.isReading();
    }

    private Map<String, Object> downlinkSettings(KafkaSettings kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.producer(instance + "-downlink"));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000);
        return settings;
    }

    private Map<String, Object> consumerSettings(KafkaSettings kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.consumer(GROUP, instance));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, intakes.maxPollRecords());
        // A transaction costs much more than a record in it: a few are waited for, briefly.
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 16 * 1024);
        // What is fetched is read in turns of partitions: a device's flood stands before an order by so much of each,
        // at most.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 * 1024);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int)
                intakes.fetchWait().toMillis());
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int)
                intakes.topicRefresh().toMillis());
        // What moves to another replica moves; the rest is read on meanwhile.
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        return settings;
    }
}
