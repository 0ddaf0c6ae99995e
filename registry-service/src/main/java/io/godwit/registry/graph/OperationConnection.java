package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of operations. */
@Type("OperationConnection")
public record OperationConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public OperationConnection {
        edges = List.copyOf(edges);
    }

    /**
     * An operation and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("OperationEdge")
    public record Edge(@NonNull String cursor, @NonNull OperationNode node) {}

    static OperationConnection of(Slice<OperationNode> slice) {
        return new OperationConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
