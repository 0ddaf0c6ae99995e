package io.godwit.system.secrets;

import io.godwit.local.access.Credentials;
import io.godwit.local.access.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Each column of each row of each table of a database, as text and, where it holds octets, as octets.
 *
 * @param reader sees the rows of all tenants
 */
public record DatabaseRows(DatabaseAccess database, Credentials reader) implements Source {
    private static final String TABLES = "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
            + " FROM information_schema.tables"
            + " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE' ORDER BY 1";

    private static final int ROWS_AT_ONCE = 1000;

    @Override
    public String kind() {
        return "database-" + database.database();
    }

    @Override
    public void pour(Sink sink) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            for (String table : tables(connection)) {
                pour(connection, table, sink);
            }
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), reader.user(), reader.password());
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static void pour(Connection connection, String table, Sink sink) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                ResultSetMetaData columns = rows.getMetaData();
                for (long row = 0; rows.next(); row++) {
                    for (int column = 1; column <= columns.getColumnCount(); column++) {
                        pour(rows, column, table + "." + columns.getColumnName(column) + " row " + row, sink);
                    }
                }
            }
        }
    }

    private static void pour(ResultSet rows, int column, String place, Sink sink) throws SQLException {
        String text = rows.getString(column);
        if (text != null) {
            sink.take(place, text);
            if (rows.getMetaData().getColumnTypeName(column).equals("bytea")) {
                sink.take(place + " as octets", rows.getBytes(column));
            }
        }
    }
}
