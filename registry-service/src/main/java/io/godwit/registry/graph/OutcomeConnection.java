package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of an operation's cards. */
@Type("OutcomeConnection")
public record OutcomeConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public OutcomeConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A card's part and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("OutcomeEdge")
    public record Edge(@NonNull String cursor, @NonNull OutcomeNode node) {}

    static OutcomeConnection of(Slice<OutcomeNode> slice) {
        return new OutcomeConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
