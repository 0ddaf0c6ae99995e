package io.godwit.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.tenancy.TenantTransaction;
import io.godwit.protocol.TenantId;
import io.godwit.registry.audit.AuditEntries;
import io.godwit.registry.euicc.Euiccs;
import io.godwit.registry.group.CardGroups;
import io.godwit.registry.order.Operations;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A forgotten tenant reads and writes nothing: not by the ORM, not by native SQL, not by JDBC, not by the API. */
@QuarkusTest
class ForgottenTenantIT extends RegistryIT {
    @Inject
    EntityManager entityManager;

    @Inject
    AgroalDataSource dataSource;

    @Inject
    TenantTransaction transactions;

    @Inject
    Euiccs euiccs;

    @Inject
    CardGroups groups;

    @Inject
    Operations operations;

    @Inject
    AuditEntries audit;

    @BeforeEach
    void putSomethingThere() {
        operator(a()).put("/v1/groups/g", "{}");
        operator(b()).put("/v1/groups/g", "{}");
        enrol(a(), ",\"groups\":[\"g\"]");
        enrol(b(), ",\"groups\":[\"g\"]");
    }

    @Test
    void byTheOrmNothingIsRead() {
        List<Long> counts = QuarkusTransaction.requiringNew()
                .call(() -> List.of(euiccs.count(), groups.count(), operations.count(), audit.count()));
        assertEquals(List.of(0L, 0L, 0L, 0L), counts);
    }

    @Test
    void byNativeSqlNothingIsRead() {
        for (String table : tenantTables()) {
            Object count = QuarkusTransaction.requiringNew()
                    .call(() -> entityManager
                            .createNativeQuery("SELECT count(*) FROM " + table)
                            .getSingleResult());
            assertEquals(0L, count, table);
        }
    }

    @Test
    void byJdbcNothingIsReadAndNothingWritten() throws SQLException {
        for (String table : tenantTables()) {
            try (Connection connection = dataSource.getConnection()) {
                assertEquals(0, count(connection, table), table);
            }
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            assertEquals(0, statement.executeUpdate("UPDATE euicc SET online = true"));
            assertThrows(
                    SQLException.class,
                    () -> statement.executeUpdate("INSERT INTO audit_entry (tenant_id, at, actor, action)"
                            + " VALUES ('" + a() + "', now(), 'x', 'x')"));
            assertThrows(SQLException.class, () -> statement.execute("SELECT claim_numbers('{eid}', '{1}', '{n}')"));
        }
    }

    @Test
    void withATenantOnlyItsOwnRowsAreThere() throws SQLException {
        for (String table : tenantTables()) {
            int foreign = transactions.in(
                    new TenantId(a()), connection -> count(connection, table + " WHERE tenant_id <> '" + a() + "'"));
            assertEquals(0, foreign, table);
        }
        assertTrue(transactions.in(new TenantId(a()), connection -> count(connection, "euicc")) > 0);
    }

    @Test
    void byTheApiATokenWithoutATenantReadsNothing() {
        Api without = new Api(base, TestTokens.token(null, "operator", "viewer"));
        for (String path : List.of("/v1/euiccs", "/v1/groups", "/v1/operations", "/v1/audit-entries", "/v1/groups/g")) {
            assertEquals(403, without.get(path).status(), path);
        }
        assertEquals(
                403,
                new Api(base, TestTokens.token("Not-A-Tenant", "operator"))
                        .get("/v1/euiccs")
                        .status());
    }

    @Test
    void everyTableOfTenantsHasForcedRowLevelSecurity() throws SQLException {
        List<String> unprotected = strings("""
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)""");
        assertEquals(List.of("claim"), unprotected, "only the claims, into which the service cannot look");
        assertThrows(SQLException.class, () -> strings("SELECT number FROM claim"));
        assertEquals(
                List.of("f"), strings("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"));
    }

    @Test
    void theAuditCannotBeChangedEvenByTheServiceItself() {
        for (String change :
                List.of("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry")) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> transactions.in(new TenantId(a()), connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate(change);
                        }
                    }));
            assertEquals("42501", refused.getSQLState(), change);
        }
    }

    private List<String> tenantTables() {
        try {
            return strings("""
                    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                    WHERE c.relkind = 'r' AND c.relname NOT IN ('claim', 'outbox')""");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> strings(String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    private static int count(Connection connection, String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getInt(1);
        }
    }
}
