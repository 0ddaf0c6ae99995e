package io.godwit.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.Eid;
import io.godwit.protocol.Nid;
import io.godwit.protocol.TenantId;
import io.godwit.provisioning.postgres.CardTable;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may see which rows, on the real database with the real roles. */
@QuarkusTest
class IsolationIT {
    private static final TenantId A = new TenantId("isolated-a");
    private static final TenantId B = new TenantId("isolated-b");
    private static final Nid NID = new Nid("meter-1");
    private static final Eid EID = new Eid("89049032123451234512345678901235");

    @Inject
    AgroalDataSource application;

    @Inject
    @DataSource("dispatcher")
    AgroalDataSource dispatcher;

    @Test
    void aForgottenTenantReadsNothingAndWritesNothing() throws SQLException {
        transactions().in(A, connection -> announce(connection, A));
        try (Connection connection = application.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tenantTables()) {
                assertEquals(0, count(statement, "SELECT count(*) FROM " + table), table);
            }
            assertThrows(
                    SQLException.class,
                    () -> statement.execute("INSERT INTO tenant VALUES ('isolated-a', 1, 'shared', true)"));
        }
    }

    @Test
    void oneTenantNeverSeesOrTouchesAnothersRows() throws SQLException {
        transactions().in(A, connection -> announce(connection, A));
        transactions().in(B, connection -> {
            assertEquals(List.of(), CardTable.lock(connection, A, List.of(NID)));
            try (Statement statement = connection.createStatement()) {
                assertEquals(0, count(statement, "SELECT count(*) FROM card WHERE tenant_id = 'isolated-a'"));
                assertEquals(0, statement.executeUpdate("DELETE FROM card WHERE tenant_id = 'isolated-a'"));
            }
            return 0;
        });
        assertThrows(SQLException.class, () -> transactions().in(B, connection -> announce(connection, A)));
    }

    @Test
    void everyTableWithATenantHasForcedRowLevelSecurityAndTheTenantFirstInItsKey() throws SQLException {
        Set<String> platform = Set.of(
                "partition_claim", "transport_key", "former_transport_key", "signing_key", "flyway_schema_history");
        try (Connection connection = application.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
                        + " (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid"
                        + " AND a.attnum = i.indkey[0] WHERE i.indrelid = c.oid AND i.indisprimary)"
                        + " FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace")) {
            while (rows.next()) {
                String table = rows.getString(1);
                if (!platform.contains(table)) {
                    assertTrue(rows.getBoolean(2), table);
                    assertTrue(table.equals("outbox") || rows.getString(3).equals("tenant_id"), table);
                }
            }
        }
    }

    @Test
    void theDispatcherSeesWhereWorkIsAndNothingOfIt() throws SQLException {
        try (Connection connection = dispatcher.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT tenant_id, due_at FROM procedure");
            statement.execute("SELECT tenant_id, node FROM card");
            statement.execute("SELECT tenant_id, node FROM early_presence");
            for (String query : List.of(
                    "SELECT payload FROM procedure",
                    "SELECT nid FROM procedure",
                    "SELECT * FROM card",
                    "SELECT nid FROM early_presence",
                    "SELECT * FROM card_key",
                    "SELECT * FROM tenant_key",
                    "SELECT wrapped FROM former_tenant_key",
                    "SELECT * FROM former_transport_key",
                    "SELECT * FROM transport_key",
                    "UPDATE procedure SET due_at = null")) {
                assertThrows(SQLException.class, () -> statement.execute(query), query);
            }
        }
    }

    private TenantTransaction transactions() {
        return new TenantTransaction(application, () -> {});
    }

    private static int announce(Connection connection, TenantId tenant) throws SQLException {
        CardTable.announce(connection, tenant, Map.of(NID, EID));
        return 1;
    }

    private static List<String> tenantTables() {
        return List.of(
                "tenant",
                "fleet_group",
                "member",
                "card",
                "card_key",
                "tenant_key",
                "procedure",
                "parked_order",
                "expansion",
                "expansion_member",
                "early_presence",
                "seen");
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
