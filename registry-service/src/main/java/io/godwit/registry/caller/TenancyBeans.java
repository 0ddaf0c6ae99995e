package io.godwit.registry.caller;

import io.agroal.api.AgroalDataSource;
import io.godwit.kit.outbox.OutboxSignal;
import io.godwit.kit.tenancy.TenantOnAcquire;
import io.godwit.kit.tenancy.TenantTransaction;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires the kit's tenancy to this service's datasource. */
@ApplicationScoped
public class TenancyBeans {
    @Produces
    @Singleton
    OutboxSignal signal() {
        return new OutboxSignal();
    }

    @Produces
    @Singleton
    TenantOnAcquire onAcquire(@PersistenceUnitExtension HibernateTenant tenant) {
        return new TenantOnAcquire(tenant::find);
    }

    @Produces
    @Singleton
    TenantTransaction transactions(AgroalDataSource dataSource, OutboxSignal signal) {
        return new TenantTransaction(dataSource, signal::ring);
    }
}
