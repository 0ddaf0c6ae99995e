package io.godwit.provisioning.postgres;

import io.godwit.protocol.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads columns as the types that the rest of the service speaks. */
final class Columns {
    private Columns() {}

    static @Nullable Instant findInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        Instant instant = findInstant(row, column);
        if (instant == null) {
            throw new SQLException(column + " is null");
        }
        return instant;
    }

    static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            throw new SQLException(column + " is null");
        }
        return text;
    }

    static Octets octets(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        if (bytes == null) {
            throw new SQLException(column + " is null");
        }
        return Octets.of(bytes);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** The text of each value, for an array parameter. */
    static Object[] texts(Collection<?> values) {
        return values.stream().map(Object::toString).toArray();
    }
}
