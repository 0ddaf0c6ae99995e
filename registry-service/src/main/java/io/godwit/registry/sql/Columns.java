package io.godwit.registry.sql;

import io.godwit.protocol.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets the columns of a list of items, one array parameter each, for {@code unnest}.
 *
 * @param items in the order in which they stand in every column
 */
public record Columns<T>(PreparedStatement statement, List<T> items) {
    public Columns {
        items = List.copyOf(items);
    }

    public static <T> Columns<T> of(PreparedStatement statement, Collection<T> items) {
        return new Columns<>(statement, List.copyOf(items));
    }

    /**
     * {@code text} as PostgreSQL can hold it: NUL, which it cannot, becomes U+FFFD. What comes from elsewhere is written so,
     * for one such character would otherwise keep a whole record, an outcome say, from ever being stored.
     */
    public static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }

    /** Sets parameter {@code index} to a {@code text[]}, each {@link #storable}. */
    public Columns<T> text(int index, Function<? super T, ? extends @Nullable Object> column) throws SQLException {
        @Nullable String[] values = new @Nullable String[items.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = column.apply(items.get(i));
            values[i] = value == null ? null : storable(value.toString());
        }
        return array(index, "text", values);
    }

    /** Sets parameter {@code index} to a {@code bigint[]}. */
    public Columns<T> number(int index, Function<? super T, Long> column) throws SQLException {
        return array(index, "int8", items.stream().map(column).toArray());
    }

    /** Sets parameter {@code index} to a {@code bytea[]}. */
    public Columns<T> octets(int index, Function<? super T, Octets> column) throws SQLException {
        return array(
                index, "bytea", items.stream().map(column).map(Octets::toBytes).toArray(byte[][]::new));
    }

    private Columns<T> array(int index, String type, @Nullable Object[] values) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(index, connection.createArrayOf(type, values));
        return this;
    }
}
