package io.godwit.local.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;

/**
 * Makes the databases and roles, as an administrator would before a first installation. Each step may be done already: a start that was
 * interrupted is continued by the next one.
 */
final class DatabaseSetup {
    /** None of the roles may see what row level security hides, or make another role that may. */
    private static final String PLAIN = " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";

    private final Connection administrator;
    private final UnaryOperator<String> passwords;

    /** With an administrator's connection, and the password for each role. */
    DatabaseSetup(Connection administrator, UnaryOperator<String> passwords) {
        this.administrator = administrator;
        this.passwords = passwords;
    }

    void make(Database database) throws SQLException {
        for (String role : database.roles()) {
            if (!exists("SELECT FROM pg_roles WHERE rolname = '" + role + "'")) {
                run("CREATE ROLE " + role);
            }
            // The passwords are ours, of letters, digits, - and _; PostgreSQL takes no parameters here.
            run("ALTER ROLE " + role + PLAIN + " PASSWORD '" + passwords.apply(role) + "'");
        }
        String name = database.databaseName();
        if (!exists("SELECT FROM pg_database WHERE datname = '" + name + "'")) {
            run("CREATE DATABASE " + name + " OWNER " + database.ownerRole());
        }
        run("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        run("GRANT CONNECT ON DATABASE " + name + " TO " + database.applicationRole() + ", "
                + database.dispatcherRole());
    }

    private boolean exists(String query) throws SQLException {
        try (Statement statement = administrator.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private void run(String command) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            statement.execute(command);
        }
    }
}
