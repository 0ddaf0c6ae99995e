package io.godwit.broker.identity;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import io.godwit.protocol.record.FleetRecord;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as the records on {@code fleet} tell it: tenants, devices with their verifiers and groups. Small enough that
 * 100,000 devices fit beside a broker (about 300 octets each). One thread writes, many read.
 */
public final class FleetView {
    private static final long NOTHING_KNOWN = Long.MIN_VALUE;

    private final Map<TenantId, Fleet> fleets = new ConcurrentHashMap<>();

    /** What a device is known by. */
    public record Device(long version, Octets verifier, Set<Gid> groups) {}

    /** Somebody who was let in may no longer be: the device, or every device of the tenant. */
    public record Revoked(TenantId tenant, @Nullable Nid nid) {}

    private static final class Fleet {
        private final Map<Nid, Device> devices = new ConcurrentHashMap<>();
        private final Map<Gid, Gid> gids = new ConcurrentHashMap<>();
        private final Set<Gid> closedGroups = ConcurrentHashMap.newKeySet();
        /** The versions of devices that were removed or cut off, so that an older record brings none back. Only the writer looks at them. */
        private final Map<Nid, Long> removed = new HashMap<>();
        /** The versions of groups; only the writer looks at them. */
        private final Map<Gid, Long> groupVersions = new HashMap<>();

        private long version;
        private volatile @Nullable TopicSet topicSet;
        private volatile TrustAnchors anchors = TrustAnchors.NONE;

        private long versionOf(Nid nid) {
            Device device = devices.get(nid);
            return device == null ? removed.getOrDefault(nid, NOTHING_KNOWN) : device.version();
        }
    }

    /** Takes a record in. One that is not newer than what is known of its key changes nothing. */
    public Optional<Revoked> apply(FleetRecord record) {
        Fleet fleet = fleets.computeIfAbsent(record.tenant(), tenant -> new Fleet());
        if (record instanceof FleetRecord.Device device) {
            return device(fleet, device);
        }
        if (record instanceof FleetRecord.Group group) {
            group(fleet, group);
            return Optional.empty();
        }
        FleetRecord.Tenant tenant = (FleetRecord.Tenant) record;
        if (tenant.fleetVersion() < fleet.version) {
            return Optional.empty();
        }
        fleet.version = tenant.fleetVersion();
        fleet.anchors = TrustAnchors.of(tenant.deviceTrustAnchors());
        fleet.topicSet = tenant.active() ? tenant.topicSet() : null;
        return tenant.active() ? Optional.empty() : Optional.of(new Revoked(tenant.tenant(), null));
    }

    /** Forgets what a compacted topic has let go of. */
    public Optional<Revoked> remove(TenantId tenant, Nid nid) {
        Fleet fleet = fleets.get(tenant);
        Device before = fleet == null ? null : fleet.devices.remove(nid);
        if (fleet == null || before == null) {
            return Optional.empty();
        }
        fleet.removed.put(nid, before.version());
        return Optional.of(new Revoked(tenant, nid));
    }

    /** The device, when it and its tenant are in service. */
    public Optional<Device> find(TenantId tenant, Nid nid) {
        Fleet fleet = fleets.get(tenant);
        return fleet == null || fleet.topicSet == null ? Optional.empty() : Optional.ofNullable(fleet.devices.get(nid));
    }

    /** Where the tenant's records go; absent when it is unknown or suspended. */
    public Optional<TopicSet> topicSet(TenantId tenant) {
        Fleet fleet = fleets.get(tenant);
        return fleet == null ? Optional.empty() : Optional.ofNullable(fleet.topicSet);
    }

    /** Who may name devices of the tenant; none when it is unknown or suspended. */
    public TrustAnchors trustAnchors(TenantId tenant) {
        Fleet fleet = fleets.get(tenant);
        return fleet == null || fleet.topicSet == null ? TrustAnchors.NONE : fleet.anchors;
    }

    /** Who may name devices of any tenant in service. */
    public Set<X509Certificate> trustAnchors() {
        Set<X509Certificate> all = new HashSet<>();
        fleets.values().stream()
                .filter(fleet -> fleet.topicSet != null)
                .forEach(fleet -> all.addAll(fleet.anchors.certificates()));
        return all;
    }

    /** The groups that a device in service is in, closed ones included. */
    public Set<Gid> groupsOf(TenantId tenant, Nid nid) {
        return find(tenant, nid).map(Device::groups).orElse(Set.of());
    }

    public boolean isMember(TenantId tenant, Nid nid, Gid gid) {
        Fleet fleet = fleets.get(tenant);
        return fleet != null
                && !fleet.closedGroups.contains(gid)
                && find(tenant, nid)
                        .filter(device -> device.groups().contains(gid))
                        .isPresent();
    }

    /** How many devices are in service, for a gauge. */
    public long size() {
        return fleets.values().stream()
                .filter(fleet -> fleet.topicSet != null)
                .mapToLong(fleet -> fleet.devices.size())
                .sum();
    }

    private static void group(Fleet fleet, FleetRecord.Group record) {
        if (record.fleetVersion() <= fleet.groupVersions.getOrDefault(record.gid(), NOTHING_KNOWN)) {
            return;
        }
        fleet.groupVersions.put(record.gid(), record.fleetVersion());
        if (record.active()) {
            fleet.closedGroups.remove(record.gid());
        } else {
            fleet.closedGroups.add(record.gid());
        }
    }

    private static Optional<Revoked> device(Fleet fleet, FleetRecord.Device record) {
        if (record.fleetVersion() <= fleet.versionOf(record.nid())) {
            return Optional.empty();
        }
        Device before = fleet.devices.get(record.nid());
        Revoked revoked = new Revoked(record.tenant(), record.nid());
        if (!record.active() || record.cutOff()) {
            fleet.removed.put(record.nid(), record.fleetVersion());
            return fleet.devices.remove(record.nid()) == null ? Optional.empty() : Optional.of(revoked);
        }
        fleet.removed.remove(record.nid());
        Set<Gid> groups = new HashSet<>();
        // A gid read a thousand times is kept once.
        record.groups().forEach(group -> groups.add(fleet.gids.computeIfAbsent(group.gid(), gid -> gid)));
        fleet.devices.put(record.nid(), new Device(record.fleetVersion(), record.verifier(), Set.copyOf(groups)));
        return before == null || before.verifier().equalsInConstantTime(record.verifier())
                ? Optional.empty()
                : Optional.of(revoked);
    }
}
