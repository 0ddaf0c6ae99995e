package io.godwit.kit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A PostgreSQL with the three roles of a service, the kit's migration and one more table of tenants. */
final class TestDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private TestDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static TestDatabase start() {
        try {
            TestDatabase database = new TestDatabase(EmbeddedPostgres.start());
            database.prepare();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void prepare() throws SQLException {
        execute(
                "postgres",
                "CREATE ROLE kit_owner LOGIN PASSWORD 'x'; CREATE ROLE kit_app LOGIN PASSWORD 'x';"
                        + " CREATE ROLE kit_dispatcher LOGIN PASSWORD 'x'; GRANT ALL ON SCHEMA public TO kit_owner");
        Flyway.configure()
                .dataSource(as("kit_owner"))
                .locations("classpath:db/kit")
                .placeholders(Map.of("app", "kit_app", "dispatcher", "kit_dispatcher"))
                .load()
                .migrate();
        execute(
                "kit_owner",
                "CREATE TABLE card (tenant_id text, nid text, PRIMARY KEY (tenant_id, nid)); CALL tenant_rows('card');"
                        + " GRANT SELECT, INSERT, UPDATE, DELETE ON card TO kit_app");
    }

    DataSource as(String role) {
        return postgres.getDatabase(role, "postgres");
    }

    void execute(String role, String sql) throws SQLException {
        try (Connection connection = as(role).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
