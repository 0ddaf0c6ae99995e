package io.godwit.kit.tenancy;

import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The PostgreSQL setting {@code app.tenant}, on which the policies of {@code tenant_rows} decide. Unset or empty, a
 * session sees and writes no tenant's rows.
 */
public final class TenantSetting {
    /**
     * Stands for the platform itself, whose few records (a transport key) belong to no tenant. No {@link TenantId} reads
     * like it.
     */
    public static final String PLATFORM = "*";

    private TenantSetting() {}

    /** Names the tenant until the transaction ends, however it ends. */
    static void forTransaction(Connection connection, String tenant) throws SQLException {
        set(connection, tenant, true);
    }

    /** Names the tenant, or nobody, until the session's setting is made again. */
    static void forSession(Connection connection, Optional<TenantId> tenant) throws SQLException {
        set(connection, tenant.map(TenantId::value).orElse(""), false);
    }

    private static void set(Connection connection, String tenant, boolean local) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('app.tenant', ?, ?)")) {
            statement.setString(1, tenant);
            statement.setBoolean(2, local);
            statement.execute();
        }
    }
}
