package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of holders. */
@Type("ProfileHolderConnection")
public record HolderConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public HolderConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A holder and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("ProfileHolderEdge")
    public record Edge(@NonNull String cursor, @NonNull HolderNode node) {}

    static HolderConnection of(Slice<HolderNode> slice) {
        return new HolderConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
