package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of subscriptions. */
@Type("SubscriptionConnection")
public record SubscriptionConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public SubscriptionConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A subscription and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("SubscriptionEdge")
    public record Edge(@NonNull String cursor, @NonNull SubscriptionNode node) {}

    static SubscriptionConnection of(Slice<SubscriptionNode> slice) {
        return new SubscriptionConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
