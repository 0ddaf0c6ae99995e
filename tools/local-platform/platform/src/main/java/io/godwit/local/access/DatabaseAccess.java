package io.godwit.local.access;

import static java.util.Objects.requireNonNull;

/**
 * One database with its three roles. None is a superuser and none bypasses row level security.
 *
 * @param jdbcUrl without credentials
 * @param owner owns the database: for migrations only
 * @param application what the service logs in as; it has no right that a migration did not grant
 * @param dispatcher what finds due work across tenants; likewise
 */
public record DatabaseAccess(
        String database, String jdbcUrl, Credentials owner, Credentials application, Credentials dispatcher) {
    public DatabaseAccess {
        requireNonNull(database, "database is null");
        requireNonNull(jdbcUrl, "jdbcUrl is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(application, "application is null");
        requireNonNull(dispatcher, "dispatcher is null");
    }
}
