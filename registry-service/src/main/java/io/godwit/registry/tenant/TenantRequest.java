package io.godwit.registry.tenant;

import io.godwit.kit.problem.Problem;
import io.godwit.kit.problem.ProblemException;
import io.godwit.protocol.TenantId;
import io.godwit.protocol.kafka.TopicSet;
import org.jspecify.annotations.Nullable;

/**
 * A tenant to be set up.
 *
 * @param topicSet its Kafka topics; {@code shared} when absent
 * @param pool the provisioning replicas that serve it; {@code default} when absent
 */
public record TenantRequest(
        @Nullable String id,
        @Nullable String topicSet,
        @Nullable String pool) {
    private static final String DEFAULT_POOL = "default";

    TenantId tenant() {
        if (id == null) {
            throw new ProblemException(Problem.invalid("id", "a tenant id is required"));
        }
        try {
            return new TenantId(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("id", String.valueOf(e.getMessage())));
        }
    }

    TopicSet topics() {
        try {
            return topicSet == null ? TopicSet.SHARED : new TopicSet(topicSet);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid("topicSet", String.valueOf(e.getMessage())));
        }
    }

    String poolName() {
        String name = pool == null ? DEFAULT_POOL : pool;
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new ProblemException(Problem.invalid(
                    "pool", "use 1 to 40 lower-case letters, digits and hyphens, starting with a letter"));
        }
        return name;
    }
}
