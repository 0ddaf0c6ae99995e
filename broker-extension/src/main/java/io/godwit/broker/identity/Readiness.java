package io.godwit.broker.identity;

import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * For which tenants this node may let devices in. A tenant is ready when its partition of every {@code fleet} topic has been
 * read to where it ended at first sight, and its topic set can be written to and read from.
 */
public final class Readiness {
    private final Map<TopicSet, Progress> sets = new ConcurrentHashMap<>();
    private volatile boolean topicsKnown;
    private volatile BooleanSupplier fleetReader = () -> true;
    private volatile BooleanSupplier downlinkReader = () -> true;

    private static final class Progress {
        private final int fleetPartitions;
        private final BitSet fleetRead = new BitSet();
        private boolean announced;
        private boolean downlink;

        private Progress(int fleetPartitions) {
            this.fleetPartitions = fleetPartitions;
        }
    }

    /**
     * Whatever has been read, nobody is ready while a reader is not at work: revocations would be missed, or devices let in
     * that nothing is delivered to.
     */
    public void dependsOn(BooleanSupplier fleetReaderWorks, BooleanSupplier downlinkReaderWorks) {
        fleetReader = fleetReaderWorks;
        downlinkReader = downlinkReaderWorks;
    }

    /** A topic set exists; nothing of it has been read. A set that is known already, with as many partitions, stays as it is. */
    public void discovered(TopicSet set, int fleetPartitions) {
        sets.compute(
                set,
                (name, known) -> known != null && known.fleetPartitions == fleetPartitions
                        ? known
                        : new Progress(fleetPartitions));
    }

    /** All topic sets that Kafka has at present were {@link #discovered}. */
    public void topicsKnown() {
        topicsKnown = true;
    }

    /** That partition of the set's {@code fleet} has been read to its end. */
    public void fleetRead(TopicSet set, int partition) {
        update(set, progress -> progress.fleetRead.set(partition));
    }

    /** This boot of the node stands in every partition of the set's {@code to-sm-sr}. */
    public void announced(TopicSet set) {
        update(set, progress -> progress.announced = true);
    }

    /** Whatever enters the set's {@code to-euicc} from now on will be seen. */
    public void downlinkPositioned(TopicSet set) {
        update(set, progress -> progress.downlink = true);
    }

    /** Whether all that Kafka holds about the tenant is known here, its absence included. */
    public boolean knows(TenantId tenant) {
        return topicsKnown
                && fleetReader.getAsBoolean()
                && sets.values().stream().allMatch(progress -> {
                    synchronized (progress) {
                        return progress.fleetRead.get(RecordKey.fleetPartition(tenant, progress.fleetPartitions));
                    }
                });
    }

    /** Whether all that Kafka holds about all tenants is known here. */
    public boolean knowsAll() {
        return topicsKnown
                && fleetReader.getAsBoolean()
                && sets.values().stream().allMatch(progress -> {
                    synchronized (progress) {
                        return progress.fleetRead.cardinality() == progress.fleetPartitions;
                    }
                });
    }

    /** Whether devices of tenants in that set can be served. */
    public boolean serves(TopicSet set) {
        Progress progress = sets.get(set);
        if (progress == null || !downlinkReader.getAsBoolean()) {
            return false;
        }
        synchronized (progress) {
            return progress.announced && progress.downlink;
        }
    }

    /** A sentence for the log: what is still missing of that set; empty when it is served and its fleet is read. */
    public Optional<String> missing(TopicSet set) {
        Progress progress = sets.get(set);
        if (progress == null) {
            return Optional.of("its topics do not exist");
        }
        synchronized (progress) {
            if (progress.fleetRead.cardinality() < progress.fleetPartitions) {
                return Optional.of("fleet is not read to its end");
            }
            if (!progress.announced) {
                return Optional.of("to-sm-sr cannot be written to");
            }
            return progress.downlink ? Optional.empty() : Optional.of("to-euicc cannot be read");
        }
    }

    private void update(TopicSet set, java.util.function.Consumer<Progress> change) {
        Progress progress = sets.get(set);
        if (progress != null) {
            synchronized (progress) {
                change.accept(progress);
            }
        }
    }
}
