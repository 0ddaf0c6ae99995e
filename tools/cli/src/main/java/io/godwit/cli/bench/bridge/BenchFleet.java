package io.godwit.cli.bench.bridge;

import io.godwit.local.access.KafkaAccess;
import io.godwit.protocol.Address;
import io.godwit.protocol.DeviceCredential;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.RspMessageCodec;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.body.StepBody;
import io.godwit.protocol.kafka.RecordHeaders;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Devices for a benchmark of the broker alone, announced on Kafka as the registry would.
 *
 * @param secrets the device secrets; device i is {@code bench-i}
 * @param groupSizes of each size there is a group of that many devices, the first ones
 */
public record BenchFleet(List<String> secrets, List<Integer> groupSizes) {
    public static final TenantId TENANT = new TenantId("bench");
    private static final int PARTITIONS = 4;

    public BenchFleet {
        secrets = List.copyOf(secrets);
        groupSizes = List.copyOf(groupSizes);
    }

    static BenchFleet of(int devices) {
        return of(devices, List.of());
    }

    public static BenchFleet of(int devices, List<Integer> groupSizes) {
        SecureRandom random = new SecureRandom();
        return new BenchFleet(
                IntStream.range(0, devices)
                        .mapToObj(device -> DeviceCredential.newSecret(random))
                        .toList(),
                groupSizes);
    }

    /** The group of the first {@code size} devices. */
    public static Gid groupOf(int size) {
        return new Gid("bench-" + size);
    }

    public String userName(int device) {
        return TENANT + "/" + nid(device);
    }

    public String secret(int device) {
        return secrets.get(device);
    }

    /** A B2 of that device, {@code octets} long. */
    byte[] payload(int device, int octets) {
        Octets shortest = b2(device, 0);
        int packet = Math.max(0, (octets - shortest.length()) / 4 * 3);
        return b2(device, packet).toBytes();
    }

    private static Octets b2(int device, int packetOctets) {
        return RspMessageCodec.encode(new StepBody.CommandResult("bench", 1, Octets.of(new byte[packetOctets]))
                .toMessage(new Address.Single(nid(device))));
    }

    /** Makes the topics and announces the devices. */
    public void announce(KafkaAccess kafka, Octets pepper) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        try (Admin admin = Admin.create(properties)) {
            for (String topic : TopicSet.SHARED.topics()) {
                NewTopic wanted = new NewTopic(topic, PARTITIONS, (short) 1);
                if (topic.equals(TopicSet.SHARED.fleet())) {
                    wanted.configs(Map.of("cleanup.policy", "compact"));
                }
                try {
                    admin.createTopics(List.of(wanted)).all().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
        properties.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            sent.add(producer.send(fleetRecord(new FleetRecord.Tenant(TENANT, 1, TopicSet.SHARED, "default", true))));
            for (int device = 0; device < secrets.size(); device++) {
                sent.add(producer.send(fleetRecord(device(device, pepper))));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }

    private FleetRecord.Device device(int device, Octets pepper) {
        Nid nid = nid(device);
        Octets verifier = DeviceCredential.verifier(pepper, TENANT, nid, secret(device));
        Eid eid = Eid.withCheckDigits(String.format("89%028d", device));
        return new FleetRecord.Device(TENANT, device + 2L, nid, eid, verifier, memberships(device), true);
    }

    private List<FleetRecord.Membership> memberships(int device) {
        return groupSizes.stream()
                .filter(size -> device < size)
                .map(size -> new FleetRecord.Membership(groupOf(size), 1))
                .toList();
    }

    private static ProducerRecord<String, String> fleetRecord(FleetRecord fact) {
        ProducerRecord<String, String> record = new ProducerRecord<>(
                TopicSet.SHARED.fleet(),
                RecordKey.fleetPartition(TENANT, PARTITIONS),
                fact.key(),
                fact.encode().toUtf8());
        record.headers().add(RecordHeaders.TENANT, TENANT.value().getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    private static Nid nid(int device) {
        return new Nid("bench-" + device);
    }
}
