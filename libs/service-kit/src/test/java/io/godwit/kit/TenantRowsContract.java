package io.godwit.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.godwit.kit.tenancy.TenantOnAcquire;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What row level security and the setting {@code app.tenant} promise, on PostgreSQL. */
class TenantRowsContract {
    private static final TenantId A = new TenantId("carrier-a");
    private static final TenantId B = new TenantId("carrier-b");

    private static TestDatabase database;

    @BeforeAll
    static void start() throws SQLException {
        database = TestDatabase.start();
        for (TenantId tenant : new TenantId[] {A, B}) {
            transactions()
                    .in(
                            tenant,
                            c -> execute(
                                    c, "INSERT INTO card VALUES ('" + tenant + "', 'n1'), ('" + tenant + "', 'n2')"));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    private static TenantTransaction transactions() {
        return new TenantTransaction(database.as("kit_app"), () -> {});
    }

    @Test
    void eachTenantSeesItsOwnRowsAndNoOthers() throws SQLException {
        assertEquals(2, transactions().in(A, TenantRowsContract::cards));
        assertEquals(0, transactions().in(new TenantId("carrier-c"), TenantRowsContract::cards));
    }

    @Test
    void aForgottenTenantReadsAndChangesNothing() throws SQLException {
        try (Connection connection = database.as("kit_app").getConnection()) {
            assertEquals(0, cards(connection));
            assertEquals(0, execute(connection, "UPDATE card SET nid = 'x'"));
            assertEquals(0, execute(connection, "DELETE FROM card"));
            assertThrows(SQLException.class, () -> execute(connection, "INSERT INTO card VALUES ('carrier-a', 'n9')"));
        }
    }

    @Test
    void anEmptyTenantIsNoTenant() throws SQLException {
        try (Connection connection = database.as("kit_app").getConnection()) {
            new TenantOnAcquire(Optional::empty).onConnectionAcquire(connection);
            assertEquals(0, cards(connection));
            assertThrows(SQLException.class, () -> execute(connection, "INSERT INTO card VALUES ('', 'n9')"));
        }
    }

    @Test
    void theOwnerOfTheTablesIsBoundToo() throws SQLException {
        try (Connection connection = database.as("kit_owner").getConnection()) {
            assertEquals(0, cards(connection));
        }
    }

    @Test
    void aTenantWritesNoRowOfAnother() {
        assertThrows(
                SQLException.class,
                () -> transactions().in(A, c -> execute(c, "INSERT INTO card VALUES ('carrier-b', 'n9')")));
    }

    @Test
    void aTransactionLeavesNoTenantOnItsConnection() throws SQLException {
        try (Connection pooled = database.as("kit_app").getConnection()) {
            TenantTransaction transactions = new TenantTransaction(new OneConnection(pooled), () -> {});
            assertEquals(2, transactions.in(A, TenantRowsContract::cards));
            assertEquals(0, cards(pooled));
            assertThrows(SQLException.class, () -> transactions.in(A, c -> execute(c, "SELECT no_such_thing")));
            assertEquals(0, cards(pooled));
        }
    }

    @Test
    void anAcquiredConnectionForgetsItsFormerTenant() throws SQLException {
        try (Connection pooled = database.as("kit_app").getConnection()) {
            new TenantOnAcquire(() -> Optional.of(A)).onConnectionAcquire(pooled);
            assertEquals(2, cards(pooled));
            new TenantOnAcquire(Optional::empty).onConnectionAcquire(pooled);
            assertEquals(0, cards(pooled));
        }
    }

    @Test
    void aConnectionOnWhichNoTenantCanBeNamedIsOfNoUseToAnybody() throws SQLException {
        TenantOnAcquire nobody = new TenantOnAcquire(Optional::empty);
        try (Connection pooled = database.as("kit_app").getConnection()) {
            new TenantOnAcquire(() -> Optional.of(A)).onConnectionAcquire(pooled);
            pooled.setAutoCommit(false);
            assertThrows(SQLException.class, () -> execute(pooled, "SELECT no_such_thing"));
            assertThrows(IllegalStateException.class, () -> nobody.onConnectionAcquire(pooled));
            pooled.abort(Runnable::run);
            nobody.onConnectionAcquire(pooled);
            assertThrows(SQLException.class, () -> cards(pooled));
        }
    }

    @Test
    void afterCommitRunsOnlyAfterACommit() throws SQLException {
        AtomicInteger commits = new AtomicInteger();
        TenantTransaction transactions = new TenantTransaction(database.as("kit_app"), commits::incrementAndGet);
        assertThrows(SQLException.class, () -> transactions.in(A, c -> execute(c, "SELECT no_such_thing")));
        assertEquals(0, commits.get());
        transactions.in(A, TenantRowsContract::cards);
        assertEquals(1, commits.get());
    }

    private static int cards(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM card")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
