package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A page of templates. */
@Type("TemplateConnection")
public record TemplateConnection(
        @NonNull List<@NonNull Edge> edges, @NonNull PageInfo pageInfo) {
    public TemplateConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A template and its place.
     *
     * @param cursor what to send as {@code after}, to go on after it
     */
    @Type("TemplateEdge")
    public record Edge(@NonNull String cursor, @NonNull TemplateNode node) {}

    static TemplateConnection of(Slice<TemplateNode> slice) {
        return new TemplateConnection(
                slice.rows().stream()
                        .map(row -> new Edge(row.cursor(), row.item()))
                        .toList(),
                PageInfo.of(slice));
    }
}
