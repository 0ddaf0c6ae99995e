package io.godwit.protocol.record;

import io.godwit.protocol.Eid;
import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.Octets;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.json.Json;
import io.godwit.protocol.json.JsonWriter;
import io.godwit.protocol.kafka.RecordKey;
import io.godwit.protocol.kafka.TopicSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fact on {@code fleet}: who belongs to a tenant. {@code fleetVersion} rises with every record of a tenant, so that a
 * reader knows whether it has seen what an order presupposes. No card key is ever in here.
 */
public sealed interface FleetRecord {
    TenantId tenant();

    long fleetVersion();

    /**
     * The tenant itself: where its records are, which pool serves it. A suspended tenant's devices are refused.
     *
     * @param deviceTrustAnchors certificates (PEM, RFC 7468) of the authorities that may name its devices; often none
     */
    record Tenant(
            TenantId tenant,
            long fleetVersion,
            TopicSet topicSet,
            String pool,
            boolean active,
            List<String> deviceTrustAnchors)
            implements FleetRecord {
        public Tenant {
            deviceTrustAnchors = List.copyOf(deviceTrustAnchors);
        }

        /** A tenant whose devices have no certificates. */
        public Tenant(TenantId tenant, long fleetVersion, TopicSet topicSet, String pool, boolean active) {
            this(tenant, fleetVersion, topicSet, pool, active, List.of());
        }
    }

    /**
     * A device of the tenant; a removed one is announced once more with {@code active} false.
     *
     * @param verifier what {@link io.godwit.protocol.DeviceCredential} makes of the device secret
     */
    record Device(
            TenantId tenant,
            long fleetVersion,
            Nid nid,
            Eid eid,
            Octets verifier,
            List<Membership> groups,
            boolean active)
            implements FleetRecord {
        public Device {
            groups = List.copyOf(groups);
        }
    }

    /**
     * A group and what it answers when a member asks by itself (flow D).
     *
     * @param onRequest the function that is then carried out; {@code null}: requests are refused
     * @param epoch of its group configuration, from 1: raised when a member is removed for security, so that a card which
     *     keeps an older configuration obeys no group package any more
     */
    record Group(
            TenantId tenant,
            long fleetVersion,
            Gid gid,
            @Nullable EsFunction onRequest,
            int epoch,
            boolean active) implements FleetRecord {
        /** @throws IllegalArgumentException when {@code epoch} is below 1 */
        public Group {
            if (epoch < FIRST_EPOCH) {
                throw new IllegalArgumentException("epoch: a number from 1 expected");
            }
        }
    }

    /** The epoch of a group from which nobody was removed for security yet. */
    int FIRST_EPOCH = 1;

    /**
     * A group that a device belongs to.
     *
     * @param joinEpoch how often the device has joined
     * @param spokesman whether it may ask for the whole group, {@code (0,g)} on D1
     */
    record Membership(Gid gid, int joinEpoch, boolean spokesman) {
        /** Of a device that asks for itself only. */
        public Membership(Gid gid, int joinEpoch) {
            this(gid, joinEpoch, false);
        }
    }

    /** The record's key on the compacted topic. */
    default String key() {
        if (this instanceof Device device) {
            return RecordKey.of(tenant(), device.nid());
        }
        return this instanceof Group group ? RecordKey.of(tenant(), group.gid()) : RecordKey.of(tenant());
    }

    default Octets encode() {
        if (this instanceof Tenant tenant) {
            return JsonWriter.write(start("tenant", tenant.active())
                    .put("topicSet", tenant.topicSet().name())
                    .put("pool", tenant.pool())
                    .put("deviceTrustAnchors", anchors(tenant))
                    .build());
        }
        if (this instanceof Device device) {
            return JsonWriter.write(start("device", device.active())
                    .put("nid", device.nid().value())
                    .put("eid", device.eid().digits())
                    .put("verifier", device.verifier().toBase64())
                    .put(
                            "groups",
                            device.groups().stream()
                                    .map(group -> Json.object()
                                            .put("gid", group.gid().value())
                                            .put("joinEpoch", group.joinEpoch())
                                            .put("spokesman", group.spokesman() ? Json.of(true) : null)
                                            .build())
                                    .toList())
                    .build());
        }
        Group group = (Group) this;
        return JsonWriter.write(start("group", group.active())
                .put("gid", group.gid().value())
                .put(
                        "onRequest",
                        group.onRequest() == null ? null : group.onRequest().toJson())
                .put("epoch", group.epoch())
                .build());
    }

    private static @Nullable Json anchors(Tenant tenant) {
        return tenant.deviceTrustAnchors().isEmpty()
                ? null
                : new Json.Arr(
                        tenant.deviceTrustAnchors().stream().map(Json::of).toList());
    }

    private Json.ObjectBuilder start(String kind, boolean active) {
        return Fields.versioned(kind)
                .put("tenant", tenant().value())
                .put("fleetVersion", fleetVersion())
                .put("active", active);
    }

    private static int epoch(Fields fields) {
        int epoch = fields.object().find("epoch").isEmpty() ? FIRST_EPOCH : fields.smallNumber("epoch");
        if (epoch < FIRST_EPOCH) {
            throw new MalformedRecordException("epoch", "a number from 1 expected");
        }
        return epoch;
    }

    /** @throws MalformedRecordException when {@code payload} is not a fleet record of a known version */
    static FleetRecord decode(Octets payload) {
        Fields fields = Fields.ofRecord(payload);
        TenantId tenant = fields.value("tenant", TenantId::new);
        long version = fields.number("fleetVersion");
        boolean active = fields.truth("active");
        return switch (fields.text("kind")) {
            case "tenant" ->
                new Tenant(
                        tenant,
                        version,
                        fields.value("topicSet", TopicSet::new),
                        fields.text("pool"),
                        active,
                        fields.texts("deviceTrustAnchors"));
            case "device" ->
                new Device(
                        tenant,
                        version,
                        fields.value("nid", Nid::new),
                        fields.value("eid", Eid::new),
                        fields.value("verifier", Octets::fromBase64),
                        fields.list(
                                "groups",
                                group -> new Membership(
                                        group.value("gid", Gid::new),
                                        group.smallNumber("joinEpoch"),
                                        group.truthOr("spokesman", false))),
                        active);
            case "group" ->
                new Group(
                        tenant,
                        version,
                        fields.value("gid", Gid::new),
                        fields.findObject("onRequest")
                                .map(EsFunction::fromJson)
                                .map(function -> OrderRecord.forMany(function, "onRequest"))
                                .orElse(null),
                        epoch(fields),
                        active);
            default -> throw new MalformedRecordException("kind", "tenant, device or group expected");
        };
    }
}
