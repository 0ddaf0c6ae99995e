package io.godwit.broker.presence;

import io.godwit.broker.identity.FleetView;
import io.godwit.broker.kafka.Receipt;
import io.godwit.broker.kafka.Records;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.PresenceRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tells the SM-SR, in the order of things, which connection of a device can be served. An Online that cannot be told closes
 * the connection, so that the device comes again; an Offline is told later.
 */
public final class PresenceJournal {
    /** More than that are not kept for later: provisioning then learns of it when a command is not answered. */
    private static final int MAX_UNTOLD = 200_000;

    private final NodeIdentity node;
    private final FleetView fleet;
    private final Records records;
    private final Closer closer;
    private final Clock clock;
    private final Map<String, DeviceConnection> untold = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    public PresenceJournal(NodeIdentity node, FleetView fleet, Records records, Closer closer, Clock clock) {
        this.node = node;
        this.fleet = fleet;
        this.records = records;
        this.closer = closer;
        this.clock = clock;
    }

    /** The connection has subscribed: its device can be served. */
    public void online(DeviceConnection connection) {
        connection.online(() -> tell(
                connection,
                new PresenceRecord.Online(clock.instant(), node.node(), node.boot(), connection.id()),
                () -> closer.soon(connection, Closing.PRESENCE_LOST)));
    }

    /** The connection is gone, or does not subscribe any more; told once, and only of one that was online. */
    public void offline(DeviceConnection connection) {
        connection.offline(() -> tellOffline(connection));
    }

    /** Tells again what could not be told, each once. */
    public void retry() {
        // From a copy of the keys: what is lost at once comes back while we go round, and would be met again without
        // end.
        for (String id : List.copyOf(untold.keySet())) {
            DeviceConnection connection = untold.remove(id);
            if (connection != null) {
                connection.ifOffline(() -> tellOffline(connection));
            }
        }
    }

    /** Records of this journal on their way into Kafka. */
    public int inFlight() {
        return inFlight.get();
    }

    /**
     * Writes into every partition of the set's {@code to-sm-sr} that this boot of the node has begun, which voids what older
     * boots said. Waits; not for HiveMQ's threads.
     *
     * @return whether all of it is in Kafka
     */
    public boolean nodeStarted(TopicSet set, int partitions, long timeoutMillis) throws InterruptedException {
        RecordStamp stamp = RecordStamp.of(node);
        PresenceRecord started = new PresenceRecord.NodeStarted(clock.instant(), node.node(), node.boot());
        CountDownLatch settled = new CountDownLatch(partitions);
        AtomicInteger recorded = new AtomicInteger();
        for (int partition = 0; partition < partitions; partition++) {
            Runnable whenRecorded = () -> {
                recorded.incrementAndGet();
                settled.countDown();
            };
            record(set, UplinkRecords.presence(set, partition, stamp, started), whenRecorded, settled::countDown);
        }
        return settled.await(timeoutMillis, TimeUnit.MILLISECONDS) && recorded.get() == partitions;
    }

    private void tellOffline(DeviceConnection connection) {
        tell(connection, new PresenceRecord.Offline(clock.instant(), node.node(), node.boot(), connection.id()), () -> {
            if (untold.size() < MAX_UNTOLD) {
                untold.put(connection.id(), connection);
            }
        });
    }

    private void tell(DeviceConnection connection, PresenceRecord presence, Runnable whenLost) {
        Optional<TopicSet> set = fleet.topicSet(connection.device().tenant());
        if (set.isEmpty()) {
            // The tenant is suspended: its devices are refused, whatever their presence was.
            return;
        }
        Runnable nobodyWaits = () -> {};
        record(
                set.get(),
                UplinkRecords.presence(set.get(), RecordStamp.of(node, connection), presence),
                nobodyWaits,
                whenLost);
    }

    private void record(
            TopicSet set, ProducerRecord<byte[], byte[]> presence, Runnable whenRecorded, Runnable whenLost) {
        inFlight.incrementAndGet();
        records.record(set, presence, new Receipt() {
            @Override
            public void recorded() {
                inFlight.decrementAndGet();
                whenRecorded.run();
            }

            @Override
            public void lost() {
                inFlight.decrementAndGet();
                whenLost.run();
            }
        });
    }
}
