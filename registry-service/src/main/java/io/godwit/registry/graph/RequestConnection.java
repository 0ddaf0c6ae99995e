package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of requests. */
@Type("RequestConnection")
public record RequestConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public RequestConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A request and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("RequestEdge")
    public record Edge(@NonNull String cursor, @NonNull RequestNode node) {}

    static RequestConnection of(Slice<RequestNode> slice) {
        return new RequestConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
