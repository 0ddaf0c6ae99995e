package io.godwit.local.postgres;

import java.util.List;

/** The databases of the platform, one a service, each with three login roles. */
public enum Database {
    /** Of registry-service. */
    REGISTRY("registry"),
    /** Of provisioning-service. */
    PROVISIONING("provisioning");

    private final String databaseName;

    Database(String databaseName) {
        this.databaseName = databaseName;
    }

    /** Its name in PostgreSQL. */
    public String databaseName() {
        return databaseName;
    }

    /** Owns the database; for migrations. */
    public String ownerRole() {
        return databaseName + "_owner";
    }

    /** What the service logs in as. */
    public String applicationRole() {
        return databaseName + "_app";
    }

    /** What finds due work across tenants. */
    public String dispatcherRole() {
        return databaseName + "_dispatcher";
    }

    List<String> roles() {
        return List.of(ownerRole(), applicationRole(), dispatcherRole());
    }
}
