package io.godwit.protocol.kafka;

import io.godwit.protocol.Gid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TemplateId;
import io.godwit.protocol.TenantId;

/** Keys of Kafka records: always the tenant first, so that two tenants never share a key. ASCII, stored as UTF-8. */
public final class RecordKey {
    private RecordKey() {}

    /** {@code <tenant>/<nid>}. */
    public static String of(TenantId tenant, Nid nid) {
        return tenant + "/" + nid;
    }

    /** {@code <tenant>/g/<gid>}: a nid has no slash, so no device's key reads like it. */
    public static String of(TenantId tenant, Gid gid) {
        return tenant + "/g/" + gid;
    }

    /** {@code <tenant>/t/<template>}: what is told of a template and of its subscriptions stays in its order. */
    public static String of(TenantId tenant, TemplateId template) {
        return tenant + "/t/" + template;
    }

    /** {@code <tenant>/}: the tenant itself. */
    public static String of(TenantId tenant) {
        return tenant + "/";
    }

    /** {@code /<what>}: facts of the platform that belong to no tenant, such as a transport key. */
    public static String ofPlatform(String what) {
        return "/" + what;
    }

    /**
     * The partition of a tenant's fleet records: all of a tenant's stand in one, in the order of {@code fleetVersion}.
     *
     * @param partitions how many partitions the topic has, at least 1
     */
    public static int fleetPartition(TenantId tenant, int partitions) {
        return Math.floorMod(tenant.value().hashCode(), partitions);
    }
}
