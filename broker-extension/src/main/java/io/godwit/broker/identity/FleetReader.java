package io.godwit.broker.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.godwit.broker.identity.FleetView.Revoked;
import io.godwit.broker.kafka.KafkaSettings;
import io.godwit.broker.kafka.TopicWatch.Partitions;
import io.godwit.broker.kafka.WorkerThread;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every {@code fleet} topic from its beginning into the {@link FleetView}, and says when it has caught up. */
public final class FleetReader extends WorkerThread {
    private static final Logger LOG = LoggerFactory.getLogger(FleetReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final FleetView fleet;
    private final Readiness readiness;
    private final Audience audience;
    private final Map<TopicPartition, TopicSet> owners = new HashMap<>();
    private final Map<TopicPartition, Long> targets = new HashMap<>();
    private volatile Map<TopicSet, Partitions> wanted = Map.of();

    /** Told what has changed, on the reader's thread, when the view shows it already; told again after a fault. */
    public interface Audience {
        /** Somebody may not be connected any more. */
        void revoked(Revoked revoked);

        /** That device is or was in other groups, maybe. */
        void changed(TenantId tenant, Nid nid);

        /** That tenant has or had other trust anchors, maybe. */
        void changed(TenantId tenant);
    }

    public FleetReader(KafkaSettings settings, FleetView fleet, Readiness readiness, Audience audience) {
        super("godwit-fleet");
        this.consumer = new KafkaConsumer<>(
                settings.consumer("fleet"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.fleet = fleet;
        this.readiness = readiness;
        this.audience = audience;
    }

    /** What there is to read; from any thread. */
    public void want(Map<TopicSet, Partitions> sets) {
        wanted = Map.copyOf(sets);
    }

    @Override
    protected void round() throws InterruptedException {
        assign();
        if (owners.isEmpty()) {
            Thread.sleep(POLL.toMillis());
            return;
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        try {
            records.forEach(this::take);
        } catch (Throwable e) {
            // Left as it is, the consumer would go on behind what was not taken in, and a revocation might be missed.
            records.partitions()
                    .forEach(partition -> consumer.seek(
                            partition, records.records(partition).get(0).offset()));
            throw e;
        }
        caughtUp();
    }

    @Override
    protected void end() {
        consumer.close();
    }

    private void assign() {
        Set<TopicPartition> fresh = new HashSet<>();
        wanted.forEach((set, partitions) -> {
            for (TopicPartition partition : partitions.fleet()) {
                if (owners.putIfAbsent(partition, set) == null) {
                    fresh.add(partition);
                }
            }
        });
        if (!fresh.isEmpty()) {
            // Those assigned before keep their place.
            consumer.assign(owners.keySet());
            consumer.seekToBeginning(fresh);
            targets.putAll(endsOf(fresh));
        }
    }

    private Map<TopicPartition, Long> endsOf(Collection<TopicPartition> partitions) {
        try {
            return consumer.endOffsets(partitions);
        } catch (RuntimeException e) {
            // Assigned but without a target they would never count as read: forget them, and the next round asks again.
            owners.keySet().removeAll(partitions);
            throw e;
        }
    }

    private void caughtUp() {
        targets.entrySet().removeIf(target -> {
            if (consumer.position(target.getKey()) < target.getValue()) {
                return false;
            }
            TopicSet set = owners.get(target.getKey());
            if (set != null) {
                readiness.fleetRead(set, target.getKey().partition());
                LOG.info(
                        "The fleet is read. topicSet={} partition={} devices={}",
                        set.name(),
                        target.getKey().partition(),
                        fleet.size());
            }
            return true;
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Optional<FleetRecord> fact;
        Optional<Revoked> revoked;
        try {
            fact = Optional.ofNullable(record.value()).map(Octets::of).map(FleetRecord::decode);
            revoked = fact.isPresent() ? fleet.apply(fact.get()) : forgotten(record);
        } catch (RuntimeException e) {
            // Not only a malformed one: whatever one tenant's record is, it must not stop the reading for all.
            LOG.error(
                    "A fleet record was not understood and is left out. topic={} partition={} offset={} fault={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.toString());
            return;
        }
        revoked.ifPresent(audience::revoked);
        if (fact.isPresent() && fact.get() instanceof FleetRecord.Device device) {
            audience.changed(device.tenant(), device.nid());
        } else if (fact.isPresent() && fact.get() instanceof FleetRecord.Tenant tenant) {
            int unreadable = fleet.trustAnchors(tenant.tenant()).unreadable();
            if (unreadable > 0) {
                LOG.error(
                        "Trust anchors of a tenant are left out. tenant={} unreadable={}", tenant.tenant(), unreadable);
            }
            audience.changed(tenant.tenant());
        }
    }

    private Optional<Revoked> forgotten(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null
                ? Optional.empty()
                : Gatekeeper.Claim.of(new String(record.key(), UTF_8))
                        .flatMap(device -> fleet.remove(device.tenant(), device.nid()));
    }
}
