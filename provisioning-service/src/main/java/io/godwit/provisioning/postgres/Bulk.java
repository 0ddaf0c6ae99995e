package io.godwit.provisioning.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into one statement: a column each as one array parameter, for {@code unnest(?::text[], ...)}. Instants
 * go as text, numbers and texts as they are, octets as {@code byte[]}.
 */
final class Bulk {
    private final String[] types;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /** @param types PostgreSQL's names of the columns' types, in order */
    Bulk(String... types) {
        this.types = types;
    }

    void add(@Nullable Object... row) {
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** {@code unnest(?::text[], ?::int8[])}. */
    String unnest() {
        StringBuilder sql = new StringBuilder("unnest(");
        for (int i = 0; i < types.length; i++) {
            sql.append(i == 0 ? "?::" : ", ?::").append(types[i]).append("[]");
        }
        return sql.append(')').toString();
    }

    /** Binds one array a column, from parameter {@code first} on. */
    void bind(Connection connection, PreparedStatement statement, int first) throws SQLException {
        for (int column = 0; column < types.length; column++) {
            statement.setArray(first + column, connection.createArrayOf(types[column], column(column)));
        }
    }

    private @Nullable Object[] column(int column) {
        @Nullable
        Object[] values = types[column].equals("bytea") ? new byte[rows.size()][] : new @Nullable Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column];
        }
        return values;
    }
}
