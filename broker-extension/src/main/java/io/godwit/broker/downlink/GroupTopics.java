package io.godwit.broker.downlink;

import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The topics inside this broker that messages to groups travel on, one for each tenant's group. No client may subscribe or
 * publish to any of them, and none can name one: each bears a secret that is new with every start and that no packet shows.
 */
public final class GroupTopics {
    private final String prefix;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();

    /** @param secret unguessable; no wildcard and no slash in it */
    public GroupTopics(String secret) {
        // One level: HiveMQ locks its tree of subscriptions by the first one, and two groups need not wait for each
        // other.
        this.prefix = "godwit-" + secret + ":";
    }

    /** A tenant's group; two tenants may use the same gid. */
    public record Group(TenantId tenant, Gid gid) {}

    /** The group's topic, whether or not anybody holds it. Neither a tenant nor a gid has a colon, so no two share one. */
    String name(TenantId tenant, Gid gid) {
        return prefix + tenant + ":" + gid;
    }

    /** The group's topic, for somebody who will hold it. */
    String of(TenantId tenant, Gid gid) {
        String topic = name(tenant, gid);
        groups.computeIfAbsent(topic, name -> new Group(tenant, gid));
        return topic;
    }

    /** The group of that topic, when somebody has held it. */
    Optional<Group> find(String topic) {
        return Optional.ofNullable(groups.get(topic));
    }
}
