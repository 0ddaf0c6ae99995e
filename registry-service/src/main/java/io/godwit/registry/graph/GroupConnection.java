package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of groups. */
@Type("GroupConnection")
public record GroupConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public GroupConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A group and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("GroupEdge")
    public record Edge(@NonNull String cursor, @NonNull GroupNode node) {}

    static GroupConnection of(Slice<GroupNode> slice) {
        return new GroupConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
