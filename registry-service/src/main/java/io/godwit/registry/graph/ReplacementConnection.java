package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of replacements. */
@Type("ReplacementConnection")
public record ReplacementConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public ReplacementConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A replacement and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("ReplacementEdge")
    public record Edge(@NonNull String cursor, @NonNull ReplacementNode node) {}

    static ReplacementConnection of(Slice<ReplacementNode> slice) {
        return new ReplacementConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
