package io.godwit.kit.tenancy;

import io.godwit.protocol.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in one JDBC transaction that sees one tenant's rows. The tenant is named for that transaction only, so the
 * connection goes back to its pool knowing nobody. Not for use inside a JTA transaction.
 *
 * <pre>{@code
 * long cards = transactions.in(tenant, connection -> count(connection));
 * }</pre>
 */
public final class TenantTransaction {
    private final DataSource dataSource;
    private final Runnable afterCommit;

    /**
     * @param dataSource logs in as the service's role, which has no BYPASSRLS
     * @param afterCommit is run after each commit; {@code OutboxSignal::ring} makes the dispatcher look at once
     */
    public TenantTransaction(DataSource dataSource, Runnable afterCommit) {
        this.dataSource = dataSource;
        this.afterCommit = afterCommit;
    }

    /** What is done in the transaction; an exception rolls all of it back. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Exception> {
        /** @param connection is committed and closed by the caller */
        T on(Connection connection) throws SQLException, X;
    }

    /**
     * @return what {@code work} returned, after the commit
     * @throws SQLException when the database refused or could not be reached; nothing is then committed, unless it was the
     *     commit's answer that got lost
     */
    public <T extends @Nullable Object, X extends Exception> T in(TenantId tenant, Work<T, X> work)
            throws SQLException, X {
        return run(tenant.value(), work);
    }

    /** As {@link #in}, for rows of the platform itself: it sees no tenant's. */
    public <T extends @Nullable Object, X extends Exception> T asPlatform(Work<T, X> work) throws SQLException, X {
        return run(TenantSetting.PLATFORM, work);
    }

    private <T extends @Nullable Object, X extends Exception> T run(String tenant, Work<T, X> work)
            throws SQLException, X {
        T result;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                TenantSetting.forTransaction(connection, tenant);
                result = work.on(connection);
                connection.commit();
                done = true;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
        afterCommit.run();
        return result;
    }
}
