package io.godwit.registry.graph;

import io.godwit.registry.page.Slice;
import org.eclipse.microprofile.graphql.Description;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection goes on.
 *
 * @param endCursor what to send as {@code after} for the next page; absent on an empty one
 */
@Description("Where a connection goes on.")
public record PageInfo(
        boolean hasNextPage,

        @Description("what to send as after for the next page; absent on an empty one") @Nullable
        String endCursor) {

    static PageInfo of(Slice<?> slice) {
        return new PageInfo(
                slice.more(),
                slice.rows().isEmpty()
                        ? null
                        : slice.rows().get(slice.rows().size() - 1).cursor());
    }
}
