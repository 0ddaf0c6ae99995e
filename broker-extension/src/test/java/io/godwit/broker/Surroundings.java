package io.godwit.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.local.LocalPlatform;
import io.godwit.local.Part;
import io.godwit.local.PlatformSettings;
import io.godwit.local.bundle.CachedFiles;
import io.godwit.local.hivemq.BrokerExtension;
import io.godwit.protocol.DeviceCredential;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.RequestPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Real HiveMQ with the extension's zip, real Kafka, and in the tests' hands what the services would write. */
final class Surroundings implements AutoCloseable {
    static final TenantId ACME = new TenantId("acme");
    static final TenantId GLOBEX = new TenantId("globex");
    static final int PARTITIONS = 2;

    /** Within which all happens that a test waits for, also where two modules are tested on two slow cores. */
    private static final long PATIENCE_SECONDS = 90;

    private static final Octets PEPPER = Octets.of(new byte[32]).slice(0, 31).plus(Octets.ofInts(7));
    private static final AtomicLong VERSIONS = new AtomicLong();

    /** HiveMQ and Kafka take ten seconds to start, so that tests which break neither use the same. */
    private static @Nullable Surroundings shared;

    /** So impatient that a test of trouble takes seconds. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "record.timeout.milliseconds", "3000",
            "disconnect.jitter.milliseconds", "500",
            "circuit.pause.milliseconds", "1000",
            "topics.interval.milliseconds", "300",
            "rate.messages.per.second", "20",
            "rate.burst", "50");

    private final Path folder;
    private final LocalPlatform platform;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private Surroundings(Map<String, String> settings) {
        try {
            folder = Files.createTempDirectory("godwit-bridge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        platform = LocalPlatform.open(PlatformSettings.in(folder.resolve("home"))
                .with(Part.KAFKA, Part.HIVEMQ)
                .owned());
        settings(settings);
        producer = new KafkaProducer<>(kafkaSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Path zip() {
        return Path.of(System.getProperty("godwit.extension.zip", ""));
    }

    /** Nothing is up. */
    static Surroundings down(Map<String, String> settings) {
        return new Surroundings(settings);
    }

    /** Running with the usual settings; ends with the JVM. */
    static synchronized Surroundings shared() {
        Surroundings running = shared;
        if (running == null) {
            running = running(Map.of());
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-surroundings"));
        }
        return running;
    }

    /** What the extension is set to from its next start on. */
    void settings(Map<String, String> settings) {
        platform.use(new BrokerExtension(zip(), properties(settings)));
    }

    /** Everything is up, and the topic set {@code shared} is there. */
    static Surroundings running(Map<String, String> settings) {
        Surroundings surroundings = new Surroundings(settings);
        surroundings.platform.start();
        surroundings.create(TopicSet.SHARED);
        return surroundings;
    }

    /** HiveMQ's own folder: its configuration, data and extensions. */
    Path hivemqFolder() {
        return folder.resolve("home/hivemq");
    }

    /** Where the brokers' programs lie. */
    Path cache() {
        return PlatformSettings.in(folder).cache();
    }

    LocalPlatform platform() {
        return platform;
    }

    private Map<String, String> properties(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(IMPATIENT);
        all.put("node.name", "broker-1");
        all.put("credential.pepper", PEPPER.toHex());
        all.put("tls.trust.store.file", platform.mqttTls().trustStore().toString());
        all.put("tls.trust.store.password", platform.mqttTls().trustStorePassword());
        platform.kafka().clientProperties().forEach((name, value) -> all.put("kafka." + name, value));
        all.putAll(settings);
        return all;
    }

