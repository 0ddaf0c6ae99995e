package io.godwit.registry.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A piece of a list, each row with its place in it.
 *
 * @param more whether rows follow
 */
public record Slice<T>(List<Row<T>> rows, boolean more) {
    public Slice {
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param key from which the list goes on after it
     */
    public record Row<T>(String key, T item) {
        /** What a caller sends as the cursor, to go on after this row. */
        public String cursor() {
            return PageRequest.cursor(key);
        }
    }

    /**
     * Cuts a slice from rows that were read with one more than the limit.
     *
     * @param key of a row
     */
    public static <R> Slice<R> cut(List<R> rows, PageRequest request, Function<R, String> key) {
        List<Row<R>> within = rows.stream()
                .limit(request.limit())
                .map(row -> new Row<>(key.apply(row), row))
                .toList();
        return new Slice<>(within, rows.size() > request.limit());
    }

    /**
     * Cuts one slice for each parent, of rows that were read with one more than the limit for each, in their order.
     *
     * @param show makes an item of a row
     */
    public static <R, V> Map<String, Slice<V>> cutEach(
            Collection<String> parents,
            List<R> rows,
            PageRequest request,
            Function<R, String> parent,
            Function<R, String> key,
            Function<R, V> show) {
        Map<String, List<R>> byParent = rows.stream().collect(Collectors.groupingBy(parent));
        Map<String, Slice<V>> slices = new LinkedHashMap<>();
        for (String each : parents) {
            slices.put(
                    each,
                    cut(byParent.getOrDefault(each, List.of()), request, key).map(show));
        }
        return slices;
    }

    /** The items alone, in their order. */
    public List<T> items() {
        return rows.stream().map(Row::item).toList();
    }

    /** The same slice, its items shown as {@code show} does. */
    public <V> Slice<V> map(Function<T, V> show) {
        return new Slice<>(
                rows.stream()
                        .map(row -> new Row<>(row.key(), show.apply(row.item())))
                        .toList(),
                more);
    }

    /** As the REST API shows it. */
    public Page<T> page() {
        return new Page<>(items(), more ? rows.get(rows.size() - 1).cursor() : null);
    }
}
