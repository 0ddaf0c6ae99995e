package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of cards. */
@Type("EuiccConnection")
public record EuiccConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public EuiccConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A card and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("EuiccEdge")
    public record Edge(@NonNull String cursor, @NonNull EuiccNode node) {}

    static EuiccConnection of(Slice<EuiccNode> slice) {
        return new EuiccConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