    void create(TopicSet set) {
        try (Admin admin = Admin.create(kafkaSettings())) {
            admin.createTopics(set.topics().stream()
                            .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Announces a tenant on the set's fleet. */
    void tenant(TenantId tenant, TopicSet set, boolean active, String... deviceTrustAnchors) {
        fleet(
                set,
                new FleetRecord.Tenant(
                        tenant, VERSIONS.incrementAndGet(), set, "default", active, List.of(deviceTrustAnchors)));
    }

    /** Announces a device with a fresh secret, and returns it. */
    String device(TenantId tenant, TopicSet set, String nid, String... groups) {
        String secret = DeviceCredential.newSecret(new SecureRandom());
        device(tenant, set, nid, secret, true, groups);
        secrets.put(nid, secret);
        return secret;
    }

    /** The secret that the device of that nid was announced with last. */
    String secretOf(String nid) {
        return secrets.getOrDefault(nid, "");
    }

    void device(TenantId tenant, TopicSet set, String nid, String secret, boolean active, String... groups) {
        device(tenant, set, nid, secret, active, false, groups);
    }

    /** The device was stolen. */
    void cutOff(TenantId tenant, TopicSet set, String nid, String secret) {
        device(tenant, set, nid, secret, true, true);
    }

    private void device(
            TenantId tenant,
            TopicSet set,
            String nid,
            String secret,
            boolean active,
            boolean cutOff,
            String... groups) {
        List<FleetRecord.Membership> memberships = new ArrayList<>();
        for (String group : groups) {
            memberships.add(new FleetRecord.Membership(new Gid(group), 1));
        }
        fleet(
                set,
                new FleetRecord.Device(
                        tenant,
                        VERSIONS.incrementAndGet(),
                        new Nid(nid),
                        new Eid("89049032123451234512345678901235"),
                        DeviceCredential.verifier(PEPPER, tenant, new Nid(nid), secret),
                        memberships,
                        active,
                        cutOff));
    }

    private void fleet(TopicSet set, FleetRecord record) {
        write(new ProducerRecord<>(
                set.fleet(),
                RecordKey.fleetPartition(record.tenant(), PARTITIONS),
                record.key().getBytes(UTF_8),
                record.encode().toBytes()));
    }

    /** Writes to {@code to-euicc} as provisioning would. */
    void toEuicc(TopicSet set, TenantId tenant, String nid, String kind, Octets payload, long expiresAt) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                set.toEuicc(), RecordKey.of(tenant, new Nid(nid)).getBytes(UTF_8), payload.toBytes());
        record.headers()
                .add(RecordHeaders.TENANT, tenant.value().getBytes(UTF_8))
                .add(RecordHeaders.NID, nid.getBytes(UTF_8))
                .add(RecordHeaders.KIND, kind.getBytes(UTF_8))
                .add(RecordHeaders.EXPIRES_AT, Long.toString(expiresAt).getBytes(UTF_8));
        write(record);
    }

    /** Writes a message to a group to {@code to-euicc} as provisioning would. */
    void toGroup(TopicSet set, TenantId tenant, String gid, Octets payload, long expiresAt) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                set.toEuicc(), RecordKey.of(tenant, new Gid(gid)).getBytes(UTF_8), payload.toBytes());
        record.headers()
                .add(RecordHeaders.TENANT, tenant.value().getBytes(UTF_8))
                .add(RecordHeaders.GID, gid.getBytes(UTF_8))
                .add(RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE.getBytes(UTF_8))
                .add(RecordHeaders.EXPIRES_AT, Long.toString(expiresAt).getBytes(UTF_8));
        write(record);
    }

    /** Announces a group as in use or closed. */
    void group(TenantId tenant, TopicSet set, String gid, boolean active) {
        fleet(
                set,
                new FleetRecord.Group(
                        tenant,
                        VERSIONS.incrementAndGet(),
                        new Gid(gid),
                        RequestPolicy.NONE,
                        FleetRecord.FIRST_EPOCH,
                        active));
    }

    /** Returns when this node knows all that was announced of the tenant so far: its fleet is read in order. */
    void known(TenantId tenant, TopicSet set) {
        String nid = "sentinel-" + tenant;
        new TestDevice(this, tenant, nid, device(tenant, set, nid)).connected().close();
    }

    private void write(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All records of a topic, from its beginning to its end of this moment. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafkaSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(topic, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** The value of a record's header, or nothing. */
    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    Map<String, Object> kafkaSettings() {
        return new HashMap<>(platform.kafka().clientProperties());
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, PATIENCE_SECONDS, condition);
    }

    private static void await(String what, long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within " + seconds + " seconds: " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        platform.close();
        CachedFiles.delete(folder);
    }
}
