package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of a group's members. */
@Type("MemberConnection")
public record MemberConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public MemberConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A membership and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("MemberEdge")
    public record Edge(@NonNull String cursor, @NonNull MemberNode node) {}

    static MemberConnection of(Slice<MemberNode> slice) {
        return new MemberConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
