package io.godwit.simulator.card;

import io.godwit.protocol.Gid;
import io.godwit.protocol.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The memory of the group extension ({@code docs/packets.md}): the groups that a card belongs to, each once, at most
 * {@value #MAX}.
 */
public record CardGroups(List<GroupConfiguration> configurations) {
    public static final int MAX = 16;

    /** Of a card with the extension that has joined no group yet. */
    public static final CardGroups NONE = new CardGroups(List.of());

    /** @throws IllegalArgumentException when there are too many, or one group twice */
    public CardGroups {
        configurations = List.copyOf(configurations);
        long different = configurations.stream()
                .map(one -> List.of(one.tenant(), one.gid()))
                .distinct()
                .count();
        if (configurations.size() > MAX || different != configurations.size()) {
            throw new IllegalArgumentException("groups: at most " + MAX + " different ones expected");
        }
    }

    /** Empty when the card is no member. */
    public Optional<GroupConfiguration> find(TenantId tenant, Gid gid) {
        return configurations.stream().filter(one -> one.isOf(tenant, gid)).findFirst();
    }

    boolean isFull() {
        return configurations.size() == MAX;
    }

    /** With {@code configuration}, in the place of an earlier one of the same group. */
    CardGroups with(GroupConfiguration configuration) {
        List<GroupConfiguration> next = new ArrayList<>(without(configuration).configurations());
        next.add(configuration);
        return new CardGroups(next);
    }

    CardGroups without(GroupConfiguration configuration) {
        return new CardGroups(configurations.stream()
                .filter(one -> !one.isOf(configuration.tenant(), configuration.gid()))
                .toList());
    }
}
