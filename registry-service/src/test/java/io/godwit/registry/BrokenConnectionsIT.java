package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL ends sessions that lie in the pool: what is broken is handed out once at most, and leaves it. */
@QuarkusTest
class BrokenConnectionsIT {
    /** More than the pool has places. */
    private static final int ROUNDS = 40;

    @Inject
    AgroalDataSource services;

    @Inject
    AgroalPoolInterceptor interceptor;

    /** One like the service's, so that no other test finds in the service's own what is broken here. */
    private AgroalDataSource pool;

    private int broken;

    @BeforeEach
    void open() throws SQLException {
        pool = AgroalDataSource.from(services.getConfiguration());
        pool.setPoolInterceptors(List.of(interceptor));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aBrokenConnectionIsHandedOutOnceAtMost() throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            try (Connection held = pool.getConnection()) {
                OptionalInt idle = ask("SELECT pg_backend_pid()");
                if (idle.isPresent()) {
                    end(held, idle.getAsInt());
                }
                ask("SELECT 1");
            }
        }
        assertTrue(broken > 0, "no broken connection was handed out, so nothing was tried");
        assertTrue(broken <= ROUNDS, broken + " times a broken connection was handed out");
        assertEquals(OptionalInt.of(1), ask("SELECT 1"));
    }

    private static void end(Connection connection, int session) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + session + ", 5000)");
        }
    }

    /** Asks on a connection of the pool; empty, and counted, when it was a broken one. */
    private OptionalInt ask(String question) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return OptionalInt.of(answer.getInt(1));
        } catch (SQLException | IllegalStateException e) {
            broken++;
            return OptionalInt.empty();
        }
    }
}
