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
import java.util.Optional;
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
     * @param requests what its cards get that ask by themselves, where no group of theirs has a rule
     */
    record Tenant(
            TenantId tenant,
            long fleetVersion,
            TopicSet topicSet,
            String pool,
            boolean active,
            List<String> deviceTrustAnchors,
            RequestPolicy requests)
            implements FleetRecord {
        public Tenant {
            deviceTrustAnchors = List.copyOf(deviceTrustAnchors);
        }

        /** A tenant that leaves requests to its groups. */
        public Tenant(
                TenantId tenant,
                long fleetVersion,
                TopicSet topicSet,
                String pool,
                boolean active,
                List<String> deviceTrustAnchors) {
            this(tenant, fleetVersion, topicSet, pool, active, deviceTrustAnchors, RequestPolicy.NONE);
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
     * @param cutOff whether it was stolen: its card stays the tenant's, and no broker lets it in
     */
    record Device(
            TenantId tenant,
            long fleetVersion,
            Nid nid,
            Eid eid,
            Octets verifier,
            List<Membership> groups,
            boolean active,
            boolean cutOff)
            implements FleetRecord {
        public Device {
            groups = List.copyOf(groups);
        }

        /** A device that nobody has stolen. */
        public Device(
                TenantId tenant,
                long fleetVersion,
                Nid nid,
                Eid eid,
                Octets verifier,
                List<Membership> groups,
                boolean active) {
            this(tenant, fleetVersion, nid, eid, verifier, groups, active, false);
        }
    }

    /**
     * A group and what it answers when a member asks by itself (flow D).
     *
     * @param requests where it says nothing, the tenant's policy answers
     * @param epoch of its group configuration, from 1: raised when a member is removed for security, so that a card which
     *     keeps an older configuration obeys no group package any more
     */
    record Group(TenantId tenant, long fleetVersion, Gid gid, RequestPolicy requests, int epoch, boolean active)
            implements FleetRecord {
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
                    .put("requests", policy(tenant.requests()))
                    .build());
        }
        if (this instanceof Device device) {
            return JsonWriter.write(start("device", device.active())
                    .put("nid", device.nid().value())
                    .put("eid", device.eid().digits())
                    .put("verifier", device.verifier().toBase64())
                    .put("cutOff", device.cutOff() ? Json.of(true) : null)
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
        // In the form that readers of the version before know, where it says all.
        Optional<EsFunction> onRequest = group.requests().shorthand();
        return JsonWriter.write(start("group", group.active())
                .put("gid", group.gid().value())
                .put("onRequest", onRequest.map(EsFunction::toJson).orElse(null))
                .put("requests", onRequest.isPresent() ? null : policy(group.requests()))
                .put("epoch", group.epoch())
                .build());
    }

    private static @Nullable Json policy(RequestPolicy requests) {
        return requests.equals(RequestPolicy.NONE) ? null : requests.toJson();
    }

    private static RequestPolicy policy(Fields fields) {
        Optional<RequestPolicy> shorthand = fields.findObject("onRequest")
                .map(EsFunction::fromJson)
                .map(function -> OrderRecord.forMany(function, "onRequest"))
                .map(RequestPolicy::automatic);
        return shorthand
                .or(() -> fields.findObject("requests").map(RequestPolicy::fromJson))
                .orElse(RequestPolicy.NONE);
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
                        fields.texts("deviceTrustAnchors"),
                        policy(fields));
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
                        active,
                        fields.truthOr("cutOff", false));
            case "group" ->
                new Group(tenant, version, fields.value("gid", Gid::new), policy(fields), epoch(fields), active);
            default -> throw new MalformedRecordException("kind", "tenant, device or group expected");
        };
    }
}
