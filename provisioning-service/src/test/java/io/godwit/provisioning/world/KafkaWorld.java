package io.godwit.provisioning.world;

import io.godwit.gsma.crypto.SecretOctets;
import io.godwit.kit.kafka.KafkaSettings;
import io.godwit.protocol.Address;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Iccid;
import io.godwit.protocol.MessageType;
import io.godwit.protocol.MqttTopic;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.ProfileOwner;
import io.godwit.protocol.RspMessage;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.body.StepBodyCodec;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonReader;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.CampaignPlan;
import io.godwit.protocol.record.ControlRecord;
import io.godwit.protocol.record.EncryptedSubscription;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.EventRecord;
import io.godwit.protocol.record.FleetRecord;
import io.godwit.protocol.record.OrderRecord;
import io.godwit.protocol.record.PresenceRecord;
import io.godwit.protocol.record.ProfileDownload;
import io.godwit.protocol.record.ProfileTarget;
import io.godwit.protocol.record.RequestPolicy;
import io.godwit.protocol.record.RequestRule;
import io.godwit.simulator.card.CardFactory;
import io.godwit.simulator.card.CardState;
import io.godwit.simulator.card.Ecasd;
import io.godwit.simulator.card.EuiccCard;
import io.godwit.simulator.device.Action;
import io.godwit.simulator.device.AgentSettings;
import io.godwit.simulator.device.Input;
import io.godwit.simulator.fleet.Eum;
import io.godwit.simulator.fleet.Registrations;
import io.godwit.simulator.fleet.TransportEncryption;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Registry, broker and devices around a running service, by Kafka records alone. One thread: {@link #until} moves the
 * messages while it waits.
 */
public final class KafkaWorld implements AutoCloseable {
    /** Whose the profiles of virtual cards are, as their EISs say. */
    public static final ProfileOwner OWNER = new ProfileOwner("test-operator");

    public static final int PARTITIONS = 4;

    private static final RspMessageCodec MESSAGES = new RspMessageCodec(RspMessageCodec.DEFAULT_MAX_OCTETS);
    private static final JsonReader READER = new JsonReader(1024 * 1024, 32);

    private final TopicSet topics;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, VirtualDevice> devices = new HashMap<>();
    private final Map<String, Set<Gid>> groupsOf = new HashMap<>();
    private final List<ToGroup> toGroups = new ArrayList<>();
    private final List<StepBody> told = new ArrayList<>();
    private final Map<String, Integer> delivered = new HashMap<>();
    private final Map<String, Octets> latest = new HashMap<>();
    private final List<ControlRecord> controls = new ArrayList<>();
    private final Map<String, Instant> connects = new HashMap<>();
    private final Map<TenantId, Long> versions = new HashMap<>();
    private final List<EventRecord> events = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> deadLetters = new ArrayList<>();
    private final Random random = new Random(1);
    private int devicesMade;
    private int connections;

    public KafkaWorld(TopicSet topics) {
        this.topics = topics;
        KafkaSettings settings = KafkaSettings.from(ConfigProvider.getConfig());
        createTopics(settings);
        this.producer = new KafkaProducer<>(settings.producer("world"));
        this.consumer = new KafkaConsumer<>(settings.consumer("world-" + UUID.randomUUID(), "world"));
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition(topics.toEuicc(), i));
            partitions.add(new TopicPartition(topics.events(), i));
            partitions.add(new TopicPartition(topics.deadLetter(), i));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void createTopics(KafkaSettings settings) {
        try (Admin admin = Admin.create(settings.admin("world"))) {
            for (String topic : topics.topics()) {
                try {
                    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public List<EventRecord> events() {
        return events;
    }

    public List<ConsumerRecord<String, byte[]>> deadLetters() {
        return deadLetters;
    }

    /** Those of the tenant's records: other tests leave theirs behind. */
    public List<ConsumerRecord<String, byte[]>> deadLetters(TenantId tenant) {
        return deadLetters.stream()
                .filter(record -> record.headers().lastHeader(RecordHeaders.TENANT) != null
                        && header(record, RecordHeaders.TENANT).equals(tenant.value()))
                .toList();
    }

    /** Orders to broker nodes so far, of all tenants. */
    public List<ControlRecord> controls() {
        return List.copyOf(controls);
    }

    /** The next fleet version of the tenant. */
    public long nextVersion(TenantId tenant) {
        return versions.merge(tenant, 1L, Long::sum);
    }

    public long version(TenantId tenant) {
        return versions.getOrDefault(tenant, 0L);
    }

    public void tenant(TenantId tenant) {
        fleet(new FleetRecord.Tenant(tenant, nextVersion(tenant), topics, "default", true));
    }

    /** The tenant again, with that answer to cards that ask. */
    public void policy(TenantId tenant, RequestRule rule) {
        policy(tenant, new RequestPolicy(List.of(rule)));
    }

    /** The tenant again, with that policy. */
    public void policy(TenantId tenant, RequestPolicy policy) {
        fleet(new FleetRecord.Tenant(tenant, nextVersion(tenant), topics, "default", true, List.of(), policy));
    }

    public void group(TenantId tenant, String gid, @Nullable EsFunction onRequest) {
        answeringGroup(tenant, gid, onRequest == null ? RequestPolicy.NONE : RequestPolicy.automatic(onRequest));
    }

    /** The group, with that policy. */
    public void answeringGroup(TenantId tenant, String gid, RequestPolicy policy) {
        fleet(new FleetRecord.Group(tenant, nextVersion(tenant), new Gid(gid), policy, FleetRecord.FIRST_EPOCH, true));
    }

    public void fleet(FleetRecord fact) {
        ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(
                topics.fleet(),
                RecordKey.fleetPartition(fact.tenant(), PARTITIONS),
                fact.key(),
                fact.encode().toBytes());
        send(kafka, fact.tenant());
    }

    /** Announces a device and registers its card. */
    public VirtualDevice enrol(TenantId tenant, String nid, String... groups) {
        VirtualDevice device = announce(tenant, nid, groups);
        register(tenant, device);
        return device;
    }

    /** The same with a card that executes group packages. */
    public VirtualDevice enrolInGroup(TenantId tenant, String nid, String... groups) {
        devicesMade++;
        VirtualDevice device = new VirtualDevice(
                new Nid(nid), VirtualDevice.withGroupExtension(devicesMade), AgentSettings.DEFAULT, random);
        devices.put(RecordKey.of(tenant, device.nid()), device);
        announce(tenant, device, groups);
        register(tenant, device);
        return device;
    }

    /** The same with a card that profiles can be downloaded to. */
    public VirtualDevice enrolForDownloads(TenantId tenant, String nid, Eum eum, String... groups) {
        return enrolForDownloads(tenant, nid, eum, UnaryOperator.identity(), groups);
    }

    /** The same with what {@code told} makes of its EIS. */
    public VirtualDevice enrolForDownloads(
            TenantId tenant, String nid, Eum eum, UnaryOperator<Json.Obj> told, String... groups) {
        devicesMade++;
        EuiccCard card = VirtualDevice.card(devicesMade);
        Ecasd ecasd = eum.equip(card.state().eid(), new SecureRandom(), Instant.now());
        VirtualDevice device =
                new VirtualDevice(new Nid(nid), CardFactory.withEcasd(card, ecasd), AgentSettings.DEFAULT, random);
        devices.put(RecordKey.of(tenant, device.nid()), device);
        announce(tenant, device, groups);
        register(tenant, device, device.card(), told);
        return device;
    }

    /** The same with a card whose extension has a key of its own: profiles can also come to it from other cards. */
    public VirtualDevice enrolAsPeer(TenantId tenant, String nid, Eum eum, String... groups) {
        devicesMade++;
        EuiccCard card = VirtualDevice.card(devicesMade);
        SecureRandom secure = new SecureRandom();
        EuiccCard extended = CardFactory.withGroupExtension(
                CardFactory.withEcasd(card, eum.equip(card.state().eid(), secure, Instant.now())),
                eum.extend(card.state().eid(), secure, Instant.now()));
        VirtualDevice device = new VirtualDevice(new Nid(nid), extended, AgentSettings.DEFAULT, random);
        devices.put(RecordKey.of(tenant, device.nid()), device);
        announce(tenant, device, groups);
        register(tenant, device);
        return device;
    }

    /** A device's message that it would not publish by itself; returns nothing that it does about it. */
    public void forge(TenantId tenant, Nid author, Address address, StepBody body) {
        ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(
                topics.toSmSr(),
                RecordKey.of(tenant, author),
                RspMessageCodec.encode(body.toMessage(address, author)).toBytes());
        header(kafka, RecordHeaders.NID, author.value());
        header(kafka, RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE);
        header(kafka, RecordHeaders.MQTT_TOPIC, body.step().topic().literal());
        send(kafka, tenant);
    }

    /** What devices have been told of their requests, in its order. */
    public List<StepBody> told() {
        return told;
    }

    /** How many messages of that id were for devices. */
    public int delivered(String id) {
        return delivered.getOrDefault(id, 0);
    }

    /** What the last message of that id had for a device. */
    public Optional<StepBody> body(String id) {
        return Optional.ofNullable(latest.get(id)).map(payload -> {
            RspMessageCodec.Decoded message = (RspMessageCodec.Decoded) MESSAGES.decode(MqttTopic.TO_EUICC, payload);
            return ((StepBodyCodec.Decoded) StepBodyCodec.decode(
                            message.step(), message.message().body()))
                    .body();
        });
    }

    /** A message to a group. */
    public record ToGroup(TenantId tenant, RspMessage message) {}

    /** The types of what went to groups of that tenant, in its order. */
    public List<MessageType> toGroups(TenantId tenant) {
        return toGroups.stream()
                .filter(sent -> sent.tenant().equals(tenant))
                .map(sent -> sent.message().type())
                .toList();
    }

    /** Announces a device to the fleet; its card is not registered yet. */
    public VirtualDevice announce(TenantId tenant, String nid, String... groups) {
        VirtualDevice device = stranger(tenant, nid);
        announce(tenant, device, groups);
        return device;
    }

    /** A device that the fleet does not know yet. */
    public VirtualDevice stranger(TenantId tenant, String nid) {
        devicesMade++;
        VirtualDevice device = new VirtualDevice(new Nid(nid), devicesMade, AgentSettings.DEFAULT, random);
        devices.put(RecordKey.of(tenant, device.nid()), device);
        return device;
    }

    public void announce(TenantId tenant, VirtualDevice device, String... groups) {
        groupsOf.put(
                RecordKey.of(tenant, device.nid()),
                Stream.of(groups).map(Gid::new).collect(Collectors.toSet()));
        fleet(new FleetRecord.Device(
                tenant,
                nextVersion(tenant),
                device.nid(),
                device.card().eid(),
                Octets.fromHex("00".repeat(32)),
                List.of(groups).stream()
                        .map(gid -> new FleetRecord.Membership(new Gid(gid), 1))
                        .toList(),
                true));
    }

    /** ES1 RegisterEIS, with the keys under the transport key that the service has announced. */
    public void register(TenantId tenant, VirtualDevice device) {
        register(tenant, device, device.card());
    }

    /** The same with the EIS and the keys that its card had once. */
    public void register(TenantId tenant, VirtualDevice device, CardState card) {
        register(tenant, device, card, UnaryOperator.identity());
    }

    /** The same with what {@code told} makes of the EIS. */
    public void register(TenantId tenant, VirtualDevice device, CardState card, UnaryOperator<Json.Obj> told) {
        until(() -> transportKey("sm-sr") != null);
        String jwk =
                io.godwit.protocol.json.JsonWriter.write(transportKey("sm-sr")).toUtf8();
        JsonReader.Read registration = (JsonReader.Read)
                READER.read(new Registrations(tenant, jwk, List.of()).registration(card, device.nid()));
        order(new OrderRecord.RegisterEis(
                tenant,
                UUID.randomUUID().toString(),
                version(tenant),
                "alice",
                Instant.now(),
                device.nid(),
                told.apply(registration.object().object("eis").orElseThrow()),
                registration.object().text("cardKeys").orElseThrow()));
    }

    public static EsFunction enable() {
        return new EsFunction(EsFunction.Name.ENABLE_PROFILE, new ProfileTarget.ByType("operational"));
    }

    /** Orders {@code function} on one card, as the profiles' owner where only that one may. */
    public String order(TenantId tenant, Nid nid, EsFunction function) {
        return order(tenant, nid, function, function.name().isForOwner() ? OWNER : null);
    }

    /** Orders {@code function} on one card, among the profiles of {@code owner}; {@code null}: among all. */
    public String order(TenantId tenant, Nid nid, EsFunction function, @Nullable ProfileOwner owner) {
        String operation = UUID.randomUUID().toString();
        order(new OrderRecord.OnCard(
                tenant,
                operation,
                version(tenant),
                "alice",
                Instant.now(),
                nid,
                function,
                Instant.now().plus(Duration.ofHours(1)),
                owner));
        return operation;
    }

    /** Orders the download of {@code profilePackage}, encrypted for {@code encryptedFor}. */
    public String download(
            TenantId tenant, Nid nid, ProfileDownload download, SecretOctets profilePackage, Iccid encryptedFor) {
        return downloadEncrypted(
                tenant, nid, download, encrypt(tenant, Map.of("iccid", encryptedFor.digits()), profilePackage));
    }

    /** Orders the download of whatever {@code jwe} holds. */
    public String downloadEncrypted(TenantId tenant, Nid nid, ProfileDownload download, @Nullable String jwe) {
        String operation = UUID.randomUUID().toString();
        order(new OrderRecord.DownloadProfile(
                tenant,
                operation,
                version(tenant),
                "alice",
                Instant.now(),
                nid,
                download,
                jwe,
                Instant.now().plus(Duration.ofHours(1))));
        return operation;
    }

    /** Orders the download of a subscription that the SM-DP has in stock. */
    public String downloadFromStock(TenantId tenant, Nid nid, ProfileDownload download) {
        return downloadEncrypted(tenant, nid, download, null);
    }

    /** Encrypts as that tenant's operator does; {@code subject} goes into the header. */
    public String encrypt(TenantId tenant, Map<String, String> subject, SecretOctets content) {
        until(() -> transportKey("sm-dp") != null);
        String jwk =
                io.godwit.protocol.json.JsonWriter.write(transportKey("sm-dp")).toUtf8();
        return new TransportEncryption(jwk, "sm-dp", tenant).encrypt(subject, content);
    }

    /** Brings a template to the SM-DP. */
    public EventRecord.TemplateImported template(TenantId tenant, TemplateId template, String jwe) {
        String operation = UUID.randomUUID().toString();
        order(new OrderRecord.ImportProfileTemplate(tenant, operation, 0, "alice", Instant.now(), template, jwe));
        return imported(EventRecord.TemplateImported.class, operation);
    }

    /** Brings subscriptions to the SM-DP. */
    public EventRecord.SubscriptionsImported subscriptions(
            TenantId tenant, TemplateId template, List<EncryptedSubscription> subscriptions) {
        String operation = UUID.randomUUID().toString();
        order(new OrderRecord.ImportSubscriptions(
                tenant, operation, 0, "alice", Instant.now(), template, subscriptions));
        return imported(EventRecord.SubscriptionsImported.class, operation);
    }

    private <E extends EventRecord.OfStock> E imported(Class<E> kind, String operation) {
        until(() -> events(kind).stream().anyMatch(event -> event.operation().equals(operation)));
        return events(kind).stream()
                .filter(event -> event.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    /** Orders {@code function} on every member, in group mode. */
    public String orderInGroupMode(TenantId tenant, String gid, EsFunction function, CampaignPlan plan) {
        String operation = UUID.randomUUID().toString();
        order(new OrderRecord.OnGroup(
                tenant,
                operation,
                version(tenant),
                "alice",
                Instant.now(),
                new Gid(gid),
                function,
                Instant.now().plus(Duration.ofHours(1)),
                plan));
        return operation;
    }

    public void steer(TenantId tenant, String gid, String campaign, OrderRecord.Steering steering) {
        order(new OrderRecord.SteerCampaign(
                tenant,
                UUID.randomUUID().toString(),
                version(tenant),
                "alice",
                Instant.now(),
                new Gid(gid),
                campaign,
                steering));
    }

    /** Orders {@code function} on every member. */
    public String orderGroup(TenantId tenant, String gid, EsFunction function, long fleetVersion) {
        String operation = UUID.randomUUID().toString();
        order(new OrderRecord.OnGroup(
                tenant,
                operation,
                fleetVersion,
                "alice",
                Instant.now(),
                new Gid(gid),
                function,
                Instant.now().plus(Duration.ofHours(1)),
                null));
        return operation;
    }

    public void order(OrderRecord order) {
        send(new ProducerRecord<>(topics.orders(), order.key(), order.encode().toBytes()), order.tenant());
    }

    /** Any record, as somebody might have written it. */
    public void raw(String topic, @Nullable TenantId tenant, String key, byte[] value) {
        send(new ProducerRecord<>(topic, key, value), tenant);
    }

    public void switchOn(TenantId tenant, VirtualDevice device) {
        act(tenant, device, device.input(new Input.Started(), Instant.now()));
    }

    public void input(TenantId tenant, VirtualDevice device, Input input) {
        act(tenant, device, device.input(input, Instant.now()));
    }

    /** Moves messages until {@code condition} holds; fails after a minute. */
    public void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not happen within a minute; events: "
                        + events.subList(Math.max(0, events.size() - 20), events.size()));
            }
            step(Duration.ofMillis(50));
        }
    }

    /** Moves messages for a while. */
    public void during(Duration time) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            step(Duration.ofMillis(50));
        }
    }

    private void step(Duration wait) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(wait)) {
            if (record.topic().equals(topics.events())) {
                events.add(EventRecord.decode(Octets.of(record.value())));
            } else if (record.topic().equals(topics.deadLetter())) {
                deadLetters.add(record);
            } else if (record.headers().lastHeader(RecordHeaders.GID) != null) {
                toGroup(record);
            } else if (RecordHeaders.KIND_CONTROL.equals(header(record, RecordHeaders.KIND))) {
                controls.add(ControlRecord.decode(Octets.of(record.value())));
            } else if (RecordHeaders.KIND_MESSAGE.equals(header(record, RecordHeaders.KIND))) {
                delivered.merge(header(record, RecordHeaders.MESSAGE_ID), 1, Integer::sum);
                latest.put(header(record, RecordHeaders.MESSAGE_ID), Octets.of(record.value()));
                VirtualDevice device = devices.get(record.key());
                if (device != null) {
                    TenantId tenant = new TenantId(header(record, RecordHeaders.TENANT));
                    act(tenant, device, device.input(new Input.Delivered(Octets.of(record.value())), Instant.now()));
                }
            }
        }
        for (Map.Entry<String, Instant> due : Map.copyOf(connects).entrySet()) {
            if (!Instant.now().isBefore(due.getValue())) {
                connects.remove(due.getKey());
                connect(due.getKey());
            }
        }
        for (Map.Entry<String, VirtualDevice> entry : devices.entrySet()) {
            VirtualDevice device = entry.getValue();
            if (device.state()
                    .wakeAt()
                    .filter(at -> !Instant.now().isBefore(at))
                    .isPresent()) {
                act(tenantOf(entry.getKey()), device, device.input(new Input.Woken(), Instant.now()));
            }
        }
    }

    private void toGroup(ConsumerRecord<String, byte[]> record) {
        Octets payload = Octets.of(record.value());
        TenantId tenant = new TenantId(header(record, RecordHeaders.TENANT));
        toGroups.add(new ToGroup(
                tenant, ((RspMessageCodec.Decoded) MESSAGES.decode(MqttTopic.TO_EUICC, payload)).message()));
        Gid gid = new Gid(header(record, RecordHeaders.GID));
        devices.forEach((key, device) -> {
            if (tenantOf(key).equals(tenant)
                    && groupsOf.getOrDefault(key, Set.of()).contains(gid)) {
                act(tenant, device, device.input(new Input.Delivered(payload), Instant.now()));
            }
        });
    }

    private void connect(String key) {
        VirtualDevice device = devices.get(key);
        if (device != null) {
            TenantId tenant = tenantOf(key);
            connections++;
            presence(tenant, device, new PresenceRecord.Online(Instant.now(), "node-1", "boot-1", "c" + connections));
            act(tenant, device, device.input(new Input.Connected(), Instant.now()));
        }
    }

    private void act(TenantId tenant, VirtualDevice device, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Publish publish) {
                send(uplink(tenant, device, publish.body().step().topic(), device.said(publish)), null);
            } else if (action instanceof Action.Tell tell) {
                told.add(tell.answer());
            } else if (action instanceof Action.Connect connect) {
                connects.put(RecordKey.of(tenant, device.nid()), Instant.now().plus(connect.after()));
            } else if (action instanceof Action.Disconnect) {
                presence(
                        tenant,
                        device,
                        new PresenceRecord.Offline(Instant.now(), "node-1", "boot-1", "c" + connections));
                act(tenant, device, device.input(new Input.Lost(), Instant.now()));
            }
        }
    }

    /** The device says that, without waiting until it is written. */
    public void say(TenantId tenant, VirtualDevice device, StepBody body) {
        Future<RecordMetadata> unused = producer.send(uplink(
                tenant, device, MqttTopic.TO_SM_SR, VirtualDevice.payload(new Address.Single(device.nid()), body)));
    }

    /** The same, of which the broker's node says that it came at that time. */
    public void say(TenantId tenant, VirtualDevice device, StepBody body, Instant at) {
        Future<RecordMetadata> unused = producer.send(uplink(
                tenant,
                device,
                MqttTopic.TO_SM_SR,
                VirtualDevice.payload(new Address.Single(device.nid()), body),
                at.toEpochMilli()));
    }

    private ProducerRecord<String, byte[]> uplink(
            TenantId tenant, VirtualDevice device, MqttTopic topic, Octets payload) {
        return uplink(tenant, device, topic, payload, null);
    }

    private ProducerRecord<String, byte[]> uplink(
            TenantId tenant, VirtualDevice device, MqttTopic topic, Octets payload, @Nullable Long at) {
        ProducerRecord<String, byte[]> kafka =
                new ProducerRecord<>(topics.toSmSr(), null, at, RecordKey.of(tenant, device.nid()), payload.toBytes());
        header(kafka, RecordHeaders.NID, device.nid().value());
        header(kafka, RecordHeaders.KIND, RecordHeaders.KIND_MESSAGE);
        header(kafka, RecordHeaders.MQTT_TOPIC, topic.literal());
        header(kafka, RecordHeaders.TENANT, tenant.value());
        return kafka;
    }

    public void presence(TenantId tenant, VirtualDevice device, PresenceRecord presence) {
        ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(
                topics.toSmSr(),
                RecordKey.of(tenant, device.nid()),
                presence.encode().toBytes());
        header(kafka, RecordHeaders.NID, device.nid().value());
        header(kafka, RecordHeaders.KIND, RecordHeaders.KIND_PRESENCE);
        send(kafka, tenant);
    }

    /** A broker node says in every partition that it has started. */
    public void nodeStarted(String node, String boot) {
        for (int i = 0; i < PARTITIONS; i++) {
            ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(
                    topics.toSmSr(),
                    i,
                    "/" + node,
                    new PresenceRecord.NodeStarted(Instant.now(), node, boot)
                            .encode()
                            .toBytes());
            header(kafka, RecordHeaders.KIND, RecordHeaders.KIND_PRESENCE);
            send(kafka, null);
        }
    }

    public <T extends EventRecord> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** How the operation ended on each card. */
    public List<EventRecord.ProcedureEnded> ended(String operation) {
        return events(EventRecord.ProcedureEnded.class).stream()
                .filter(event -> event.operation().equals(operation))
                .toList();
    }

    private Json.@Nullable Obj transportKey(String role) {
        List<EventRecord.TransportKey> keys = events(EventRecord.TransportKey.class).stream()
                .filter(key -> key.role().equals(role))
                .toList();
        return keys.isEmpty() ? null : keys.get(keys.size() - 1).jwk();
    }

    private static TenantId tenantOf(String key) {
        return new TenantId(key.substring(0, key.indexOf('/')));
    }

    private void send(ProducerRecord<String, byte[]> kafka, @Nullable TenantId tenant) {
        if (tenant != null) {
            header(kafka, RecordHeaders.TENANT, tenant.value());
        }
        try {
            producer.send(kafka).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void header(ProducerRecord<String, byte[]> kafka, String name, String value) {
        kafka.headers().add(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    private static String header(ConsumerRecord<String, byte[]> kafka, String name) {
        return new String(kafka.headers().lastHeader(name).value(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
