package io.godwit.provisioning.intake;

import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.provisioning.keys.UnwrapException;
import io.godwit.provisioning.postgres.ClaimTable;
import io.godwit.provisioning.postgres.ClaimTable.Advance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll on its way into the state, cut into slices by tenant. Each slice is a transaction that commits only while the
 * partitions are ours; the last one moves their next offsets. When the poll is repeated because it did not end, the
 * high-water mark of each tenant and partition tells what is in the state already.
 */
final class Poll {
    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);

    private final Circumstances circumstances;
    private final OrderSettings settings;
    private final Downlink downlink;
    private final NodeRestarts restarts;
    private final String owner;

    Poll(Circumstances circumstances, OrderSettings settings, Downlink downlink, NodeRestarts restarts, String owner) {
        this.circumstances = circumstances;
        this.settings = settings;
        this.downlink = downlink;
        this.restarts = restarts;
        this.owner = owner;
    }

    /**
     * Takes {@code records} into the state and moves the next offsets as {@code advances} say.
     *
     * @throws PartitionLostException when a partition has another owner; some slices may be committed, which is harmless
     * @throws SQLException when the database is away; the poll is to be repeated
     */
    void take(List<Inbound> records, Collection<Advance> advances) throws SQLException {
        Map<TenantId, List<Inbound>> slices = new LinkedHashMap<>();
        List<Inbound> nobodys = new ArrayList<>();
        for (Inbound inbound : records) {
            TenantId tenant = inbound.tenant();
            if (tenant == null) {
                nobodys.add(inbound);
            } else {
                slices.computeIfAbsent(tenant, key -> new ArrayList<>()).add(inbound);
            }
        }
        int left = slices.size();
        for (Map.Entry<TenantId, List<Inbound>> slice : slices.entrySet()) {
            left--;
            boolean isLast = left == 0 && nobodys.isEmpty();
            slice(slice.getKey(), slice.getValue(), advances, isLast, slices.size() == 1 && isLast);
        }
        if (!nobodys.isEmpty() || slices.isEmpty()) {
            finish(nobodys, advances);
        }
    }

    /** @param isWhole whether the slice is all of the poll, so that the partitions' offsets alone tell what was seen */
    private void slice(
            TenantId tenant, List<Inbound> records, Collection<Advance> advances, boolean isLast, boolean isWhole)
            throws SQLException {
        try {
            commit(tenant, records, advances, isLast, isWhole);
        } catch (PartitionLostException | UnwrapException e) {
            throw e;
        } catch (SQLException e) {
            if (!DataFault.is(e)) {
                throw e;
            }
            isolate(tenant, records, advances, isLast, e);
        } catch (RuntimeException e) {
            isolate(tenant, records, advances, isLast, e);
        }
    }

    /** One record of the slice cannot be taken in: halves of halves find out which. */
    private void isolate(
            TenantId tenant, List<Inbound> records, Collection<Advance> advances, boolean isLast, Exception cause)
            throws SQLException {
        if (records.size() > 1) {
            int middle = records.size() / 2;
            slice(tenant, records.subList(0, middle), advances, false, false);
            slice(tenant, records.subList(middle, records.size()), advances, isLast, false);
            return;
        }
        if (records.get(0).content() instanceof Inbound.Poison) {
            throw new IllegalStateException("not even the dead letter can be written", cause);
        }
        LOG.error("A record cannot be taken into the state. tenant={}", tenant, cause);
        Inbound letter =
                records.get(0).poisoned("NOT_STORABLE", cause.getClass().getSimpleName());
        commit(tenant, List.of(letter), advances, isLast, false);
    }

    private void commit(
            TenantId tenant, List<Inbound> records, Collection<Advance> advances, boolean isLast, boolean isWhole)
            throws SQLException {
        long start = System.nanoTime();
        List<Addressed> send = circumstances.transactions().in(tenant, connection -> {
            own(connection, advances, isLast);
            Map<TopicPartition, Long> seen = ClaimTable.seen(connection, tenant);
            List<Inbound> fresh = records.stream()
                    .filter(inbound -> inbound.source().offset() >= seen.getOrDefault(inbound.partition(), 0L))
                    .toList();
            if (!isWhole) {
                ClaimTable.putSeen(connection, tenant, next(fresh));
            }
            return new Slice(connection, tenant, circumstances, settings, fresh).fold();
        });
        circumstances.meters().slice(records.size(), Duration.ofNanos(System.nanoTime() - start));
        downlink.send(send);
    }

    /** What belongs to no tenant, and the end of the poll. */
    private void finish(List<Inbound> nobodys, Collection<Advance> advances) throws SQLException {
        for (Inbound inbound : nobodys) {
            if (inbound.content() instanceof Inbound.NodeStarted started) {
                restarts.take(started.start());
            }
        }
        circumstances.transactions().asPlatform(connection -> {
            own(connection, advances, true);
            DeadLetters dead = new DeadLetters(null);
            nobodys.stream()
                    .filter(inbound -> inbound.content() instanceof Inbound.Poison)
                    .forEach(dead::add);
            dead.store(connection, TopicSet.SHARED, circumstances);
            return advances.size();
        });
    }

    private void own(Connection connection, Collection<Advance> advances, boolean isLast) throws SQLException {
        boolean mine = isLast
                ? ClaimTable.advance(connection, advances, owner)
                : ClaimTable.holds(
                        connection, advances.stream().map(Advance::partition).toList(), owner);
        if (!mine) {
            throw new PartitionLostException();
        }
    }

    private static Map<TopicPartition, Long> next(List<Inbound> records) {
        Map<TopicPartition, Long> next = new HashMap<>();
        records.forEach(
                inbound -> next.merge(inbound.partition(), inbound.source().offset() + 1, Math::max));
        return next;
    }
}
