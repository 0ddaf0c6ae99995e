package io.godwit.provisioning.request;

import io.godwit.protocol.Gid;
import io.godwit.protocol.record.EsFunction;
import io.godwit.protocol.record.RequestPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What a group of the card answers to a request.
 *
 * @param spokesman whether the card may ask for the whole group
 * @param campaigns the group's operations that are under way; read for spokesmen only
 */
public record GroupPolicy(Gid gid, RequestPolicy policy, boolean spokesman, List<Campaign> campaigns) {
    /** An operation on the whole group. */
    public record Campaign(String operation, EsFunction function) {}

    public GroupPolicy {
        campaigns = List.copyOf(campaigns);
    }

    /** Of a card that asks for itself. */
    public GroupPolicy(Gid gid, RequestPolicy policy) {
        this(gid, policy, false, List.of());
    }

    /** The group's operation that does just that already. */
    public Optional<String> doing(EsFunction function) {
        return campaigns.stream()
                .filter(campaign -> campaign.function().equals(function))
                .map(Campaign::operation)
                .findFirst();
    }
}
