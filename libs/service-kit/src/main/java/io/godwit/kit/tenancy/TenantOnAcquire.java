package io.godwit.kit.tenancy;

import io.agroal.api.AgroalPoolInterceptor;
import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Names the current tenant on each connection that leaves the pool, for what opens its own connections: an ORM. The
 * setting is made at every acquire, to nobody where there is no tenant, so what an earlier user left can never be seen.
 *
 * <p>A service with Hibernate produces one as a bean (Agroal finds it by type), and sets
 * {@code quarkus.hibernate-orm.multitenant=DISCRIMINATOR} with a {@code TenantResolver} that asks the same supplier.
 */
public class TenantOnAcquire implements AgroalPoolInterceptor {
    private static final int PATIENCE_SECONDS = 2;

    private final Supplier<Optional<TenantId>> currentTenant;

    public TenantOnAcquire(Supplier<Optional<TenantId>> currentTenant) {
        this.currentTenant = currentTenant;
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            TenantSetting.forSession(connection, currentTenant.get());
        } catch (SQLException e) {
            // Nothing can be done on one that is dead: its user finds that out by the first statement, as an
            // SQLException like any
            // other, and gives it back as broken. Thrown from here, the pool would keep it and hand it out again and
            // again.
            if (isAlive(connection)) {
                // No work is done under an unknown tenant.
                throw new IllegalStateException("the tenant could not be named on a connection", e);
            }
        }
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            return true; // Not known; so it is not given to anybody.
        }
    }
}
