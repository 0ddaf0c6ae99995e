package io.godwit.registry.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the {@code cursor} of the next page; absent on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page from rows that were read with one more than the limit.
     *
     * @param key of a row, from which the next page goes on
     */
    public static <R> Page<R> cut(List<R> rows, PageRequest request, Function<R, String> key) {
        return Slice.cut(rows, request, key).page();
    }

    /** The same page, its items shown as {@code show} does. */
    public <V> Page<V> map(Function<T, V> show) {
        return new Page<>(items.stream().map(show).toList(), next);
    }
}
